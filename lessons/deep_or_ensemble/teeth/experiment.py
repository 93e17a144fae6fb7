"""n residual blocks that make a sawtooth, and the best that as many units as you like do about it,
in however many networks."""

from functools import lru_cache

import numpy as np

from ...errors import whole_number
from ..sawtooth.experiment import KINKS, MOST_BLOCKS, deep_sawtooth, place_kinks
from ..sawtooth.tent_map import best_fit
from .measurement import TeethMeasurement

MOST_UNITS = 2**MOST_BLOCKS


def measure_teeth(blocks: int = 5, units: int = 10) -> TeethMeasurement:
    """1 ... 8 blocks against 1 ... 256 units of one hidden layer, with their kinks on the first
    teeth and the weights of least squared error.

    Of all places for kinks that we have tried these follow the most teeth; `fewest_wrong` in
    sawtooth/tent_map.py bounds what any do. Raises NetworkError.
    """
    whole_number("blocks", blocks, 1, MOST_BLOCKS)
    whole_number("units", units, 1, MOST_UNITS)
    knots, fit = _fit(blocks, units)
    points = np.interp(np.arange(2**blocks + 1) / 2**blocks, knots, fit)
    return TeethMeasurement(blocks, units, deep_sawtooth(blocks), knots, fit, points)


@lru_cache(maxsize=512)
def _fit(blocks, units):
    return best_fit(place_kinks(2**blocks, units, KINKS[0]), 2**blocks)[:2]
