"""Correlation between the gradients at two inputs, at every depth, measured and predicted."""

from dataclasses import dataclass

import numpy as np

from ...formatting import capitalised, number, plural
from ...network.normalisations import named

ARMS = ("plain", "residual")
PAIRS, RANDOM_BATCH = "pairs at an angle", "a random batch"
SMALLEST_FITTED = 0.04  # below, a few narrow networks show mostly chance


@dataclass(frozen=True, eq=False, kw_only=True)
class CorrelationDepthMeasurement:
    """R = E g(x) . g(x') / E |g|^2 for the derivative g of h_L along one direction at the input;
    rows are ARMS.

    R is 1 if the gradients at two inputs agree, 0 if they have nothing to do with each other.
    `paper` holds theorems 1 to 3 of Balduzzi et al. (2017), `followed` what becomes of them with
    the units that the two inputs really share.
    """

    inputs: str  # PAIRS or RANDOM_BATCH
    angle: float  # degrees
    branch_scale: float
    normalisation: str
    initialisation: str
    width: int
    axes: str  # "linear", "log" or "log-log"
    found: np.ndarray  # (arms, networks, 65)
    # (arms, networks, 65), part of the units of layer l + 1 that is active at both inputs
    shared: np.ndarray
    paper: np.ndarray  # (arms, 65)
    followed: np.ndarray  # (arms, 65)

    @property
    def networks(self) -> int:
        return self.found.shape[1]

    @property
    def medians(self) -> np.ndarray:
        """The middle network at each depth, (arms, 65)."""
        return np.median(self.found, 1)

    @property
    def summary(self) -> str:
        """How fast both fall, beside the theory fitted over the same layers."""
        kind = capitalised(named(self.normalisation).label)
        where = f"{number(self.angle)}° apart" if self.inputs == PAIRS else "drawn at random"
        shared = self.shared.mean(1)[:, 8]
        return (
            f"{kind}, {self.initialisation}, inputs {where}, median "
            f"of {plural(self.networks, 'network')} of "
            f"width {self.width}. {self._fall(0)}. {self._fall(1)} (β = {self.branch_scale:g}). "
            f"Units of layer 9 active at both inputs: plain {shared[0]:.2f}, residual "
            f"{shared[1]:.2f} (the theorems assume 0.25)."
        )

    def _fall(self, arm):
        name, measured, theory = ARMS[arm].capitalize(), self.medians[arm], self.followed[arm]
        layers = np.flatnonzero(theory[1:] >= SMALLEST_FITTED) + 1
        if theory[-1] > 0.95:
            return f"{name}: {measured[-1]:.2f} at 64 layers, where theory says {theory[-1]:.2f}"
        norm = named(self.normalisation)
        exponential = norm.removes_shared_mean and (arm == 0 or not norm.divides)
        if not exponential:
            layers = layers[layers >= 4]
        if len(layers) < 2:
            return (
                f"{name}: {number(max(measured[2], 0))} at 2 layers, where theory says "
                f"{number(theory[2])}"
            )
        law, fit = (
            ("by a factor {:.2f} per layer", _rate) if exponential else ("like L^{:.2f}", _exponent)
        )
        words = [law.format(fit(values, layers)) for values in (measured, theory)]
        fall = (
            f"{name}: falls {words[0]} over layers {layers[0]} to {layers[-1]}; theory "
            f"{words[1]}; paper {self._paper(arm, layers)}"
        )
        return fall.replace("-", "−")

    def _paper(self, arm, layers):
        if arm == 1 and named(self.normalisation).divides:
            return f"like L^{_exponent(self.paper[arm], layers):.2f}"
        return f"by a factor {self.paper[arm, 1]:.2f} per layer"


def _rate(values, layers):
    """r of the best r^l through 1 at layer 0."""
    return np.exp((layers * _logarithms(values, layers)).sum() / (layers**2).sum())


def _exponent(values, layers):
    """a of the best constant times l^a."""
    return np.polyfit(np.log(layers), _logarithms(values, layers), 1)[0]


def _logarithms(values, layers):
    # Chance makes a small correlation negative in some networks.
    return np.log(np.maximum(values[layers], 1e-3))
