"""How alike the gradients at many inputs are: one matrix per network."""

from dataclasses import dataclass

import numpy as np

from ...formatting import capitalised, number, plural
from ...network.normalisations import named

SIGNALS = ("plain", "residual", "white noise", "brown noise")
GRID, RANDOM, DIGITS = "a grid of x", "random vectors", "digits, sorted by class"
REACH = 2  # the grid lies within -2 ... 2


@dataclass(frozen=True, eq=False, kw_only=True)
class CovarianceMeasurement:
    """Correlation of the gradients at inputs i and j over the outputs of one network, (64, 64) per
    signal.

    Gradients with respect to the input, along one direction. A diagonal alone means that how the
    outputs react to a small change of one input says nothing about any other; off the diagonal
    stand inputs to which they react alike. What a learning step does is another question: it goes
    along gradients with respect to the weights. Rows of `matrices` are SIGNALS.
    """

    depth: int
    inputs: str  # GRID, RANDOM or DIGITS
    normalisation: str
    branch_scale: float
    bias: float  # standard deviation
    width: int
    labels: np.ndarray  # (64,), the class of each digit, or 0
    matrices: np.ndarray  # (signals, 64, 64)

    @property
    def setting(self) -> str:
        """Inputs and networks, for the picture."""
        biases = f"biases {number(self.bias)}" if self.bias else "no biases"
        return (
            f"Inputs: {self.inputs}. {self._kind}, {biases}, residual with β = "
            f"{self.branch_scale:g}"
        )

    @property
    def _kind(self):
        return capitalised(named(self.normalisation).label)

    @property
    def marks(self) -> list[tuple[float, str]]:
        """Places between 0 and 64 along the sides of a matrix, and what to write there: some x,
        or each class of digits.
        """
        if self.inputs == GRID:
            return [(0, f"−{REACH}"), (len(self.labels) / 2, "0"), (len(self.labels), f"{REACH}")]
        if self.inputs == RANDOM:
            return []
        return [
            (float(np.flatnonzero(self.labels == label).mean()) + 0.5, f"{label}")
            for label in np.unique(self.labels)
        ]

    @property
    def borders(self) -> np.ndarray:
        """Places between two classes of digits."""
        return np.flatnonzero(np.diff(self.labels)) + 1

    @property
    def neighbours(self) -> np.ndarray:
        """Mean just beside the diagonal, (signals,)."""
        return np.diagonal(self.matrices, 1, 1, 2).mean(1)

    @property
    def elsewhere(self) -> np.ndarray:
        """Mean over all pairs of different inputs, (signals,)."""
        return self._mean(~self._diagonal)

    @property
    def same_class(self) -> np.ndarray:
        """Mean over different examples of one class, (signals,)."""
        return self._mean((self.labels[:, None] == self.labels) & ~self._diagonal)

    @property
    def other_class(self) -> np.ndarray:
        """Mean over examples of different classes, (signals,)."""
        return self._mean(self.labels[:, None] != self.labels)

    @property
    def _diagonal(self):
        return np.eye(len(self.labels), dtype=bool)

    def _mean(self, chosen):
        return self.matrices[:, chosen].mean(1)

    def _means_of(self, pairs):
        if pairs == "neighbouring x":
            return self.neighbours
        if pairs == "all pairs":
            return self.elsewhere
        return self.same_class if pairs == "one class" else self.other_class

    @property
    def summary(self) -> str:
        """Structure in two numbers per network, and chance."""
        parts = {
            GRID: ("neighbouring x", "all pairs"),
            RANDOM: ("all pairs",),
            DIGITS: ("one class", "different classes"),
        }
        means = [(name, self._means_of(name)) for name in parts[self.inputs]]
        found = "; ".join(
            f"{name}: plain {_two(values[0])}, residual {_two(values[1])}" for name, values in means
        )
        white, brown = self.neighbours[2:]
        return (
            f"Correlation of gradients at {plural(self.depth, 'layer')}, "
            f"{named(self.normalisation).label}, β = {self.branch_scale:g}, "
            f"mean over {found}. "
            f"For comparison, neighbours in white noise {_two(white)}, in brown noise "
            f"{_two(brown)}."
        )


def _two(value):
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")
