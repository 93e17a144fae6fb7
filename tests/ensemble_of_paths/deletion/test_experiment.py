"""The panel says what is stored of the trained networks, and nothing else."""

import numpy as np
import pytest

from lessons.ensemble_of_paths.deletion.experiment import measure_deletion
from lessons.ensemble_of_paths.deletion.explorer import SEED
from lessons.ensemble_of_paths.lesion import explorer as lesion
from lessons.ensemble_of_paths.lesion.trained import AnyLesion
from lessons.errors import LearnerError
from lessons.panel.trained import Trained


@pytest.fixture(scope="module")
def stored():
    return Trained(lesion.__file__, AnyLesion)({"seed": SEED})


def test_errors_are_those_of_subsets_of_the_deleted_blocks(stored):
    """Every random choice is one of all 2^12 choices, whose errors are stored as well."""
    found = measure_deletion(stored, 2)
    for kind, errors in enumerate(found.errors):
        pairs = [stored.errors[kind, 2**a + 2**b] for a in range(12) for b in range(a)]
        assert set(np.round(errors[2], 6)) <= set(np.round(pairs, 6))
        assert np.ptp(errors[0]) == 0 and errors[0, 0] == stored.errors[kind, 0]


def test_the_sentence_says_the_medians(stored):
    plain, residual, small = (
        f"{100 * np.median(errors[2]):.0f} %" for errors in measure_deletion(stored, 2).errors
    )
    assert measure_deletion(stored, 2).summary.startswith(
        f"2 of 12 blocks deleted: {small} wrong with β = 1/√n, {residual} with β = 1, {plain} "
        "without skips (networks trained beforehand, medians of 20 random choices)"
    )
    assert measure_deletion(stored, 0).summary.endswith("(networks trained beforehand).")


def test_the_numbers_of_the_lesson(stored):
    two = [round(100 * error) for error in measure_deletion(stored, 2).medians[:, 2]]
    assert two == [89, 41, 8]


def test_settings_are_checked(stored):
    with pytest.raises(LearnerError, match="blocks deleted must be between 0 and 11, got 12"):
        measure_deletion(stored, 12)
