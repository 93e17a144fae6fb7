"""s by formula against sums done another way, and against networks."""

from fractions import Fraction

import numpy as np
import pytest

from lessons.deep_or_ensemble.course.experiment import measure_course
from lessons.deep_or_ensemble.course.measurement import (
    KINDS,
    CourseMeasurement,
    correlation,
    effective_depth,
    shares,
)
from lessons.errors import LearnerError
from lessons.shattered_gradients.theory import corrected_batch_norm_law


@pytest.mark.parametrize("n", [1, 2, 7, 54])
def test_formulas_are_those_of_the_text(n):
    harmonic = float(sum(Fraction(1, l) for l in range(1, n + 2)) - 1)
    expected = (n, n / 2, n / 2, harmonic, n / (n + 1))
    assert [effective_depth(kind, n) for kind in KINDS] == pytest.approx(expected)
    assert correlation("plain", n) == pytest.approx(0.5**n) and correlation(
        "residual, β = 1", n
    ) == pytest.approx(0.75**n)


def test_parts_lie_between_0_and_1():
    for kind in KINDS:
        assert shares(kind, 9).shape == (9,) and np.all(
            (shares(kind, 9) > 0) & (shares(kind, 9) <= 1)
        )


@pytest.mark.parametrize("n", [1, 2, 7, 54])
def test_the_law_lies_between_its_two_limits(n):
    for kind in KINDS:
        s = effective_depth(kind, n)
        assert 0.5**s * (1 - 1e-12) <= correlation(kind, n) < np.exp(-s / 2)


@pytest.mark.parametrize("blocks", [1, 12, 54])
@pytest.mark.slow
def test_networks_have_the_s_of_the_formula(blocks):
    found = measure_course(blocks)
    np.testing.assert_allclose(found.measured, found.formulas, rtol=0.12)
    assert found.measured[0] == pytest.approx(blocks)
    np.testing.assert_allclose(
        np.mean([measure_course(blocks, seed).measured for seed in range(4)], 0),
        found.formulas,
        rtol=0.06,
    )


@pytest.mark.parametrize("blocks", [1, 4, 12, 54])
@pytest.mark.slow
def test_gradients_of_centred_networks_are_correlated_as_the_law_says(blocks):
    """Pre-norm by batch norm has the law of lesson 5 that counts the mean that batch norm takes
    off.
    """
    found = np.mean([measure_course(blocks, seed).measured_correlations for seed in range(6)], 0)
    expected = [correlation(kind, blocks) for kind in KINDS]
    expected[KINDS.index("pre-norm (RMS)")] = corrected_batch_norm_law(blocks, 1.0)[blocks]
    np.testing.assert_allclose(found, expected, atol=0.05)


def test_the_sentence_says_both_by_formula_and_as_measured():
    found = CourseMeasurement(
        blocks=2,
        networks=3,
        measured=np.array([2, 1.1, 1, 0.8, 0.7]),
        measured_correlations=np.array([-0.01, 0.5, 0.6, 0.6, 0.7]),
        most_blocks=54,
    )
    assert (
        "s for 2 blocks, by formula and (mean of 3 networks): plain 2.0 (2.0); "
        "residual, β = 1 1.0 (1.1)" in found.summary
    )
    assert (
        "Correlation of gradients: plain 0.25 (below 0.02); residual, β = 1 0.56 (0.50)"
        in found.summary
    )


def test_too_many_blocks_are_refused():
    with pytest.raises(LearnerError, match="blocks must be between 1 and 54, got 55."):
        measure_course(55)
