"""Student's interval against scipy.stats, and against how often it holds the truth."""

import numpy as np
import pytest
from scipy import stats

from lessons.paired_differences import LEVEL, student_interval


@pytest.mark.parametrize("pairs", [2, 3, 4, 5, 20])
def test_students_interval_is_that_of_scipy(rng, pairs):
    differences = rng.normal(0.3, 1, size=(3, pairs))
    expected = [stats.ttest_1samp(one, 0).confidence_interval(LEVEL) for one in differences]
    np.testing.assert_allclose(student_interval(differences).T, expected, rtol=1e-10)


def test_of_100_intervals_of_three_pairs_95_hold_the_truth(rng):
    """The share of 20 000 is known to within 0.003."""
    low, high = student_interval(rng.normal(2, 1, size=(20_000, 3)))
    assert np.mean((low < 2) & (high > 2)) == pytest.approx(0.95, abs=0.01)


def test_pairing_takes_off_what_both_share(rng):
    """Two arms that differ by 0.1 on examples that differ by 10: only the pairs can tell."""
    shared = rng.normal(0, 10, size=5)
    one, other = shared + 0.1 + rng.normal(0, 0.01, size=5), shared + rng.normal(0, 0.01, size=5)
    assert student_interval(one - other)[0] > 0
    low, high = stats.ttest_ind(one, other).confidence_interval(LEVEL)
    assert low < 0 < high


def test_what_is_not_known_has_no_interval():
    assert np.isnan(student_interval(np.array([0.1]))).all()
    assert np.isnan(student_interval(np.array([0.1, np.nan, 0.2]))).all()
    assert np.isnan(student_interval(np.array([0.1, np.inf, 0.2]))).all()
