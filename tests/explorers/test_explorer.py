"""What every panel promises, asked of every panel there is."""

import io
import logging
import math
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image

from benchmarks.panels import compilations, explorers, moves
from lessons.explorers.block import block_explorer
from lessons.explorers.controls import Slider
from lessons.explorers.training import TrainingExplorer

EXPLORERS = explorers()
MOST_STATES = 80  # on a page, of 20 kB each: four such panels make 6 MB
# All that is asked of one panel runs on one worker, which builds it once: its first picture compiles.
every_explorer = pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in EXPLORERS])


class Move(NamedTuple):
    """What one move of one control did."""

    control: str
    value: object
    reached: object
    compilations: int
    message: str
    before: tuple
    after: tuple


@pytest.fixture(scope="module")
def panels():
    built = {}
    return lambda name: built.setdefault(name, EXPLORERS[name]())


@pytest.fixture(scope="module")
def sweep(panels):
    """Every control of a panel over its whole range, once for all the tests that look at it."""
    done = {}

    def swept(name):
        if name not in done:
            done[name] = [moved(panels(name), control, value) for control, value in moves(panels(name), count=3)]
        return done[name]

    return swept


def moved(panel, control, value):
    before, compiled = shown(panel), compilations()
    panel.controls[control].value = value
    return Move(control, value, panel.values[control], compilations() - compiled, panel.message, before, shown(panel))


def shown(panel):
    return hash(panel.picture.value), panel.summary


def pixels(panel):
    return np.asarray(Image.open(io.BytesIO(panel.picture.value)).convert("RGB"))


@every_explorer
def test_the_first_picture_is_there_with_its_sentence(panels, name):
    panel = panels(name)
    assert pixels(panel).std() > 1, "an empty picture"
    assert panel.summary.endswith(".") and not panel.message
    assert "nan" not in panel.summary and "inf" not in panel.summary.replace("infer", "").replace("infl", "")


@every_explorer
def test_no_move_of_any_control_compiles(sweep, name):
    assert not [(move.control, move.value) for move in sweep(name) if move.compilations]


@every_explorer
def test_every_control_takes_every_value_of_its_range_without_complaint(sweep, name):
    for move in sweep(name):
        assert move.reached == move.value or move.reached == pytest.approx(move.value), move
        assert not move.message, move


@every_explorer
def test_every_control_changes_the_picture_or_the_sentence(panels, sweep, name):
    seen = {control: set() for control in panels(name).controls}
    for move in sweep(name):
        seen[move.control] |= {move.before, move.after}
    assert not {control for control, pictures in seen.items() if len(pictures) < 2}


@every_explorer
def test_bad_values_are_refused_in_a_sentence_and_nothing_moves(panels, name):
    panel = panels(name)
    before, picture = panel.values, panel.picture.value
    for control, part in panel.controls.items():
        bad = [float("nan"), float("inf"), None, "much"]
        bad += [part.slider.max + 1, part.slider.min - 1] if isinstance(part, Slider) else []
        for value in bad:
            assert panel.set(**{control: value}).message.endswith("."), (control, value)
            assert panel.values == before and panel.picture.value == picture
    assert panel.set(sizzle=3).message.startswith("control must be one of ")
    assert not panel.set(**before).message


@every_explorer
def test_the_main_controls_are_few_and_take_their_positions(panels, name):
    panel = panels(name)
    before = panel.values
    assert 1 <= len(panel.main) <= 2 and math.prod(map(len, panel.main.values())) <= MOST_STATES
    for control, positions in panel.main.items():
        for value in positions:
            panel.controls[control].check(value)
    assert panel.values == before


@every_explorer
def test_two_panels_of_a_kind_do_not_touch_each_other(name, panels):
    one, other = panels(name), EXPLORERS[name]()
    picture = other.picture.value
    for control, value in list(moves(one, count=2))[:2]:
        one.controls[control].value = value
    assert other.picture.value == picture
    one.set(**other.values)


@every_explorer
def test_the_stored_output_reads_without_a_kernel(panels, name):
    data, _ = panels(name)._repr_mimebundle_()
    assert data["text/plain"] == panels(name).summary
    assert data["image/png"].startswith("iVBOR")
    assert "application/vnd.jupyter.widget-view+json" in data


@every_explorer
def test_sliders_have_a_box_with_a_name_and_the_same_ends(panels, name):
    for control in panels(name).controls.values():
        assert control.box.description if isinstance(control, Slider) else control.description
        if isinstance(control, Slider):
            assert (control.box.min, control.box.max) == (control.slider.min, control.slider.max)


def test_the_number_box_and_the_slider_move_each_other():
    slider = Slider("depth", 3, 1, 9)
    slider.box.value = 7
    assert (slider.value, slider.slider.value) == (7, 7)
    slider.slider.value = 2
    assert (slider.value, slider.box.value) == (2, 2)


def test_a_slider_rounds_away_what_the_page_computes():
    slider = Slider("scale", 1.0, 0.1, 2.0, 0.01)
    slider.slider.value = 0.9699999999999999
    assert slider.value == slider.box.value == 0.97


def test_a_control_follows_when_another_one_limits_it():
    panel = block_explorer(depth=20, start=18)
    panel.controls["depth"].value = 5
    assert panel.values["start"] == 3 and panel.controls["start"].box.max == 3 and not panel.message


def test_set_moves_in_an_order_that_fits_and_draws_once(monkeypatch):
    panel = block_explorer()
    drawn = []
    monkeypatch.setattr(panel, "show", lambda measurement: drawn.append(measurement))
    panel.set(start=18, depth=20)
    assert len(drawn) == 1 and drawn[0].topology.skips[0].start == 18


def test_starting_values_that_cannot_be_leave_a_working_panel():
    panel = block_explorer(depth=0)
    assert panel.message == "depth L (layers) must be between 1 and 32, got 0."
    assert panel.picture.value and panel.summary


def test_a_bug_is_named_as_one_logged_and_keeps_the_last_good_picture(monkeypatch, caplog):
    panel = block_explorer()
    picture = panel.picture.value

    def broken(**values):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(panel, "_measure", broken)
    with caplog.at_level(logging.ERROR):
        panel.controls["depth"].value = 9
    assert panel.message == "This is a bug in the lesson, not a mistake of yours: ZeroDivisionError: division by zero"
    assert panel.picture.value == picture and "Traceback" in caplog.text


def test_a_half_drawn_picture_is_never_shown(monkeypatch):
    panel = block_explorer()
    picture, summary = panel.picture.value, panel.summary
    monkeypatch.setattr(panel._drawing.view.planes[1], "show", lambda *_: 1 / 0)
    panel.controls["depth"].value = 9
    assert panel.picture.value == picture and panel.summary == summary and "bug" in panel.message


def test_text_from_outside_is_not_taken_for_html():
    panel = block_explorer(placement="<b>")
    assert "&lt;b&gt;" in panel._message.value


def test_training_panels_are_training_explorers(panels):
    for name in EXPLORERS:
        panel = panels(name)
        assert isinstance(panel, TrainingExplorer) == hasattr(panel, "train_button")
