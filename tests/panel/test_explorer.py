"""The machinery of panels: controls that follow, values that are refused, errors that are said."""

import logging

from lessons.panel.controls import Slider
from lessons.residual_block.block.explorer import block_explorer


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
    assert panel.message == (
        "This is a bug in the lesson, not a mistake of yours: ZeroDivisionError: division by zero"
    )
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
