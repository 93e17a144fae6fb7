"""What only the first lesson's notebook is asked: a mistake, a prediction, a training run that
is stopped.
"""


def test_a_mistake_is_a_sentence_in_a_panel_that_still_works(first_notebook):
    first_notebook.start_cell("block_explorer(depth=0)")
    first_notebook.wait_for_cell()
    panel = first_notebook.panels()[-1]
    panel.root.scroll_into_view_if_needed()
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


def test_training_grows_the_picture_until_it_is_stopped(first_notebook):
    panel = first_notebook.panel("identity")
    train, stop = (panel.root.get_by_role("button", name=name) for name in ("Train", "Stop"))
    assert "before training" in panel.status() and stop.is_disabled()
    src = panel.picture_src()
    train.click()
    panel.wait_for_new_picture(src, timeout=60)
    stop.click()
    first_notebook.wait_for(
        "!document.querySelector('.explorer-identity button.mod-primary').disabled", 60
    )
    assert "of 300 steps" in panel.status() and not panel.message()


def test_moving_a_control_while_training_shows_the_new_setting_untrained(first_notebook):
    panel = first_notebook.panel("identity")
    src = panel.picture_src()
    panel.root.get_by_role("button", name="Train").click()
    panel.wait_for_new_picture(src, timeout=60)
    panel.press("depth", "ArrowRight")
    panel.settle(60)
    assert "depth 9" in panel.status() and "before training" in panel.status()
    first_notebook.assert_no_page_errors()
