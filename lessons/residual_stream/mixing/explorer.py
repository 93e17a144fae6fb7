"""Lesson 7: four streams, and a matrix on every skip that mixes them."""

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ..mixing_matrices import DOUBLY_STOCHASTIC, KINDS, NEAR_IDENTITY, SINKHORN
from .experiment import (
    BLOCKS,
    HARDEST,
    HARDNESS,
    ITERATIONS,
    MOST_ITERATIONS,
    SOFTEST,
    measure_mixing,
)
from .figure import MixingView

LEFT = 0.1  # of the differences between the streams
TASKS = (
    Task(
        "60 blocks: a gain between 0.5 and 2, and a tenth left of what tells the streams apart.",
        lambda m: m.block == BLOCKS and 0.5 <= m.gain[-1] <= 2 and m.second[-1] >= LEFT,
        "Mixing is an average, and sixty averages leave one mean. Only what mixes in very little, "
        "or turns the streams without averaging them, keeps four.",
        {"block": BLOCKS},
        {"kind": NEAR_IDENTITY},
    ),
)


class SinkhornSlider(Slider):
    """A slider that is off where no Sinkhorn made the matrix: one value is left.

    Of its whole range it takes any value then too, and stays where it is: so a page may ask for
    every kind of matrix at every number of iterations.
    """

    def __init__(self, label, value, low, high, step=1):
        super().__init__(label, value, low, high, step)
        self.range = low, high

    def check(self, value):
        ends, (self.low, self.high) = (self.low, self.high), self.range
        try:
            return super().check(value)
        finally:
            self.low, self.high = ends


def _controls():
    return {
        "kind": Choice("mixing matrix", DOUBLY_STOCHASTIC, KINDS),
        "block": Slider("after block", 6, 0, BLOCKS, play=True),
        "iterations": SinkhornSlider("Sinkhorn iterations", ITERATIONS, 0, MOST_ITERATIONS),
        "hardness": SinkhornSlider("hardness of logits", HARDNESS, SOFTEST, HARDEST, 0.2),
        "seed": Slider("seed", 0, 0, 99),
    }


def _follow(values):
    ends = {"iterations": (0, MOST_ITERATIONS), "hardness": (SOFTEST, HARDEST)}
    stay = {name: (values[name], values[name]) for name in ends}
    return ends if values["kind"] in SINKHORN else stay


@starting_values(_controls)
def mixing_explorer(**start) -> Explorer:
    """What 60 skips that mix four streams leave of them."""
    main = {
        "kind": KINDS,
        "block": (0, 1, 3, 6, BLOCKS),
        "iterations": (0, 1, ITERATIONS),
    }
    return Explorer(
        "mixing",
        MixingView,
        measure_mixing,
        _controls(),
        _follow,
        start=start,
        main=main,
        tasks=TASKS,
    )
