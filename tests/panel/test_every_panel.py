"""What every panel promises, asked of every panel there is."""

import base64
import io
import itertools
import math
import random
from contextlib import nullcontext
from dataclasses import fields
from typing import NamedTuple

import jax
import matplotlib.style
import numpy as np
import pytest
from PIL import Image

from lessons.drawing import picture as picture_module
from lessons.panel.controls import Slider
from lessons.panel.trained import load, save
from lessons.panel.training_explorer import NOTE, TrainingExplorer
from tests.measurements import COMPLETE
from tests.panels import (
    compilations,
    corners,
    each_explorer,
    explorers,
    panel_of,
    positions,
    unpainted,
)

GROWS = {"step", "progress", "tables", "guesses"}  # what training changes, of what is no array
# What is the same before training and after, or its first point: (panel, array).
BEFORE = {("identity", "errors"), ("short_paths", "errors"), ("degradation", "gradients")}
FEW = 10
MOST_STATES = 80  # on a page, of 20 kB each: four such panels make 6 MB


class Move(NamedTuple):
    """What one move of one control did."""

    control: str
    value: object
    reached: object
    compilations: int  # since the move before: on the way to it, other controls may have moved too
    message: str
    changed: bool  # the sentence, or the picture where it was painted


@pytest.fixture(scope="module", params=each_explorer())
def explorer(request):
    """The name of what makes the panel."""
    return request.param


@pytest.fixture(scope="module")
def panel(explorer):
    """One panel after the other, each built once for all the tests: its first picture compiles."""
    return panel_of(explorer)


@pytest.fixture(scope="module")
def sweep(panel):
    """Every control of the panel over its whole range, once for all the tests that look at it.

    Sliders go to both ends, from where the panel opens and from the upper ends, and from half-way
    to the upper ones. Of the moves from where it opens all are painted, of the others those of the
    controls that have changed nothing so far: to make pixels takes half of the time of a move. A
    control that changes nothing there, as one of several skips that fill the network anyway, moves
    elsewhere, too.
    """
    start, found, compiled, idle = panel.values, [], compilations(), set(panel.controls)
    for number, corner in enumerate(corners(panel, {})):
        found += moved(panel, corner, compiled, idle, ends(panel, panel.controls, number != 1))
        idle = idle - {move.control for move in found if move.changed}
        compiled = compilations()
    for corner in anywhere(panel) if idle else ():
        found += moved(panel, corner, compilations(), idle, ends(panel, sorted(idle)))
    panel.set(**start)
    return found


def ends(panel, names, lower=True):
    """(control, value) for both ends of these controls, or for the upper one, and for all options
    of a choice; but for where the control is.
    """
    for name in names:
        control = panel.controls[name]
        values = positions(control, count=2)
        if isinstance(control, Slider) and not lower:
            values = values[-1:]
        yield from ((name, value) for value in values if value != control.value)


def anywhere(panel):
    """The panel's values with each control somewhere, the same at each run; the panel shows
    them.
    """
    chance = random.Random(1)
    for _ in range(FEW):
        with panel._settings.held_still():
            for control in panel.controls.values():
                control.value = chance.choice(positions(control))
                panel._settings.set_limits()
        panel.refresh()
        yield panel.values


def moved(panel, corner, compiled, painted, moves):
    """What the moves from a corner do, to which the panel goes back before the next one: undrawn,
    since the corner has been drawn. Those of the controls in `painted` make pixels.
    """
    picture, sentence = shown(panel)
    for name, value in moves:
        with nullcontext() if name in painted else unpainted():
            panel.controls[name].value = value
        now, said = shown(panel)
        changed = said != sentence or (name in painted and now != picture)
        happened = compilations() - compiled, panel.message, changed
        yield Move(name, value, panel.values[name], *happened)
        compiled = compilations()
        panel._settings.place(corner)


def shown(panel):
    return hash(panel.picture.value), panel.summary


def pixels(panel):
    return np.asarray(Image.open(io.BytesIO(panel.picture.value)).convert("RGB"))


def test_the_first_picture_is_there_with_its_sentence(panel):
    assert pixels(panel).std() > 1, "an empty picture"
    assert panel.summary.endswith(".") and not panel.message
    assert "nan" not in panel.summary and "inf" not in panel.summary.replace("infer", "").replace(
        "infl", ""
    )


@pytest.mark.slow
def test_no_move_of_any_control_compiles(sweep):
    assert not [(move.control, move.value) for move in sweep if move.compilations]


@pytest.mark.slow
def test_every_control_takes_every_value_of_its_range_without_complaint(sweep):
    for move in sweep:
        assert move.reached == move.value or move.reached == pytest.approx(move.value), move
        assert not move.message, move


@pytest.mark.slow
def test_every_control_changes_the_picture_or_the_sentence(panel, sweep):
    assert set(panel.controls) == {move.control for move in sweep if move.changed}


def test_a_panel_is_called_in_the_page_as_in_code(panel, explorer):
    names = [name.replace("-", "_") for name in panel._dom_classes]
    assert names == ["explorer", f"explorer_{explorer.removesuffix('_explorer')}"]


def test_bad_values_are_refused_in_a_sentence_and_nothing_moves(panel):
    before, picture = panel.values, panel.picture.value
    for control, part in panel.controls.items():
        bad = [float("nan"), float("inf"), None, "much"]
        bad += [part.high + 1, part.low - 1] if isinstance(part, Slider) else []
        for value in bad:
            assert panel.set(**{control: value}).message.endswith("."), (control, value)
            assert panel.values == before and panel.picture.value == picture
    assert panel.set(sizzle=3).message.startswith("control must be one of ")
    assert not panel.set(**before).message


