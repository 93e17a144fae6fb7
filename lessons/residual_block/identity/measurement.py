"""How well networks have learned a target at or near the identity."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

# Far from what is measured: errors after training differ between machines by several percent. On
# the bend the best affine map, x + 0.3 E|x|, leaves 0.3^2 (1 - 2 / pi) = 0.033: half of it shows
# that the bend itself has been learned.
LEARNED = {"identity": 0.1, "bend": 0.015, "mirror": 0.1}
HARDLY = 0.3
FORMULAS = {"identity": "y = x", "bend": "y = x + 0.3 |x|", "mirror": "y = -x"}


@dataclass(frozen=True, eq=False, kw_only=True)
class IdentityMeasurement:
    """Relative squared error E|f(x) - y|^2 / E|x|^2 on held-out inputs while several arms train.

    0 is exact, 1 is what the answer 0 scores on y = x. Every arm has the same learning rates,
    seeds, inputs and number of steps. `errors` is inf where a run has diverged, never NaN. A plain
    network with He weights starts at 2 on average over all draws; a typical deep and narrow one
    starts nearer to 1, since its output is small.
    """

    depth: int
    width: int
    steps: int  # asked for
    target: str  # "identity", "bend" or "mirror"
    seed: int
    arms: tuple[str, ...]
    learning_rates: tuple[float, ...]
    step: np.ndarray  # (points,) steps taken, from 0
    errors: np.ndarray  # (arms, rates, seeds, points)

    @property
    def progress(self) -> float:
        """The part of the steps asked for that has been taken, 0 to 1."""
        return float(self.step[-1] / self.steps)

    @property
    def diverged(self) -> np.ndarray:
        """Which runs met a number that is not finite, (arms, rates, seeds)."""
        return np.isinf(self.errors[..., -1])

    @cached_property
    def best(self) -> np.ndarray:
        """Each arm's best learning rate so far, (arms,), an index: the least median error over the
        seeds.

        Chosen on the inputs that it is reported on, for every arm alike: flattering by less than
        the seeds differ.
        """
        return np.median(self.errors[..., -1], axis=2).argmin(axis=1)

    @property
    def curves(self) -> np.ndarray:
        """Errors of every seed at its arm's best learning rate, (arms, seeds, points)."""
        return self.errors[np.arange(len(self.arms)), self.best]

    @property
    def medians(self) -> np.ndarray:
        """The middle one of those curves, point by point, (arms, points)."""
        return np.median(self.curves, axis=1)

    @property
    def summary(self) -> str:
        """What the curves say, in a sentence; after training, no digit that another machine
        would not find.
        """
        if len(self.step) == 1:
            return f"{self._setting}, before training: relative squared error {self._starts}."
        progress = f"{self.steps}" if self.progress == 1 else f"{self.step[-1]} of {self.steps}"
        ends = zip(self.arms, self.medians[:, -1], strict=True)
        verdicts = "; ".join(
            f"{arm} {_verdict(error, LEARNED[self.target])}" for arm, error in ends
        )
        return (
            f"{self._setting}, after {progress} steps at each network's best learning "
            f"rate: {verdicts}."
        )

    @property
    def _setting(self):
        return f"{FORMULAS[self.target]}, depth {self.depth}, width {self.width}"

    @property
    def _starts(self):
        return ", ".join(
            f"{first:.2g} ({arm})" for arm, first in zip(self.arms, self.medians[:, 0], strict=True)
        )


def _verdict(error, learned):
    if np.isinf(error):
        return "diverged"
    if error == 0:
        return "is exact"
    if error < learned:
        return f"has learned it (error below {learned:g})"
    if error < HARDLY:
        return f"has learned part of it (error between {learned:g} and {HARDLY:g})"
    return f"has hardly learned it (error above {HARDLY:g}, where answering 0 scores 1)"
