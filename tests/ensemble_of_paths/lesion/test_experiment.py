"""The lesion panel's experiment: what it says before training, after it, and that lesions need
no training.
"""

import numpy as np
import pytest

from lessons.ensemble_of_paths.lesion import experiment
from lessons.ensemble_of_paths.lesion.experiment import BLOCKS, LesionExperiment
from lessons.ensemble_of_paths.lesion.measurement import KINDS
from lessons.errors import LearnerError
from tests.panels import compilations


@pytest.fixture(scope="module")
def trained():
    """One experiment that has trained its networks for seed 0, for a third of the lesson's steps:
    enough for what is asserted here.
    """
    found = LesionExperiment()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiment, "STEPS", 100)
        *_, last = found.measure()
    return found, last


def test_before_training_all_guess_and_s_is_the_closed_form():
    found = next(LesionExperiment().measure(seed=3))
    assert found.tables is None and (found.intact > 0.75).all()
    expected = [12, 6, 12 * (1 / 12) / (13 / 12), sum(1 / l for l in range(2, 14))]
    assert found.effective_depths == pytest.approx(expected, rel=0.2)
    assert found.summary.startswith("Before training all four networks guess")


@pytest.mark.slow
def test_tables_hold_the_intact_and_the_chosen_networks(trained):
    panel, last = trained
    np.testing.assert_allclose(last.tables.deletions[:, 0], np.repeat(last.intact[:, None], 20, 1))
    np.testing.assert_allclose(
        last.tables.reorderings[:, 0], np.repeat(last.intact[:, None], 20, 1)
    )
    for block in (1, 7):
        np.testing.assert_allclose(
            next(panel.measure(**{f"gone_{block}": True})).chosen, last.tables.single[:, block - 1]
        )


@pytest.mark.slow
def test_the_networks_have_learned_and_the_plain_one_breaks(trained):
    _, last = trained
    assert (last.intact < 0.4).all() and last.step == last.steps == 100
    rises = np.median(last.tables.deletions[:, 2], 1) - last.intact
    assert rises[0] > 0.4 and rises[2] < 0.15


@pytest.mark.slow
def test_a_lesion_after_training_trains_and_compiles_nothing(trained):
    panel, last = trained
    next(panel.measure(gone_2=True))
    compiled = compilations()
    for change in (dict(deleted=7), dict(tau=0.1), dict(gone_1=True, gone_12=True)):
        steps = list(panel.measure(**change))
        assert len(steps) == 1 and steps[0].tables is last.tables
    assert compilations() == compiled
    assert "Blocks 1, 12 deleted: " in steps[0].summary and steps[0].gone == (1, 12)


@pytest.mark.slow
def test_two_experiments_do_not_share_what_they_have_trained(trained):
    assert next(LesionExperiment().measure()).tables is None


def test_the_same_paths_for_the_three_residual_kinds():
    assert (
        len(
            {
                np.asarray(compiled.first_skip).tobytes()
                for compiled in experiment.compiled_topologies()[1:]
            }
        )
        == 1
    )
    assert len(experiment.compiled_topologies()) == len(KINDS)


@pytest.mark.parametrize(
    "wrong",
    [dict(deleted=BLOCKS), dict(tau=1.5), dict(tau=np.nan), dict(seed=-1), dict(gone_13=True)],
)
def test_what_cannot_be_is_refused_at_the_call(wrong):
    with pytest.raises(LearnerError, match="must be"):
        LesionExperiment().measure(**wrong)
