"""What the panel says of digits is what the file of results holds, read without the grid."""

import json

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from lessons.deep_or_ensemble.grid.store import STORED
from lessons.deep_or_ensemble.number_of_digits.experiment import (
    ENSEMBLES,
    SIZES,
    measure_number_of_digits,
)
from lessons.deep_or_ensemble.number_of_digits.measurement import LABELS, VERDICTS
from lessons.errors import LearnerError

CELLS = json.loads(STORED.read_text(encoding="utf-8"))["cells"]
WRONG = {LABELS[0]: "digits", LABELS[1]: "digits, 30 % of labels wrong"}


def cell(row, examples, arm):
    (found,) = (
        each
        for each in CELLS
        if (each["row"], each["examples"], each["arm"]) == (row, examples, arm)
    )
    return found


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("ensemble", ENSEMBLES)
def test_the_errors_are_those_of_the_file(ensemble, labels):
    m = measure_number_of_digits("200", ensemble, labels)
    for errors, size in zip(m.errors, SIZES, strict=True):
        deep = cell(WRONG[labels], int(size), "deep")
        arm = cell(WRONG[labels], int(size), ENSEMBLES[ensemble])
        for found, wanted in zip(
            errors, (deep["error"], arm["error"], arm["member_error"]), strict=True
        ):
            np.testing.assert_array_equal(found, wanted)
    assert m.ensemble_in_words == ensemble
    assert (m.here == m.errors[1]).all()


@pytest.mark.parametrize("digits", SIZES)
@pytest.mark.parametrize("ensemble", ENSEMBLES)
def test_only_what_pairs_of_runs_carry_is_called_better(ensemble, digits):
    m = measure_number_of_digits(digits, ensemble)
    differences = np.log(m.here[0] / m.here[1])
    if m.verdict != "not clear":
        assert ttest_1samp(differences, 0).pvalue < 0.05
        assert (m.verdict == "arm") == (differences.mean() < 0)
    assert VERDICTS[m.verdict] in m.summary


def test_the_winner_changes_with_the_number_of_digits():
    found = [measure_number_of_digits(digits).verdict for digits in SIZES]
    assert found == ["rival", "not clear", "arm"]


def test_a_mean_never_has_a_higher_error_than_its_members():
    for ensemble in ENSEMBLES:
        for labels in LABELS:
            m = measure_number_of_digits(ensemble=ensemble, labels=labels)
            assert (m.errors[:, 1] < m.errors[:, 2]).all()


def test_what_is_not_in_the_grid_is_refused():
    for wrong in ({"digits": "100"}, {"ensemble": "3 × 4"}, {"labels": "all wrong"}):
        with pytest.raises(LearnerError, match="must be one of"):
            measure_number_of_digits(**wrong)
