"""Lesson 2: skips that are a little too weak."""

from ...panel.controls import Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...teaching.symbols import label
from .experiment import BRANCH_SCALE, LEAST, MOST_BLOCKS, SCALE, STEP, measure_scaled_shortcut
from .figure import ScaledView

HALF = 0.5
TASKS = (
    Task(
        "54 skips, λ below 1: bring at least half of the gradient through.",
        lambda m: m.blocks == MOST_BLOCKS and m.scale < 1 and m.left >= HALF,
        "λ has to be 1 to within about one part in 54: the deeper the network, the nearer.",
        {},
        {"scale": 0.99},
    ),
    Task(
        "λ = 0.9: find the largest number of skips that leaves half.",
        lambda m: m.scale == SCALE and m.left >= HALF > m.left * m.scale,
        "Six such skips are harmless, each seven or so halve what is left, "
        "and 54 leave next to nothing.",
        {},
        {"blocks": 6},
    ),
)


def _controls():
    return {
        "scale": Slider(label("λ"), SCALE, LEAST, 1.0, STEP, play=True),
        "blocks": Slider(label("n"), MOST_BLOCKS, 1, MOST_BLOCKS),
        "branch_scale": Slider(label("β"), BRANCH_SCALE, 0.0, BRANCH_SCALE, 0.01),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def scaled_shortcut_explorer(**start) -> Explorer:
    """What is left of a gradient behind up to 54 skips that carry λ times what they get."""
    main = {
        "scale": tuple(round(LEAST + STEP * k, 2) for k in range(11)),
        "blocks": (1, 3, 6, 10, 20, 36, MOST_BLOCKS),
    }
    return Explorer(
        "scaled-shortcut",
        ScaledView,
        measure_scaled_shortcut,
        _controls(),
        start=start,
        main=main,
        tasks=TASKS,
    )
