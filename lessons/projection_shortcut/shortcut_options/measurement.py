"""How well networks with the same layers and different shortcuts have learned."""

from dataclasses import dataclass

import numpy as np

from ...formatting import plural

# Far apart: errors after training differ between machines by several percent of themselves.
LEVELS = (0.15, 0.3)
CLEARLY = 1.3  # times as much
CHUNKS = 5  # of ten steps each


@dataclass(frozen=True, eq=False)
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

    @property
    def spread(self) -> float:
        """The largest distance between two seeds of one option, over A, B and C."""
        return float(np.ptp(self.errors[1:4], axis=1).max())

    @property
    def difference(self) -> float:
        """The largest distance between the medians of A, B and C."""
        return float(np.ptp(np.median(self.errors[1:4], axis=1)))

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
        times = self.difference / self.spread if self.spread else np.inf
        relation = (
            "less than" if times < 1 / 2 else "about as much as" if times < 2 else "more than"
        )
        return (
            f" The medians of A, B and C differ {relation} the seeds of one of them "
            f"do.{self._optimisation}"
        )

    @property
    def _optimisation(self):
        _, _, b, c, near = np.median(self.final_losses, axis=1)
        if c > CLEARLY * max(b, near):
            return " C has clearly the higher training loss than B and than C started at I."
        return " The training loss of C is not clearly above those of B and of C started at I."


def _verdict(error):
    low, high = LEVELS
    if error < low:
        return f"below {100 * low:g} %"
    return f"below {100 * high:g} %" if error < high else f"above {100 * high:g} %"
