"""Training and test errors of plain and residual networks against depth, and their gradients
before training.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...formatting import number

ARMS = ("plain", "residual")
LOW, HIGH = (
    0.1,
    0.4,
)  # wide apart: errors after training differ between machines by several per cent


@dataclass(frozen=True, eq=False, kw_only=True)
class DegradationMeasurement:
    """Parts of the examples, 0 to 1, that networks get wrong after training.

    `gradients`, (arms, depths, seeds), are squares at h_1 relative to h_L before training. Errors
    are (arms, depths, rates, seeds), NaN where no network has been trained yet.
    """

    norm: str
    scaling: str
    steps: int
    seed: int
    depths: tuple[int, ...]
    learning_rates: tuple[float, ...]
    gradients: np.ndarray
    train_errors: np.ndarray
    test_errors: np.ndarray
    progress: float

    @property
    def trained(self) -> np.ndarray:
        """Which depths of which arms have been trained, (arms, depths)."""
        return ~np.isnan(self.train_errors[..., 0, 0])

    @cached_property
    def best(self) -> np.ndarray:
        """The learning rate with the least median training error, (arms, depths), an index; 0
        before training.
        """
        return np.median(np.nan_to_num(self.train_errors), axis=3).argmin(axis=2)

    def of_best(self, errors: np.ndarray) -> np.ndarray:
        """Training or test errors at the best learning rate, (arms, depths, seeds)."""
        return np.take_along_axis(errors, self.best[:, :, None, None], axis=2)[:, :, 0]

    @property
    def summary(self) -> str:
        """Gradients before training; afterwards errors of the shallowest and the deepest, in
        words that keep.
        """
        deepest = self.depths[-1]
        before = ", ".join(
            f"{arm} {number(np.median(row[-1]), 1)}"
            for arm, row in zip(ARMS, self.gradients, strict=True)
        )
        said = (
            f"Depth {deepest} before training: squared gradient at h_1 relative to "
            f"h_{deepest} {before}."
        )
        if self.progress == 0:
            return f"{said} Nothing is trained yet."
        if self.progress < 1:
            return f"{said} Training: {round(100 * self.progress)} % done."
        errors = np.median(self.of_best(self.train_errors), axis=2)
        verdicts = "; ".join(
            f"{arm} {_verdict(row[0])} at depth {self.depths[0]}, {_verdict(row[-1])} at "
            f"depth {self.depths[-1]}"
            for arm, row in zip(ARMS, errors, strict=True)
        )
        return (
            f"{said} Training error after {self.steps} steps at each one's best learning "
            f"rate: {verdicts}."
        )


def _verdict(error):
    if error < LOW:
        return f"below {100 * LOW:.0f} %"
    return (
        f"above {100 * HIGH:.0f} %"
        if error > HIGH
        else f"between {100 * LOW:.0f} and {100 * HIGH:.0f} %"
    )
