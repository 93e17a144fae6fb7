"""A trained residual network whose blocks, in groups of G, read the same state."""

from dataclasses import dataclass

import numpy as np

from ...formatting import plural

DEEP, SHALLOW = 0, 1  # rows: the task that needs depth, the one that does not
UNHARMED, BROKEN = (
    1.2,
    6.0,
)  # times the error of the network as trained; machines differ by much less


def paths_left(blocks: int, group: int) -> int:
    """Paths that enter no two blocks of one group: (1 + G) choices for each whole group, and
    fewer for what is left over.
    """
    return (1 + group) ** (blocks // group) * (1 + blocks % group)


@dataclass(frozen=True, eq=False, kw_only=True)
class ParallelBlocksMeasurement:
    """Squared error on test examples, relative to the best constant answer, of the same trained
    weights wired in groups.
    """

    depth: int  # hidden layers of the teacher that needs depth
    examples: int
    steps: int  # asked for
    seed: int
    blocks: int
    step: int  # taken so far
    error: np.ndarray  # (2 tasks, groups 1 ... blocks, seeds); inf before training

    @property
    def progress(self) -> float:
        """The part of the steps asked for that has been taken, 0 to 1."""
        return self.step / self.steps

    @property
    def groups(self) -> np.ndarray:
        """Sizes of the groups, 1 ... blocks."""
        return np.arange(1, self.blocks + 1)

    @property
    def paths(self) -> np.ndarray:
        """How many paths each size leaves, of 2^blocks."""
        return np.array([paths_left(self.blocks, int(group)) for group in self.groups])

    @property
    def longest(self) -> np.ndarray:
        """The most blocks on one path: one of each group."""
        return -(-self.blocks // self.groups)

    @property
    def growth(self) -> np.ndarray:
        """Mean error over that of the network as trained, (2, groups)."""
        middle = self.error.mean(2)
        return middle / middle[:, :1]

    @property
    def summary(self) -> str:
        """From which group size on the errors are multiples of what they were."""
        setting = f"{self.blocks} blocks, {self.examples} examples"
        if not self.step:
            left = (
                f"in groups of 2, {self.paths[1]} of {self.paths[0]} paths are left; in one "
                f"group, {self.paths[-1]}"
            )
            return f"{setting}, before training: {left}."
        steps = f"{self.steps}" if self.step == self.steps else f"{self.step} of {self.steps}"
        names = f"teacher with {plural(self.depth, 'hidden layer')}", "teacher with 1 hidden layer"
        said = "; ".join(
            f"{name}: {self._pairs(row)}, {self._whole(row)}" for row, name in enumerate(names)
        )
        return f"{setting}, after {steps} steps; {said}."

    def _pairs(self, row):
        growth = self.growth[row, 1]
        if growth < UNHARMED:
            return f"groups of 2 leave the error below {UNHARMED} times what it was"
        if growth > BROKEN:
            return f"groups of 2 make the error more than {BROKEN:.0f} times what it was"
        return f"groups of 2 make the error {UNHARMED} to {BROKEN:.0f} times what it was"

    def _whole(self, row):
        worse = self.error[row, -1].mean() > 1
        return (
            "one group of all makes it "
            f"{'worse than a constant answer' if worse else 'no worse than a constant'}"
        )
