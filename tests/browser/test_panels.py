"""Every panel of every notebook, moved by keyboard, mouse and number box."""

from typing import NamedTuple

import pytest


class Answer(NamedTuple):
    """What a panel showed after one move of one slider."""

    slider: str
    move: str
    wanted: float
    number: float
    position: float
    picture: str
    status: str
    message: str

    def is_wrong(self):
        return [self.number, self.position] != pytest.approx([self.wanted] * 2) or self.message


def test_run_all_leaves_no_errors(notebook):
    errors = notebook.error_outputs()
    assert not errors, "\n".join(errors)
    notebook.assert_no_page_errors()
    notebook.assert_offline()


def test_every_panel_shows_a_picture_and_a_status(notebook):
    panels = notebook.panels()
    assert panels
    for panel in panels:
        assert panel.picture.evaluate("picture => picture.width") > 0, panel.name
        assert panel.status(), f"{panel.name}: no status line"
        assert not panel.message(), f"{panel.name}: {panel.message()}"


@pytest.fixture(scope="session")
def sweep(notebook):
    """Every panel's name and the answers of its sliders, moved to both ends and back again.

    A panel that the lesson shows again, with other starting values, is moved by one slider that
    changed its picture where it stood first.
    """
    swept = []
    for panel in notebook.panels():
        sliders = panel.sliders()
        if first := dict(reversed(swept)).get(panel.name):
            sliders = [slider for slider in changing(first, "picture") if slider in sliders][:1]
        swept.append((panel.name, list(answers(panel, sliders))))
    return swept


def changing(answers, part):
    """The sliders whose two ends show another picture or status line."""
    ends = {(answer.slider, answer.move): getattr(answer, part) for answer in answers}
    sliders = dict.fromkeys(answer.slider for answer in answers)
    return [slider for slider in sliders if ends[slider, "Home"] != ends[slider, "End"]]


def answers(panel, sliders):
    for number, slider in enumerate(sliders):
        for move, wanted in moves(panel, slider, mirrored=number % 2):
            panel.settle()
            yield Answer(slider, move, wanted, **panel.shown(slider))


def moves(panel, slider, mirrored):
    """Make one move after the other, each to another place; yield where it should lead.

    Keys take it to both ends, mouse and number box to one each: to the other one where `mirrored`.
    """
    start, step = panel.number(slider), panel.step(slider)
    low, high = panel.minimum(slider), panel.maximum(slider)
    ends, arrow = [("Home", low, 0), ("End", high, 1)], ("ArrowRight", low + step)
    if mirrored:
        ends, arrow = ends[::-1], ("ArrowLeft", high - step)
    (near_key, near, near_side), (far_key, far, _) = ends
    if start == far:
        panel.press(slider, near_key)
        yield near_key, near
    panel.press(slider, far_key)
    yield far_key, far
    panel.grab(slider)
    panel.drag(slider, near_side)
    yield f"drag to {near_side}", near
    panel.release()
    panel.type_number(slider, far)
    yield f"typing {far}", far
    for key, wanted in ((near_key, near), arrow):
        panel.press(slider, key)
        yield key, wanted
    panel.type_number(slider, start)
    yield f"typing {start}", start


def test_every_slider_goes_where_it_is_moved(notebook, sweep):
    """The kernel moves the number box after the handle and the handle after the number box."""
    wrong = [(panel, answer) for panel, answers in sweep for answer in answers if answer.is_wrong()]
    assert not wrong, "\n".join(map(str, wrong))
    notebook.assert_no_page_errors()


def test_every_panel_answers_in_picture_and_status(sweep):
    """Each panel has a slider that changes the picture and one that changes the status line."""
    for panel, answers in dict(reversed(sweep)).items():  # where it stands first
        for part in ("picture", "status"):
            assert changing(answers, part), (panel, part)


def test_every_panel_answers_where_it_stands_again(sweep):
    for panel, answers in sweep:
        assert len({(answer.picture, answer.status) for answer in answers}) > 1, panel
