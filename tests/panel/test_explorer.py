"""The machinery of panels: controls that follow, values that are refused, errors that are said."""

import io
import logging

import pytest
from ipywidgets.widgets.widget import _instances
from PIL import Image

from lessons.drawing.picture import DENSITIES
from lessons.errors import LearnerError
from lessons.residual_block.block.explorer import block_explorer


def test_a_control_follows_when_another_one_limits_it():
    panel = block_explorer(depth=20, start=18)
    panel.controls["depth"].value = 5
    assert panel.values["start"] == 3 and panel.controls["start"].high == 3 and not panel.message


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
    assert panel.message == (
        "This is a bug in the lesson, not a mistake of yours: ZeroDivisionError: division by zero"
    )
    assert panel.picture.value == picture and "Traceback" in caplog.text
    assert panel.failed
    assert panel.set(depth=0).message and not panel.failed  # what is said now is the learner's
    monkeypatch.undo()
    panel.refresh()
    assert not panel.failed and not panel.message


def test_a_mistake_of_the_learner_is_no_failure(monkeypatch):
    def refused(**values):
        raise LearnerError("depth must be even, got 9.")

    panel = block_explorer()
    monkeypatch.setattr(panel, "_measure", refused)
    panel.controls["depth"].value = 9
    assert panel.message == "depth must be even, got 9." and not panel.failed


def test_a_half_drawn_picture_is_never_shown(monkeypatch):
    panel = block_explorer()
    picture, summary = panel.picture.value, panel.summary
    monkeypatch.setattr(panel._drawing.view.planes[1], "show", lambda *_: 1 / 0)
    panel.controls["depth"].value = 9
    assert panel.picture.value == picture and panel.summary == summary and "bug" in panel.message


@pytest.mark.slow
def test_a_value_between_two_steps_stays_where_it_was_set():
    panel = block_explorer(branch_scale=0.333)
    assert (
        panel.values["branch_scale"] == panel.picture.frame["values"]["branch_scale"] == 0.333
        and not panel.message
    )
    panel.controls["branch_scale"].value = 0.3333
    assert panel.values["branch_scale"] == panel.picture.frame["values"]["branch_scale"] == 0.3333


@pytest.mark.parametrize(
    "name, text, value",
    [
        ("depth", "12", 12),
        ("depth", " 1e1 ", 10),
        ("depth", "3.0", 3),
        ("branch_scale", "0,5", 0.5),
        ("branch_scale", ".333", 0.333),
    ],
)
@pytest.mark.slow
def test_what_is_typed_is_read_as_it_is_meant(name, text, value):
    panel = block_explorer()
    panel._hear(None, {"kind": "type", "name": name, "text": text}, [])
    assert panel.values[name] == panel.picture.frame["values"][name] == value and not panel.message


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("7.5", "depth L (layers) must be a whole number, got 7.5."),
        ("1e9", "depth L (layers) must be between 1 and 32, got 1000000000."),
        ("many", "depth L (layers) must be a number, got 'many'."),
        ("", "depth L (layers) must be a number, got ''."),
        ("nan", "depth L (layers) must be a whole number, got nan."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(text, sentence):
    panel = block_explorer()
    before = panel.values
    panel._hear(None, {"kind": "type", "name": "depth", "text": text}, [])
    assert panel.message == panel.picture.frame["error"] == sentence and panel.values == before


@pytest.mark.slow
def test_one_move_is_one_message(monkeypatch):
    panel, sent = block_explorer(), []
    for part in (panel, panel.picture, panel.layout, panel.picture.layout):
        monkeypatch.setattr(part, "_send", lambda message, buffers=None: sent.append(message))
    panel._hear(None, {"kind": "move", "values": {"depth": 7}, "turn": "1"}, [])
    [message] = [message for message in sent if message["method"] == "update"]
    assert {"values", "sentence", "error", "ends"} <= set(message["state"]["frame"])


def test_a_panel_is_two_widgets_however_many_controls_it_has():
    before = set(_instances)
    block_explorer()
    assert len(set(_instances) - before) == 4  # each has a layout


@pytest.mark.parametrize("density", DENSITIES)
def test_the_picture_has_the_density_of_the_screen_and_the_stored_one_always_two(density):
    panel = block_explorer()
    stored = panel._repr_mimebundle_()[0]["image/png"]
    panel._hear(None, {"kind": "density", "density": density}, [])
    assert (
        Image.open(io.BytesIO(panel.picture.value)).width == density * panel.picture.look["width"]
    )
    assert panel._repr_mimebundle_()[0]["image/png"] == stored


@pytest.mark.slow
def test_a_mistake_is_still_said_when_the_screen_has_told_its_density():
    panel = block_explorer(depth=0)
    panel._hear(None, {"kind": "density", "density": 1}, [])
    assert (
        panel.picture.frame["error"]
        == panel.message
        == "depth L (layers) must be between 1 and 32, got 0."
    )


@pytest.mark.parametrize("only", ["depth", "seed"])
@pytest.mark.slow
def test_a_panel_of_one_control_has_no_tasks_and_shows_the_same(only):
    simple, whole = block_explorer(only=only, depth=3), block_explorer(depth=3)
    assert [each["name"] for each in simple.picture.look["controls"] if each["open"]] == [only]
    assert len(whole.main) > 1 and list(simple.main) == [only] and simple.main[only]
    assert not simple.picture.look["tasks"] and whole.picture.look["tasks"]
    assert simple.picture.value == whole.picture.value and not simple.message


@pytest.mark.slow
def test_only_what_is_no_control_is_said_in_a_sentence():
    panel = block_explorer(only="dept")
    assert "control must be" in panel.message and "'dept'" in panel.message
    assert panel.picture.value and not panel.failed
