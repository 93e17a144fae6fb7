"""What lesson 6 compares: one deep network or several shallower ones, with the same number of
parameters.

A network reads 16 numbers, h_0 = x E + e, goes through blocks h_l = h_(l-1) + beta (relu(h_(l-1))
W_l + b_l) and answers h_L R + r, 10 numbers. The answer of several is their mean.
"""

from dataclasses import dataclass

INPUTS, OUTPUTS = 16, 10
DEEP_BLOCKS, DEEP_WIDTH = 12, 24


@dataclass(frozen=True)
class Arm:
    """How many networks, how deep and how wide each is. `joint` ones learn from the error of
    their mean, not each from its own.
    """

    name: str
    members: int
    blocks: int
    width: int
    skips: bool = True
    joint: bool = False

    @property
    def parameters(self) -> int:
        """Weights and biases of all members; each has its own input and output layer."""
        w = self.width
        return self.members * ((INPUTS + 1) * w + self.blocks * (w + 1) * w + (w + 1) * OUTPUTS)

    @property
    def multiplications(self) -> int:
        """For one answer. Every weight is used once, so this is the number of weights."""
        w = self.width
        return self.members * (INPUTS * w + self.blocks * w * w + w * OUTPUTS)

    @property
    def branch_scale(self) -> float:
        """beta: 1 / sqrt(blocks) with skips, as in the lessons before, and 1 without."""
        return self.blocks**-0.5 if self.skips else 1.0


BUDGET = Arm("", 1, DEEP_BLOCKS, DEEP_WIDTH).parameters


def matched(name: str, members: int, blocks: int, budget: int = BUDGET, **settings) -> Arm:
    """The arm of the width that brings its parameters nearest to the budget."""
    arms = (
        Arm(name, members, blocks, width, **settings)
        for width in range(1, 4 * budget // (INPUTS + OUTPUTS))
    )
    return min(arms, key=lambda arm: abs(arm.parameters - budget))


ARMS = (
    matched("deep", 1, DEEP_BLOCKS),
    matched("2 × 6", 2, 6),
    matched("4 × 3", 4, 3),
    matched("12 × 1", 12, 1),
    matched("12 × 1 joint", 12, 1, joint=True),
    matched("wide", 1, 1),
    matched("plain", 1, DEEP_BLOCKS, skips=False),
    matched(
        "4 deep", 4, DEEP_BLOCKS, 4 * BUDGET
    ),  # a reference, at four times the cost of the others
)
NAMES = tuple(arm.name for arm in ARMS)


def named(name: str) -> Arm:
    """The arm of this name."""
    return ARMS[NAMES.index(name)]
