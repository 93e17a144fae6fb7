"""What only the first lesson's notebook is asked: a mistake, a prediction, a training run that
is stopped.
"""

import pytest

# A run that rests after its first new picture until it is stopped: no browser is too slow for that.
HELD_RUN = """import threading, time

panel = lesson.identity_explorer()
measure = panel._measure

def held(**values):
    steps = measure(**values)
    yield next(steps)
    yield next(steps)
    while not getattr(threading.current_thread(), "stopped", True):
        time.sleep(0.01)
    yield from steps

panel._measure = held
panel
"""


@pytest.fixture
def new_panel(first_notebook):
    """A function from a cell's source to its panel, in a cell that goes away with the test."""
    yield first_notebook.panel_of_new_cell
    first_notebook.delete_last_cell()


def test_a_mistake_is_a_sentence_in_a_panel_that_still_works(first_notebook, new_panel):
    panel = new_panel("lesson.block_explorer(depth=0)")
    panel.root.locator("p[role=alert]").wait_for()
    assert panel.message() == "depth L (layers) must be between 1 and 32, got 0."
    src = panel.picture_src()
    panel.press("depth", "ArrowRight")
    panel.wait_for_new_picture(src)
    panel.settle()
    assert panel.message() == ""
    assert not first_notebook.error_outputs()


def test_a_prediction_tells_nothing_before_a_choice(first_notebook):
    prediction = first_notebook.page.locator(".prediction").first
    prediction.scroll_into_view_if_needed()
    assert "is right" not in prediction.inner_text()
    prediction.locator("input[type=radio]").first.check()
    prediction.get_by_text("is right").wait_for()


def test_training_grows_the_picture_until_it_is_stopped(new_panel):
    panel = new_panel(HELD_RUN)
    train, stop = (panel.button(name) for name in ("Train", "Stop"))
    assert "Trained beforehand" in panel.status() and stop.is_disabled()
    train.click()
    panel.root.locator(".explorer-status", has_text="of 300 steps").wait_for()
    stop.click()
    panel.root.locator("button.explorer-train:not([disabled])").wait_for()
    assert "of 300 steps" in panel.status() and not panel.message()


def test_moving_a_control_while_training_shows_the_new_setting_untrained(first_notebook, new_panel):
    panel = new_panel(HELD_RUN)
    panel.button("Train").click()
    panel.root.locator(".explorer-status", has_text="of 300 steps").wait_for()
    panel.press("depth", "ArrowRight")
    panel.settle()
    assert "depth 9" in panel.status() and "before training" in panel.status()
    first_notebook.assert_no_page_errors()
