"""Every panel of every notebook, moved by keyboard, mouse and number box."""

from typing import NamedTuple

import pytest

from .conftest import LESSONS
from .panel_page import MESSAGE, PANEL, PICTURE, STATUS


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


def test_nothing_of_a_veiled_picture_is_seen_before_a_choice(notebook):
    assert not any(notebook.veiled)


# What can be seen of each panel.
SEEN = f"""panels => panels.map(panel => {{
    const text = selector => [...panel.querySelectorAll(selector)]
        .filter(line => line.checkVisibility()).map(line => line.innerText).join(' ').trim();
    const wide = panel.querySelector(`{PICTURE}`).clientWidth;
    return {{ name: panel.className, wide, status: text('{STATUS}'), message: text('{MESSAGE}') }};
}})"""


def test_every_panel_shows_a_picture_and_a_status(notebook):
    panels = notebook.page.locator(PANEL).evaluate_all(SEEN)
    assert panels
    for panel in panels:
        assert panel["wide"] > 0 and panel["status"] and not panel["message"], panel


@pytest.fixture(scope="session")
def sweep(notebook, lesson):
    """Every panel's name and the answers of its sliders.

    One slider of the lesson is moved in all ways there are, by keyboard, mouse and number box; of
    the others, which the same code moves, one in each panel to its farther end, and the rest by a
    step. A panel that the lesson shows again, with other starting values, is moved to an end by
    sliders that changed its picture where it stood first, until something changes. Where sliders do
    not change picture and sentence, lists and toggles have to.
    """
    swept, by_hand, mirrored = [], False, LESSONS.index(lesson) % 2
    for panel in notebook.panels():
        sliders = panel.sliders()
        if first := dict(reversed(swept)).get(panel.name):
            found = []
            for slider in [each for each in changing(first, "picture") if each in sliders]:
                found += nudged(panel, [slider], "end")
                if len(shown(found)) > 1:
                    break
        elif sliders and not by_hand:
            by_hand = True
            found = answers(panel, sliders[0], moves(panel, sliders[0], mirrored))
            found += nudged(panel, sliders[1:])
        else:
            found = nudged(panel, sliders[:1], "end") + nudged(panel, sliders[1:])
        if not all(changing(found, part) for part in ("picture", "status")):
            found += flips(panel)
        swept.append((panel.name, found))
    return swept


def nudged(panel, sliders, way="step"):
    """What the panel shows before and after a key has moved each of these sliders."""
    return [Answer(**each) for each in panel.nudge(sliders, way)]


def flips(panel):
    """What the panel shows before and after a list and a toggle have been moved."""
    no_slider = ("list or toggle", "flip", 0, 0, 0)
    found = [Answer(*no_slider, **panel.seen())]
    for _ in panel.flip():
        panel.settle()
        found.append(Answer(*no_slider, **panel.seen()))
    return found


def shown(answers):
    """The different pictures and sentences among the answers."""
    return {(answer.picture, answer.status) for answer in answers}


def changing(answers, part):
    """The sliders of which two places show another picture or status line."""
    seen = {}
    for answer in answers:
        seen.setdefault(answer.slider, set()).add(getattr(answer, part))
    return [slider for slider, parts in seen.items() if len(parts) > 1]


def answers(panel, slider, way):
    """What the panel shows before the first and after each of the moves."""
    found = [Answer(slider, "as it was", panel.number(slider), **panel.shown(slider))]
    for move, wanted in way:
        panel.settle()
        found.append(Answer(slider, move, wanted, **panel.shown(slider)))
    return found


def moves(panel, slider, mirrored):
    """Make one move after the other, each to another place; yield where it should lead.

    Keys take it to an end and one step from there, the mouse to the other end, the number box
    back: to the other one where `mirrored`.
    """
    start, step = panel.number(slider), panel.step(slider)
    low, high = panel.minimum(slider), panel.maximum(slider)
    near, far = (
        ("Home", low, 0, "ArrowRight", low + step),
        ("End", high, 1, "ArrowLeft", high - step),
    )
    if mirrored:
        near, far = far, near
    if start == far[1]:
        panel.press(slider, near[0])
        yield near[:2]
    panel.press(slider, far[0])
    yield far[:2]
    panel.grab(slider)
    panel.drag(slider, near[2])
    yield f"drag to {near[2]}", near[1]
    panel.release()
    panel.type_number(slider, far[1])
    yield f"typing {far[1]}", far[1]
    panel.press(slider, far[3])
    yield far[3:]
    panel.type_number(slider, start)
    yield f"typing {start}", start


def test_every_slider_goes_where_it_is_moved(notebook, sweep):
    """The kernel moves the number box after the handle and the handle after the number box."""
    wrong = [(panel, answer) for panel, answers in sweep for answer in answers if answer.is_wrong()]
    assert not wrong, "\n".join(map(str, wrong))
    notebook.assert_no_page_errors()


# What is too wide for its box, of the ends of each slider and of the steps beside them. The style's
# `font` is empty where digits are tabular.
CUT = """all => all.flatMap(control => {
    const box = control.querySelector("input.explorer-number"), style = getComputedStyle(box);
    const { min, max, dataset } = control.querySelector("input[type=range]");
    const [low, high, step] = [min, max, dataset.step].map(Number);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return [low, low + step, high - step, high].map(value => String(Number(value.toPrecision(12))))
        .filter(text => room > 0 && pen.measureText(text).width > room)
        .map(text => `${control.className}: ${text}`);
})"""


def test_no_number_is_cut_off_by_its_box(notebook):
    sliders = notebook.page.locator(".explorer-slider")  # More controls are unfolded
    assert sliders.filter(visible=True).count()
    assert not sliders.evaluate_all(CUT)


def test_every_panel_answers_in_picture_and_status(sweep):
    """Each panel has a control that changes the picture and one that changes the status line."""
    for panel, answers in dict(reversed(sweep)).items():  # where it stands first
        for part in ("picture", "status"):
            assert changing(answers, part), (panel, part)


def test_every_panel_answers_where_it_stands_again(sweep):
    for panel, answers in sweep:
        assert len(shown(answers)) > 1, panel
