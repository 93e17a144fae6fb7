"""Training on short paths only, against training on all."""

from dataclasses import dataclass

import numpy as np

ARMS = (
    "all blocks in every batch",
    "some blocks, drawn for every batch",
    "the same, branches × their share in the test",
)
CLOSE = 0.07  # of error; wide, for errors after training differ between machines


@dataclass(frozen=True, eq=False, kw_only=True)
class ShortPathsMeasurement:
    """Test errors, 0 to 1, of whole networks that have trained with all of their blocks or with
    `kept` at a time.

    The second and the third arm are the same networks. Every arm has the same batches and its best
    learning rate.
    """

    blocks: int
    kept: int
    steps: int  # asked for
    step: np.ndarray  # (points,) steps taken
    errors: np.ndarray  # (arms, seeds, points)

    @property
    def progress(self) -> float:
        """The part of the training that is done, 0 to 1."""
        return float(self.step[-1] / self.steps)

    @property
    def final(self) -> np.ndarray:
        """Median errors over the seeds, (arms,)."""
        return np.median(self.errors[..., -1], axis=1)

    @property
    def summary(self) -> str:
        """What the curves say, as a comparison."""
        setting = (
            f"{self.blocks} blocks: paths of 0 to {self.blocks} layers, against at most "
            f"{self.kept} in every batch"
        )
        if len(self.step) == 1:
            return f"{setting}. Before training both guess: test errors are near 90 %."
        if self.progress < 1:
            return f"{setting}, after {self.step[-1]} of {self.steps} steps."
        return (
            f"{setting}, after {self.steps} steps; "
            f"the mean of {self.errors.shape[1]} seeds, compared in pairs. "
            f"With all blocks in the test, training on {self.kept} gives an error "
            f"{self._against(1)}; with branches × {self.kept}/{self.blocks}, one "
            f"{self._against(2)}."
        )

    def _against(self, arm):
        """Both arms of a seed share its weights and batches, so each seed has a difference."""
        differences = self.errors[arm, :, -1] - self.errors[0, :, -1]
        mean = differences.mean()
        if abs(mean) < CLOSE:
            return f"within {100 * CLOSE:g} points of training on all"
        disagree = "" if (differences * mean > 0).all() else ", but not for every seed"
        side = "higher" if mean > 0 else "lower"
        return f"more than {100 * CLOSE:g} points {side} than training on all{disagree}"
