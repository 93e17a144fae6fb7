"""The gradient of a deep plain network as it does not shatter, and with one change."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number
from ..two_curves.measurement import agreed

NOTHING = "nothing"  # is changed
LITTLE = 0.05  # degrees: below, rounding shows


@dataclass(frozen=True, eq=False)
class InvestigationMeasurement:
    """dy/dx at 256 inputs, before the change and after it."""

    change: str  # one of CHANGES in experiment.py
    curves: np.ndarray  # (2, 256), each divided by its root mean square
    agreement: np.ndarray  # (2,), correlation of dy/dx at neighbouring inputs
    angles: np.ndarray  # (2,), median angle between neighbouring states behind the last layer, °

    @property
    def summary(self) -> str:
        """Neighbours with the change and without, and how far apart the network sees them."""
        before, after = map(agreed, self.agreement)
        near, far = map(_angle, self.angles)
        numbers, angles = f"{after} with this change, {before} without", f"{far}, {near} without"
        if self.change == NOTHING:
            numbers, angles = before, near
        return (
            f"Correlation of neighbours: {numbers}. "
            f"Angle at which the last layer leaves two neighbours: {angles}."
        )


def _angle(degrees):
    return f"{number(degrees, 1)}°" if degrees > LITTLE else "almost 0°"
