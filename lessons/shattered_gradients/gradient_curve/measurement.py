"""The gradient of networks with one input, as a curve over that input."""

from dataclasses import dataclass

import numpy as np

from ...formatting import capitalised, number, plural
from ...network.normalisations import named

SIGNALS = ("shallow plain", "deep plain", "deep residual", "white noise", "brown noise")
FROZEN, OF_THE_SUM = "frozen", "differentiated: gradient of the batch sum"
RAW, MEAN_REMOVED = "raw", "mean removed"
VARIANCES = {1.0: "1/fan-in", 2.0: "He"}


@dataclass(frozen=True, eq=False, kw_only=True)
class GradientCurveMeasurement:
    """dy/dx at 256 inputs for three networks, and two kinds of noise.

    With frozen statistics a curve is dy(x)/dx of each input by itself. OF_THE_SUM is d sum_j y(x_j)
    / dx, which is what automatic differentiation of a batch gives: there an input also moves the
    others through mean and variance. Rows are SIGNALS.
    """

    depth: int
    normalisation: str
    weight_variance: float
    bias: float  # standard deviation
    statistics: str  # FROZEN or OF_THE_SUM
    correlation: str  # RAW or MEAN_REMOVED
    x: np.ndarray  # (256,)
    curves: np.ndarray  # (signals, 256), of the first network, each divided by its root mean square
    sizes: np.ndarray  # (signals,), that root mean square
    autocorrelations: np.ndarray  # (networks, signals, lags + 1), see autocorrelation.py
    # (networks, 2), degrees between neighbouring inputs as seen behind h_L; deep plain, deep
    # residual
    angles: np.ndarray

    @property
    def networks(self) -> int:
        return len(self.autocorrelations)

    @property
    def neighbours(self) -> np.ndarray:
        """Correlation of dy/dx at neighbouring inputs, mean over the networks: (signals,)."""
        return self.autocorrelations[:, :, 1].mean(0)

    @property
    def kinks(self) -> np.ndarray:
        """How often each curve changes from one input to the next by more than rounding,
        (signals,).
        """
        return (np.abs(np.diff(self.curves, axis=1)) > 1e-4).sum(1)

    @property
    def normalisation_name(self) -> str:
        """The normalisation, and what the derivative does with its statistics."""
        norm = named(self.normalisation)
        if not norm.couples_examples:
            return norm.label
        return norm.label + (
            ", statistics frozen" if self.statistics == FROZEN else ", gradient of the batch sum"
        )

    @property
    def summary(self) -> str:
        """Setting, correlations of neighbours and the angle that explains them."""
        shallow, plain, residual, white, brown = map(self._correlation, self.neighbours)
        over = f"mean over {self.networks} networks" if self.networks > 1 else "one network"
        return (
            f"{self._setting} Correlation of dy/dx at neighbouring inputs "
            f"({self.correlation}, {over}): {shallow} at 1 layer; at "
            f"{plural(self.depth, 'layer')} plain {plain} and residual {residual}; white "
            f"noise {white}, brown noise {brown}. "
            f"Angle between neighbouring inputs there: plain {self._angle(0)}, residual "
            f"{self._angle(1)}. "
            f"Size of dy/dx: plain {number(self.sizes[1])}, residual {number(self.sizes[2])}."
        )

    @property
    def _setting(self):
        variance = VARIANCES.get(self.weight_variance, number(self.weight_variance))
        biases = f"biases {number(self.bias)}" if self.bias else "no biases"
        return f"{capitalised(self.normalisation_name)}, weight variance {variance}, {biases}."

    def _correlation(self, value):
        # Of a deep plain network rounding alone makes −0.05 of −0.08. White noise stays within two
        # standard errors, too.
        noise = 2 / (self.x.size * self.networks) ** 0.5
        return (
            f"within {noise:.2f} of 0" if abs(value) < noise else f"{value:.2f}".replace("-", "−")
        )

    def _angle(self, arm):
        degrees = np.median(self.angles[:, arm])
        digits = (
            1 if degrees > 20 else 2
        )  # large ones are those of deep networks: one was 72° and 73° by the version of JAX
        return f"{number(degrees, digits)}°" if degrees > 0.05 else "0°"
