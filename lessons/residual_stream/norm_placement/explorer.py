"""Lesson 7: the norm in front of the branch, or behind the addition."""

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...teaching.symbols import label
from .experiment import DEEPEST, LEAST, SEED, STEP, measure_norm_placement
from .figure import NormPlacementView
from .measurement import PARTS, QUERIES

TENTH = 10
TASKS = (
    Task(
        "24 layers: find a β at which post-norm's last layer gets a tenth of pre-norm's gradient.",
        lambda m: m.layers == DEEPEST and m.part == QUERIES and m.ratio <= TENTH,
        "Branches that write less leave the places different, so that attention has something to "
        "choose from.",
        {"layers": DEEPEST},
        {"branch_scale": 0.3},
    ),
)


def _controls():
    return {
        "layers": Slider(label("L"), DEEPEST, 1, DEEPEST, play=True),
        "branch_scale": Slider(label("β"), 1.0, LEAST, 1.0, STEP),
        "part": Choice("gradient of the", QUERIES, PARTS),
        "seed": Slider("seed", SEED, 0, 99),
    }


@starting_values(_controls)
def norm_placement_explorer(**start) -> Explorer:
    """How much gradient each layer of four transformers gets, with the norm at either place."""
    main = {
        "layers": (1, 3, 6, 12, DEEPEST),
        "branch_scale": (0.1, 0.3, 0.5, 1.0),
        "part": PARTS,
    }
    return Explorer(
        "norm_placement",
        NormPlacementView,
        measure_norm_placement,
        _controls(),
        start=start,
        main=main,
        tasks=TASKS,
    )