def test_the_main_controls_are_three_at_most_and_take_their_positions(panel):
    before = panel.values
    assert 1 <= len(panel.main) <= 3 and math.prod(map(len, panel.main.values())) <= MOST_STATES
    for control, values in panel.main.items():
        for value in values:
            panel.controls[control].check(value)
    assert panel.values == before


@pytest.fixture(scope="module")
def other(explorer, panel):
    """A second panel of the kind, and what it shows: made, with a figure of its own, under the
    settings of a learner who likes others than matplotlib's and JAX's.
    """
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(picture_module, "SHARED", {})
    settings = {"text.usetex": True, "font.size": 30}
    jax.config.update("jax_enable_x64", True)
    try:
        with matplotlib.style.context(["dark_background", settings]):
            made = explorers()[explorer]().set(**panel.values)
            found = made, shown(made), shown(panel.set(**panel.values))
    finally:
        jax.config.update("jax_enable_x64", False)
        monkeypatch.undo()
    yield found
    made.close()


@pytest.mark.slow
def test_neither_earlier_moves_nor_the_learners_settings_change_picture_or_numbers(
    panel, sweep, other
):
    _, of_other, of_this = other
    assert of_other == of_this == shown(panel.set(**panel.values))


@pytest.mark.slow
def test_two_panels_of_a_kind_do_not_touch_each_other(panel, sweep, other):
    [made, before, _] = other
    for move in sweep[:2]:
        panel.controls[move.control].value = move.value
    assert shown(made) == before
    panel.set(**made.values)


def test_the_stored_output_reads_without_a_kernel(panel):
    data, metadata = panel._repr_mimebundle_()
    stored = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert metadata["image/png"]["width"] * 2 == stored.width and stored.format == "PNG"
    assert data["text/plain"] == panel.summary
    assert "application/vnd.jupyter.widget-view+json" in data


def test_every_control_has_a_name_and_what_the_page_needs(panel):
    looks = {look["name"]: look for look in panel.picture.look["controls"]}
    assert list(looks) == list(panel.controls)
    for name, control in panel.controls.items():
        assert looks[name]["label"] == control.description and control.description
    assert {name for name, look in looks.items() if look["open"]} == set(panel.main)


def test_a_panel_that_trains_has_its_buttons(panel):
    assert isinstance(panel, TrainingExplorer) == panel.picture.look["trains"]


def test_what_can_be_clicked_is_a_toggle_and_what_it_switches_is_drawn_there(panel):
    before, regions = panel.values, panel.picture.frame["regions"]
    width, height = panel.picture.look["width"], panel.picture.look["height"]
    boxes, picture = [], pixels(panel)
    for region in regions:
        left, top, across, down = region["box"]
        assert 0 <= left < left + across <= 1 and 0 <= top < top + down <= 1, region
        assert across * width > 14 and down * height > 20, f"too small to be met: {region}"
        boxes.append((left, top, left + across, top + down))
        panel.set(**{region["control"]: flipped(before[region["control"]], region["edge"])})
        [now] = [each for each in panel.picture.frame["regions"] if toggle(each) == toggle(region)]
        assert not panel.message and now["name"] != region["name"]
        tall, wide = picture.shape[:2]
        rows = slice(int(top * tall), int((top + down) * tall) + 1)
        columns = slice(int(left * wide), int((left + across) * wide) + 1)
        assert (pixels(panel)[rows, columns] != picture[rows, columns]).any(), region
        panel._settings.place(before)
    panel.set(**before)
    for one, other in itertools.combinations(boxes, 2):
        assert max(one[0], other[0]) >= min(one[2], other[2]) or (
            max(one[1], other[1]) >= min(one[3], other[3])
        ), "two of them lie over each other"


def toggle(region):
    return region["control"], region["edge"]


def flipped(value, edge):
    if edge is None:
        return not value
    return tuple(each for each in value if each != edge) if edge in value else (*value, edge)


@pytest.fixture
def trained_panel(explorer, panel):
    """Those that are blank before training, with their names."""
    if not panel.picture.look["trains"] or explorer in COMPLETE:
        pytest.skip("is not blank when it opens")
    return panel.set(**panel.values), explorer.removesuffix("_explorer")


def test_a_panel_that_trains_opens_with_trained_networks_of_its_defaults(trained_panel):
    panel, name = trained_panel
    assert panel.is_beforehand, f"run python -m reproduce.trained_panels {name}"
    assert panel.progress.value == 1 and panel.summary.endswith(NOTE) and not panel.message


def test_what_is_stored_has_the_settings_of_the_experiment_as_it_is_now(trained_panel):
    panel, name = trained_panel
    stored, fresh = panel.measurement, panel.untrained().measurement
    panel.refresh()
    for field in fields(stored):
        here, now = getattr(stored, field.name), getattr(fresh, field.name)
        if isinstance(here, np.ndarray):
            if (name, field.name) in BEFORE:
                np.testing.assert_allclose(here[..., : now.shape[-1]], now, rtol=0.05)
        elif field.name not in GROWS:
            assert here == now, f"{field.name}: run python -m reproduce.trained_panels {name}"


def test_stored_networks_are_read_as_they_were_written_and_draw_the_same_picture(
    trained_panel, tmp_path
):
    panel, _ = trained_panel
    if panel.measurement.__class__.__name__ == "LesionMeasurement":
        pytest.skip("made of another record: lesion/test_trained.py")
    save(tmp_path / "again.npz", [(panel.values, panel.measurement)])
    [(values, again)] = load(tmp_path / "again.npz", type(panel.measurement))
    assert values == panel.values and again.summary == panel.measurement.summary
    assert panel._drawing.draw(again) == panel._drawing.draw(panel.measurement)
