"""A sawtooth made by blocks in a row, and what units side by side make of it."""

from dataclasses import dataclass

import numpy as np

from ...formatting import plural
from ..sawtooth.measurement import PARAMETERS_PER_BLOCK, PARAMETERS_PER_UNIT


@dataclass(frozen=True, eq=False)
class TeethMeasurement:
    """Both functions; the points are the 2^n + 1 multiples of 1 / 2^n from 0 to 1."""

    blocks: int  # n
    units: int
    deep: np.ndarray  # (2^n + 1,), output of n residual blocks at the points
    knots: np.ndarray  # where the least-squares line of one hidden layer has its ends and kinks
    fit: np.ndarray  # its values there
    points: np.ndarray  # (2^n + 1,), its values at the points

    @property
    def teeth(self) -> tuple[int, int]:
        """How many each makes: n blocks, and the units side by side."""
        return count_teeth(self.deep), count_teeth(self.points)

    @property
    def summary(self) -> str:
        """The teeth of both, and their parameters."""
        deep, shallow = self.teeth
        return (
            f"{plural(deep, 'tooth').replace('tooths', 'teeth')} from "
            f"{plural(self.blocks, 'block')} in a row ({PARAMETERS_PER_BLOCK * self.blocks} "
            f"parameters); {shallow} of them from {plural(self.units, 'unit')} side by side "
            f"({PARAMETERS_PER_UNIT * self.units} parameters), at their best."
        )


def count_teeth(values: np.ndarray) -> int:
    """How often values in a row rise from below 1/4, first or again, to above 3/4."""
    teeth, low = 0, True
    for value in values:
        if low and value > 0.75:
            teeth, low = teeth + 1, False
        low = low or value < 0.25
    return teeth
