"""How well networks with the same layers and different shortcuts have learned."""

from dataclasses import dataclass

import numpy as np

from ...formatting import plural
from ...paired_differences import student_interval

# Far apart: errors after training differ between machines by several percent of themselves.
LEVELS = (0.2, 0.4)
CHUNKS = 5  # of ten steps each
# An order of test errors is said only if the interval lies beyond a point, five of 500 digits:
# training amplifies rounding, and another machine finds other errors.
POINT = 0.01
# Which options the sentence compares, each pair in the order in which it names them.
BY_ERROR = (("A", "B"), ("C", "B"))
BY_LOSS = (("C", "B"), ("C from I", "B"))


@dataclass(frozen=True, eq=False, kw_only=True)
class OptionsMeasurement:
    """Training loss and test error of every option, on the same examples, seeds, learning rate and
    steps.

    Losses are means over ten batches each, in nats; a run that diverged has inf. `errors` are parts
    of 500 test examples that are named wrong. Options train one after the other: what has not been
    measured yet is NaN.
    """

    sizes: tuple[int, ...]  # of the three stages
    blocks: int  # per stage
    learning_rate: float
    normalisation: str
    seed: int
    options: tuple[str, ...]
    parameters: tuple[int, ...]  # of each option
    step: np.ndarray  # (points,) steps at which a loss is known when all is done
    losses: np.ndarray  # (options, seeds, points)
    errors: np.ndarray  # (options, seeds), at the latest of these steps

    @property
    def progress(self) -> float:
        """The part of all steps that has been taken, 0 to 1."""
        return float(np.mean(~np.isnan(self.losses)))

    @property
    def trained(self) -> np.ndarray:
        """Which options have been trained to the end, (options,)."""
        return ~np.isnan(self.losses[:, 0, -1])

    @property
    def final_losses(self) -> np.ndarray:
        """Training loss, its mean over the last fifty steps, (options, seeds)."""
        return self.losses[..., -CHUNKS:].mean(2)

    def error_difference(self, first: str, second: str) -> np.ndarray:
        """The ends, (2,), of Student's interval of first's test error less second's, paired by
        seed.

        A seed is a start and an order of batches, the same for all options; all are tested on the
        same 500 digits.
        """
        return student_interval(self.errors[self._row(first)] - self.errors[self._row(second)])

    def loss_ratio(self, first: str, second: str) -> np.ndarray:
        """The same of first's training loss over second's, geometric mean; NaN if a run
        diverged.
        """
        with np.errstate(invalid="ignore"):  # inf - inf, where both did
            logarithms = np.log(self.final_losses)
            difference = logarithms[self._row(first)] - logarithms[self._row(second)]
        return np.exp(student_interval(difference))

    def _row(self, option):
        return self.options.index(option)

    @property
    def summary(self) -> str:
        """Which option learned how well, without a digit that another machine would not find."""
        stages = f"Stages {' → '.join(map(str, self.sizes))}, {plural(self.blocks, 'block')} each"
        done = np.flatnonzero(self.trained)
        if not len(done):
            counts = ", ".join(
                f"{option} {count}"
                for option, count in zip(self.options, self.parameters, strict=True)
            )
            plan = f"{self.step[-1]} steps at learning rate {self.learning_rate:g}"
            plan += f", normalisation {self.normalisation}, seed {self.seed}"
            return (
                f"{stages}, {'training' if self.progress else 'before training'}: {plan}. "
                f"Parameters: {counts}."
            )
        verdicts = "; ".join(
            f"{self.options[row]} {_verdict(np.median(self.errors[row]))}" for row in done
        )
        return (
            f"{stages}, after {self.step[-1]} steps, median test error: "
            f"{verdicts}.{self._comparison}"
        )

    @property
    def _comparison(self):
        if not self.trained.all():
            return ""
        beyond, equal = f"more than {100 * POINT:g} point ", (-POINT, POINT)
        errors = (_order(*pair, *self.error_difference(*pair), equal, beyond) for pair in BY_ERROR)
        losses = (_order(*pair, *self.loss_ratio(*pair), (1, 1)) for pair in BY_LOSS)
        pairs = f"In {self.errors.shape[1]} pairs, by Student's 95 % interval"
        return f" {pairs}: test error, {', '.join(errors)}; training loss, {', '.join(losses)}."


def _order(first, second, low, high, equal, beyond=""):
    """Which of two lies above the other, if the interval from low to high lies beyond `equal`."""
    least, most = equal
    if low > most:
        return f"{first} {beyond}above {second}"
    return f"{first} {beyond}below {second}" if high < least else f"{first} and {second} not clear"


def _verdict(error):
    low, high = LEVELS
    if error < low:
        return f"below {100 * low:g} %"
    return f"below {100 * high:g} %" if error < high else f"above {100 * high:g} %"
