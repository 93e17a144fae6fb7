"""s by formula against sums done another way, and against networks."""

from fractions import Fraction

import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.experiments.course import measure_course
from lessons.measurements.course import KINDS, correlation, effective_depth, shares


@pytest.mark.parametrize("n", [1, 2, 7, 54])
def test_formulas_are_those_of_the_text(n):
    harmonic = float(sum(Fraction(1, l) for l in range(1, n + 2)) - 1)
    expected = (n, n / 2, n / 2, harmonic, n / (n + 1))
    assert [effective_depth(kind, n) for kind in KINDS] == pytest.approx(expected)
    assert correlation("plain", n) == pytest.approx(0.5**n) and correlation("residual, β = 1", n) == pytest.approx(0.75**n)


def test_parts_lie_between_0_and_1():
    for kind in KINDS:
        assert shares(kind, 9).shape == (9,) and np.all((0 < shares(kind, 9)) & (shares(kind, 9) <= 1))


@pytest.mark.parametrize("n", [1, 2, 7, 54])
def test_the_law_lies_between_its_two_limits(n):
    for kind in KINDS:
        s = effective_depth(kind, n)
        assert 0.5**s * (1 - 1e-12) <= correlation(kind, n) < np.exp(-s / 2)


@pytest.mark.parametrize("blocks", [1, 12, 54])
def test_networks_have_the_s_of_the_formula(blocks):
    found = measure_course(blocks)
    np.testing.assert_allclose(found.measured, found.formulas, rtol=0.12)
    assert found.measured[0] == pytest.approx(blocks)
    np.testing.assert_allclose(np.mean([measure_course(blocks, seed).measured for seed in range(4)], 0), found.formulas, rtol=0.06)


def test_too_many_blocks_are_refused():
    with pytest.raises(LearnerError, match="blocks must be between 1 and 54, got 55."):
        measure_course(55)
