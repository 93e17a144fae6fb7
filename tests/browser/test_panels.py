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
        assert panel.picture.evaluate("picture => picture.clientWidth") > 0, panel.name
        assert panel.status(), f"{panel.name}: no status line"
        assert not panel.message(), f"{panel.name}: {panel.message()}"


@pytest.fixture(scope="session")
def sweep(notebook):
    """Every panel's name and the answers of its sliders.

    One slider of each panel is moved in all ways there are; the others, which the same code moves,
    by key to an end and by number box back. A panel that the lesson shows again, with other
    starting values, is moved by one slider that changed its picture where it stood first.
    """
    swept = []
    for number, panel in enumerate(notebook.panels()):
        sliders, thorough = panel.sliders(), number % 2
        if first := dict(reversed(swept)).get(panel.name):
            sliders = [slider for slider in changing(first, "picture") if slider in sliders][:1]
            thorough = None
        swept.append((panel.name, list(answers(panel, sliders, thorough))))
    return swept


def changing(answers, part):
    """The sliders of which two places show another picture or status line."""
    seen = {}
    for answer in answers:
        seen.setdefault(answer.slider, set()).add(getattr(answer, part))
    return [slider for slider, parts in seen.items() if len(parts) > 1]


def answers(panel, sliders, thorough):
    for number, slider in enumerate(sliders):
        yield Answer(slider, "as it was", panel.number(slider), **panel.shown(slider))
        is_thorough = number == 0 and thorough is not None
        way = moves(panel, slider, thorough) if is_thorough else there_and_back(panel, slider)
        for move, wanted in way:
            panel.settle()
            yield Answer(slider, move, wanted, **panel.shown(slider))


def there_and_back(panel, slider):
    """By key to the end that is farther, and by number box back."""
    start, low, high = panel.number(slider), panel.minimum(slider), panel.maximum(slider)
    key, end = ("End", high) if 2 * start <= low + high else ("Home", low)
    panel.press(slider, key)
    yield key, end
    panel.type_number(slider, start)
    yield f"typing {start}", start


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
