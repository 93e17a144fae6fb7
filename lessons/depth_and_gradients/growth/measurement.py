"""How the gradient grows on its way back, in plain networks and with a skip over every layer."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number


@dataclass(frozen=True, eq=False)
class GrowthMeasurement:
    """Mean squared gradients at h_0 ... h_L relative to that at h_L, each (networks, L + 1)."""

    depth: int
    weight_variance: float
    branch_scale: float
    plain: np.ndarray
    residual: np.ndarray

    @property
    def at_input(self) -> tuple[float, float]:
        """What arrives at h_0: the medians of the plain and of the residual networks."""
        return float(np.median(self.plain[:, 0])), float(np.median(self.residual[:, 0]))

    @property
    def summary(self) -> str:
        """What arrives at the input, with and without skips."""
        plain, residual = map(number, self.at_input)
        return (
            f"At the input arrives {plain} times the squared gradient at the output without skips, "
            f"{residual} times with a skip over each of the {self.depth} layers "
            f"(medians of {len(self.plain)} networks)."
        )
