"""What was trained beforehand is shown, said, and replaced by what the learner trains."""

from dataclasses import dataclass, fields, replace

import numpy as np
import pytest

from lessons.panel.controls import Slider
from lessons.panel.trained import Trained, load, save
from lessons.panel.training_explorer import NOTE, TrainingExplorer
from lessons.residual_block.identity.figure import IdentityView
from lessons.residual_block.identity.measurement import IdentityMeasurement
from reproduce.trained_panels import SETUPS

from ..panels import explorers

SETUP = {"depth": 8}


@dataclass(frozen=True, eq=False)
class Record:
    name: str
    rates: tuple[float, ...]
    steps: int
    errors: np.ndarray
    counts: np.ndarray


def some_record(rng):
    errors = np.array([[np.nan, np.inf, -0.0], [0.1, 1e-300, 1 / 3]])
    return Record("β = 1/√n", (0.1, 1 / 3), 7, errors, rng.integers(0, 9, 4, np.int16))


def measured(depth, *curve):
    """A measurement of one network whose error went through these values."""
    errors = np.reshape(curve, (1, 1, 1, -1)) * np.ones((1, 3, 3, 1))
    step = np.arange(len(curve)) * 10
    return IdentityMeasurement(
        depth=depth,
        width=16,
        steps=20,
        target="identity",
        seed=0,
        arms=("plain",),
        learning_rates=(0.001, 0.004, 0.016),
        step=step,
        errors=errors,
    )


def measure(depth):
    """Training as the panel sees it: three measurements, each longer than the last."""
    curve = (1.5 + depth / 100, 0.5, 0.02)
    return (measured(depth, *curve[:length]) for length in (1, 2, 3))


@pytest.fixture
def stored(tmp_path):
    """What somebody else has trained at depth 8: a better network than `measure` finds."""
    found = Trained(str(tmp_path / "explorer.py"), IdentityMeasurement)
    save(found.path, [(SETUP, measured(8, 1.58, 0.3, 0.001))])
    return found


@pytest.fixture
def panel(stored):
    def build(trained=stored):
        controls = {"depth": Slider("depth", 8, 1, 32)}
        return TrainingExplorer("identity", IdentityView, measure, controls, trained=trained)

    return build


def test_what_is_loaded_is_what_was_saved_to_the_last_bit(tmp_path, rng):
    record, path = some_record(rng), tmp_path / "trained.npz"
    setup = {"norm": "batch", "edges": ((0, 1), (2, 4)), "scale": 0.1, "on": False}
    save(path, [(setup, record), ({}, replace(record, steps=8))])
    (first, one), (second, two) = load(path, Record)
    assert first == setup and second == {} and (one.steps, two.steps) == (7, 8)
    for field in fields(Record):
        before, after = getattr(record, field.name), getattr(one, field.name)
        if isinstance(before, np.ndarray):
            assert (before.dtype, before.shape) == (after.dtype, after.shape)
            before, after = before.tobytes(), after.tobytes()
        assert before == after and type(before) is type(after)


def test_the_same_records_make_the_same_file(tmp_path, rng):
    record, paths = some_record(rng), [tmp_path / name for name in ("a.npz", "b.npz")]
    for path in paths:
        save(path, [({}, record)])
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_file_of_another_measurement_is_refused_by_name(stored):
    with pytest.raises(ValueError, match="other fields than Record") as refused:
        load(stored.path, Record)
    assert "python -m reproduce.trained_panels" in str(refused.value)


def test_a_record_fits_the_set_up_that_it_names_and_no_other(stored):
    assert stored({"depth": 8, "seed": 3}).depth == 8
    assert stored({"depth": 9, "seed": 3}) is None and stored({"seed": 3}) is None


@pytest.mark.slow
def test_a_panel_opens_with_what_was_trained_and_says_so(panel):
    opened = panel()
    assert opened.is_beforehand and opened.progress.value == 1 and not opened.message
    assert opened.summary.startswith("y = x, depth 8, width 16, after 20 steps")
    assert opened.summary.endswith(NOTE) and opened.picture.frame["sentence"] == opened.summary
    assert opened.picture.frame["progress"] == 1 and not opened.picture.frame["running"]


@pytest.mark.slow
def test_the_picture_of_what_is_stored_is_the_one_that_was_drawn(panel):
    other = panel(trained=lambda values: None)
    other.show(measured(8, 1.58, 0.3, 0.001))
    assert panel().picture.value == other.picture.value


@pytest.mark.slow
def test_training_makes_the_learners_own(panel):
    trained = panel().train()
    assert not trained.is_beforehand and NOTE not in trained.summary
    assert trained.measurement.errors[0, 0, 0, -1] == 0.02


@pytest.mark.slow
def test_a_move_shows_the_untrained_networks_of_its_setting(panel):
    moved = panel().set(depth=9)
    assert "depth 9" in moved.summary and "before training" in moved.summary
    assert moved.progress.value == 0 and not moved.is_beforehand
    assert moved.set(depth=8).is_beforehand


@pytest.mark.slow
def test_the_untrained_networks_can_be_asked_for(panel):
    assert "before training" in panel().untrained().summary


@pytest.mark.slow
def test_what_the_moves_need_is_measured_once_when_the_panel_opens(stored):
    asked = []

    def measure_and_note(depth):
        asked.append(depth)
        return measure(depth)

    controls = {"depth": Slider("depth", 8, 1, 32)}
    opened = TrainingExplorer("identity", IdentityView, measure_and_note, controls, trained=stored)
    opened.refresh()
    assert asked == [8], "it compiles, or what is stored was measured again"


def test_every_panel_that_is_stored_is_one_of_the_lessons():
    assert {f"{name}_explorer" for name in (*SETUPS, "lesion")} <= set(explorers())
