"""How arms with the same number of parameters do on a task, and what averaging has to do with
it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...formatting import number
from ...paired_differences import student_interval
from ..architectures import named
from ..learning_tasks import MOST_DIGITS

# Trained errors differ between machines by several percent; sentences speak of differences well
# beyond that.
CLEARLY = 0.8


@dataclass(frozen=True, eq=False, kw_only=True)
class BiasVarianceMeasurement:
    """Squared errors on test examples at several stops, relative to the best constant answer (1 =
    nothing learned).

    The ambiguity identity, exact for squared error: error of the mean = mean error of the members -
    mean squared distance of the members from their mean (Krogh and Vedelsby, 1995). Used twice: for
    the members of an arm, and for the arm's answers in five runs, each from another start with
    another training set and order of batches. Arrays (arms, stops, rates, seeds); inf where a run
    diverged.
    """

    task: str  # "digits" or "teacher"
    depth: int  # hidden layers of the teacher
    examples: int
    noise: float
    steps: int  # asked for
    seed: int
    arms: tuple[str, ...]
    learning_rates: tuple[float, ...]
    stops: np.ndarray  # (stops,) in steps; empty before training
    error: np.ndarray
    member_error: np.ndarray
    wrong: np.ndarray
    validation: np.ndarray
    mean_error: np.ndarray  # (arms, stops, rates), of the mean over the seeds

    @property
    def progress(self) -> float:
        """The part of the steps asked for that has been taken, 0 to 1."""
        return float(self.stops[-1] / self.steps) if len(self.stops) else 0.0

    @cached_property
    def picks(self) -> list[tuple[int, int]]:
        """Each arm's stop and learning rate so far: those of least mean error on the validation
        examples.
        """
        middle = self.validation.mean(-1)
        places = (np.unravel_index(arm.argmin(), arm.shape) for arm in middle)
        return [(int(stop), int(rate)) for stop, rate in places]

    def at_picks(self, scores: np.ndarray) -> np.ndarray:
        """(arms, ...) of scores (arms, stops, rates, ...)."""
        return np.stack([scores[(arm, *pick)] for arm, pick in enumerate(self.picks)])

    @property
    def curves(self) -> np.ndarray:
        """Mean test error over the seeds at each arm's picked rate, (arms, stops)."""
        return np.stack(
            [self.error[arm, :, rate].mean(-1) for arm, (_, rate) in enumerate(self.picks)]
        )

    @property
    def parts(self) -> np.ndarray:
        """(arms, 3), and their sum is the members' mean error: what is common to all runs, what
        differs between runs, what differs between members.

        Answers of n runs have squared distances from their mean of (n - 1) / n of the variance v,
        and the error of that mean holds the other v / n. Both are put right, so that the first two
        are estimated without bias if runs are independent; the first may then come out below 0. The
        third is exact: what averaging these members takes off.
        """
        runs = self.error.shape[-1]
        of_the_mean = self.at_picks(self.mean_error)
        whole, members = (
            self.at_picks(scores).mean(-1) for scores in (self.error, self.member_error)
        )
        with np.errstate(invalid="ignore"):
            between = (whole - of_the_mean) * runs / (runs - 1)
            parts = np.stack([whole - between, between, members - whole], 1)
        return np.where(np.isnan(parts), 0, parts)

    def ratio(self, arm: str, rival: str) -> float:
        """Mean test error of one arm over that of another."""
        means = dict(zip(self.arms, self.at_picks(self.error).mean(-1), strict=True))
        return float(means[arm] / means[rival])

    def settled(self, arm: str, rival: str) -> bool:
        """Whether Student's interval of the runs' paired log ratios leaves out 0; no if one
        diverged.

        Run k of both arms has the same training set; starts and batches are each arm's own.
        """
        errors = dict(zip(self.arms, self.at_picks(self.error), strict=True))
        with np.errstate(invalid="ignore"):  # inf - inf
            low, high = student_interval(np.log(errors[arm]) - np.log(errors[rival]))
        return bool(low > 0 or high < 0)

    @property
    def summary(self) -> str:
        """What was asked, and comparisons with margins that another machine would find too."""
        target = (
            "Digits"
            if self.task == "digits"
            else f"Teacher with {self.depth} hidden layer{'s' * (self.depth > 1)}"
        )
        setting = f"{target}, {self.examples} examples, noise {number(self.noise)}"
        if not len(self.stops):
            return f"{setting}, before training: {self._budget()}."
        steps = f"{self.steps}" if self.progress == 1 else f"{self.stops[-1]} of {self.steps}"
        comparisons = "; ".join(self._comparison("deep", other) for other in ("12 × 1", "plain"))
        return f"{setting}, after {steps} steps: {comparisons}. {self._members()}{self._overlap()}"

    def _budget(self):
        arms = [named(name) for name in self.arms if name != "4 deep"]
        ends = [
            (min(found), max(found))
            for found in zip(*((arm.parameters, arm.multiplications) for arm in arms), strict=True)
        ]
        (fewest, most), (least, largest) = ends
        return (
            f"each of {len(arms)} arms has {fewest} to {most} parameters and takes "
            f"{least} to {largest} multiplications per answer"
        )

    def _comparison(self, arm, rival):
        ratio = self.ratio(arm, rival)
        if CLEARLY <= ratio <= 1 / CLEARLY:
            return f"{arm} and {rival} are within a quarter of each other"
        if not self.settled(arm, rival):
            return f"{self.error.shape[-1]} pairs of runs do not settle {arm} against {rival}"
        return f"{arm} has a clearly {'lower' if ratio < 1 else 'higher'} error than {rival}"

    def _members(self):
        alone = dict(zip(self.arms, self.at_picks(self.member_error).mean(-1), strict=True))
        joint = alone["12 × 1 joint"]
        useless = (
            "are worse than a constant answer" if joint > 1.25 else "answer something of their own"
        )
        together = dict(zip(self.arms, self.at_picks(self.error).mean(-1), strict=True))
        share = 1 - together["12 × 1"] / alone["12 × 1"]
        removed = "more than a tenth" if share > 0.1 else "less than a tenth"
        return (
            f"Averaging takes {removed} off the error of the 12 × 1 members; the joint "
            f"ones, each alone, {useless}."
        )

    def _overlap(self):
        if self.task != "digits" or self.examples <= MOST_DIGITS / 4:
            return ""
        shared = "are the same images" if self.examples == MOST_DIGITS else "overlap"
        return f" The five training sets {shared}: all are drawn from {MOST_DIGITS}."
