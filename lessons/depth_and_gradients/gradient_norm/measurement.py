"""How signal or gradient grows from layer to layer, in many networks."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number
from ...network.topology import Topology

FLOAT32 = "3.4 × 10^38"
AMPLIFIES = ("centre", "batch")  # rounding grows with the gradient there: of 85000 it makes 81000


@dataclass(frozen=True, eq=False, kw_only=True)
class GradientNormMeasurement:
    """Mean squares at h_0 ... h_L of plain networks and of the same weights with skips.

    `plain` and `residual` are (networks, L + 1), relative to h_0 for the signal and to h_L for the
    gradient; inf beyond float32. The closed forms are (L + 1,), expectations over the weights, NaN
    where none is known.
    """

    topology: Topology  # of the residual networks
    weight_variance: float
    branch_scale: float
    quantity: str  # "gradient" or "signal"
    plain: np.ndarray
    residual: np.ndarray
    plain_theory: np.ndarray
    residual_theory: np.ndarray
    norm: str = "none"

    @property
    def summary(self) -> str:
        """Where both kinds of networks end, and their growth per layer beside the closed form."""
        depth = self.topology.depth
        way = (
            f"from h_{depth} back to h_0"
            if self.quantity == "gradient"
            else f"from h_0 to h_{depth}"
        )
        plain = self._arm("Plain", self.plain, self.plain_theory)
        residual = self._arm(
            f"Residual, β = {self.branch_scale:.3g}", self.residual, self.residual_theory
        )
        return (
            f"Squared {self.quantity} {way}, median of {len(self.plain)} networks. "
            f"{plain} {residual}"
        )

    def _arm(self, name, found, theory):
        middle = np.median(found, 0)
        beyond = np.flatnonzero(np.isinf(middle))
        predicted = (
            "no closed form"
            if np.isnan(theory).any()
            else f"closed form {number(self.growth(theory), 3)}"
        )
        if len(beyond):
            return (
                f"{name}: beyond what float32 holds, {FLOAT32} before squaring, "
                f"{self._where(beyond)}, "
                f"where it leaves the picture ({predicted} per layer)."
            )
        return f"{name}: {self._factor(middle)} per layer ({predicted})."

    def _factor(self, middle):
        last, growth = middle[self.end], self.growth(middle)
        if self.norm.startswith(AMPLIFIES):
            return f"factor 10^{np.log10(last):.1f}".replace("-", "−") + f", or {number(growth)}"
        return f"factor {number(last)}, or {number(growth, 3)}"

    def _where(self, states):
        return (
            f"at h_{states[-1]} and below"
            if self.quantity == "gradient"
            else f"at h_{states[0]} and above"
        )

    @property
    def end(self) -> int:
        """The state at which the growth has had its effect: h_0 for the gradient, h_L for the
        signal.
        """
        return 0 if self.quantity == "gradient" else self.topology.depth

    def growth(self, relative: np.ndarray) -> float:
        """The factor per layer that takes 1 to the last value, the layers' geometric mean."""
        return float(relative[self.end] ** (1 / self.topology.depth))
