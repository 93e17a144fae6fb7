"""A sawtooth made by depth, and the best that an average of shallow networks does about it."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural
from .tent_map import fewest_wrong

PARAMETERS_PER_BLOCK = 6  # relu(x) and relu(x - 1/2): two weights in, two biases, two weights out
PARAMETERS_PER_UNIT = 3  # one weight in, one bias, one weight out


@dataclass(frozen=True, eq=False, kw_only=True)
class SawtoothMeasurement:
    """The values of both functions, and how both fare for other numbers of blocks and units.

    Points are the 2^n multiples of 1 / 2^n from 0 on, where the sawtooth alternates between 0 and
    1; a point is wrong if the output lies on the other side of 1/2. The last two rows hold parts of
    the points, 0 to 1.
    """

    blocks: int  # n
    members: int  # M
    units: int  # w of each member
    kinks: str
    deep: np.ndarray  # (2^n + 1,) output of the residual network at the multiples of 1 / 2^n
    knots: np.ndarray  # where the least-squares line has its ends and kinks
    fit: np.ndarray  # its values there
    points: np.ndarray  # (2^n,) its values at the points
    wrong: np.ndarray  # (2^n,) which of them are wrong
    squared_error: float  # relative to that of answering 1/2
    widths: np.ndarray  # numbers of units tried
    wrong_by_width: np.ndarray  # for 2^n pieces: part of the points that the fit gets wrong
    depths: np.ndarray  # numbers of blocks tried
    wrong_by_depth: np.ndarray  # for M w units

    @property
    def pieces(self) -> int:
        """2^n."""
        return 2**self.blocks

    @property
    def total_units(self) -> int:
        """M w: the average of M networks of w units is one network of so many."""
        return self.members * self.units

    @property
    def bound_by_width(self) -> np.ndarray:
        """The least part of 2^n points that any network of so many units gets wrong."""
        return np.array(
            [fewest_wrong(self.pieces, int(units)) / self.pieces for units in self.widths]
        )

    @property
    def bound_by_depth(self) -> np.ndarray:
        """The same for M w units and other numbers of blocks."""
        return np.array(
            [fewest_wrong(2 ** int(n), self.total_units) / 2 ** int(n) for n in self.depths]
        )

    @property
    def summary(self) -> str:
        """Pieces and parameters of both, the bound, and what the fit does."""
        mean = (
            f"The average of {self.members} networks of {plural(self.units, 'unit')} is "
            "one network of"
        )
        whole = (
            f"{mean} {self.total_units}"
            if self.members > 1
            else f"One network of {self.total_units}"
        )
        return (
            f"{plural(self.blocks, 'block').capitalize()}, "
            f"{PARAMETERS_PER_BLOCK * self.blocks} parameters: {self.pieces} pieces, "
            "exactly. "
            f"{whole} ({PARAMETERS_PER_UNIT * self.total_units} parameters): at most "
            f"{self.total_units + 1} pieces, so at least "
            f"{fewest_wrong(self.pieces, self.total_units)} of {self.pieces} points are "
            "wrong; the best fit with kinks "
            f"{self.kinks} has {int(self.wrong.sum())} wrong, and {self._squared()}."
        )

    def _squared(self):
        if self.squared_error < 1e-9:
            return "squared error 0"
        return f"{number(self.squared_error)} of the squared error of answering 1/2"
