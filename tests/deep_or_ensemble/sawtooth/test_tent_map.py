"""The sawtooth, and the least that one hidden layer gets wrong: against enumeration and dense
least squares.
"""

from itertools import product

import numpy as np
import pytest

from lessons.deep_or_ensemble.sawtooth.experiment import KINKS, place_kinks
from lessons.deep_or_ensemble.sawtooth.tent_map import (
    best_fit,
    fewest_wrong,
    sawtooth,
    wrong,
)


def tent(x):
    return x + np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)


@pytest.mark.parametrize("blocks", range(1, 9))
def test_the_tent_map_applied_k_times_is_the_sawtooth_of_2_to_the_k_pieces(blocks):
    x = np.arange(4097) / 4096
    y = x
    for _ in range(blocks):
        y = tent(y)
    np.testing.assert_array_equal(y, sawtooth(x, 2**blocks))
    slopes = np.sign(np.diff(sawtooth(np.arange(2**blocks + 1) / 2**blocks, 2**blocks)))
    assert len(slopes) == 2**blocks and np.all(slopes[1:] == -slopes[:-1])


@pytest.mark.parametrize("units", range(9))
@pytest.mark.parametrize("pieces", [2, 4, 8])
def test_the_bound_is_the_least_over_all_ways_to_be_on_two_sides(pieces, units):
    """All sequences of sides with at most units + 2 runs: no line of units + 1 pieces has more."""
    wanted = np.arange(pieces) % 2
    sides = np.array(list(product([0, 1], repeat=pieces)))
    runs = 1 + (np.diff(sides) != 0).sum(1)
    assert fewest_wrong(pieces, units) == (sides[runs <= units + 2] != wanted).sum(1).min()


@pytest.mark.parametrize("kinks", KINKS)
@pytest.mark.parametrize("units", [1, 5, 16])
def test_the_fit_is_that_of_dense_least_squares(kinks, units):
    places = place_kinks(16, units, kinks)
    knots, values, error = best_fit(places, 16)
    x = (np.arange(40_000) + 0.5) / 40_000
    columns = np.stack([np.ones_like(x), x, *(np.maximum(x - kink, 0) for kink in places)], 1)
    weights = np.linalg.lstsq(columns, sawtooth(x, 16))[0]
    np.testing.assert_allclose(np.interp(x, knots, values), columns @ weights, atol=1e-4)
    dense = ((columns @ weights - sawtooth(x, 16)) ** 2).mean() / (
        (0.5 - sawtooth(x, 16)) ** 2
    ).mean()
    assert error == pytest.approx(dense, abs=1e-5)


@pytest.mark.parametrize("kinks", KINKS)
@pytest.mark.parametrize("blocks", [2, 5, 8])
def test_no_fit_beats_the_bound_and_enough_kinks_at_the_teeth_are_exact(kinks, blocks):
    pieces = 2**blocks
    for units in (1, 3, 7, 20, 256):
        knots, values, error = best_fit(place_kinks(pieces, units, kinks), pieces)
        found = wrong(np.interp(np.arange(pieces) / pieces, knots, values)).sum()
        assert found >= fewest_wrong(pieces, units) and 0 <= error <= 1 + 1e-9
    assert kinks != "on the first teeth" or error < 1e-20
