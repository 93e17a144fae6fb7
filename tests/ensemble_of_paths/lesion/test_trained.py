"""The stored table of all choices of deleted blocks, held against the tables that lesions drawn at
random have filled."""

import numpy as np
import pytest

from lessons.ensemble_of_paths.lesion import explorer
from lessons.ensemble_of_paths.lesion.experiment import BLOCKS, CHOICES, STEPS, LesionExperiment
from lessons.ensemble_of_paths.lesion.trained import AnyLesion
from lessons.ensemble_of_paths.lesions import random_deletions
from lessons.panel.trained import load, path_beside

VALUES = {"deleted": 2, "tau": 0.8, "seed": 0} | {f"gone_{b}": False for b in range(1, BLOCKS + 1)}


@pytest.fixture(scope="module")
def stored():
    [(setup, found)] = load(path_beside(explorer.__file__), AnyLesion)
    assert setup == {"seed": 0} and found.step == found.steps == STEPS and found.blocks == BLOCKS
    return found


def test_every_random_deletion_is_in_the_table_of_all(stored):
    lesions = random_deletions(BLOCKS, CHOICES, seed=0)
    for row, (order, kept) in enumerate(zip(*lesions, strict=True)):
        gone = {f"gone_{block + 1}": block not in order[:kept] for block in range(BLOCKS)}
        shown = stored.show(VALUES | gone)
        deleted, choice = divmod(row, CHOICES)
        assert len(shown.gone) == deleted == BLOCKS - kept
        np.testing.assert_array_equal(shown.chosen, shown.tables.deletions[:, deleted, choice])


def test_nothing_deleted_is_the_network_as_trained(stored):
    shown = stored.show(VALUES)
    assert shown.gone == () and shown.progress == 1
    np.testing.assert_array_equal(shown.intact, shown.chosen)
    np.testing.assert_array_equal(shown.tables.reorderings[:, 0, 0], shown.intact)


def test_a_block_deleted_alone_is_the_same_in_both_tables(stored):
    shown = stored.show(VALUES | {"gone_7": True})
    np.testing.assert_array_equal(shown.chosen, shown.tables.single[:, 6])


def test_networks_of_the_learners_own_go_before_the_stored_ones():
    experiment = LesionExperiment()
    next(experiment.measure())
    assert not experiment.has_trained(0)
    experiment._trained[0] = experiment._trained[0]._replace(step=20)
    assert experiment.has_trained(0) and not experiment.has_trained(1)
