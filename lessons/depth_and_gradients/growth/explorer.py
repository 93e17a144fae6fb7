"""Lesson 3: vanishing and exploding, by depth, weight variance and branch scale."""

from ...network.topology import MAX_DEPTH
from ...panel.controls import Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...teaching.symbols import label
from .experiment import measure_growth
from .figure import GrowthView

FACTOR = 10


def _is_near(gradient):
    return 1 / FACTOR <= gradient <= FACTOR


TASKS = (
    Task(
        f"24 layers, no skip: bring the input's gradient within a factor {FACTOR} of the output's.",
        lambda m: m.depth == 24 and _is_near(m.at_input[0]),
        "ReLU lets half of the square pass, and a variance of 2 makes up for it, with no skip.",
        {"weight_variance": 1.0},
        {"weight_variance": 2.0},
    ),
    Task(
        f"64 layers with skips: the same within a factor {FACTOR}, with a β above 0.",
        lambda m: m.depth == MAX_DEPTH and m.branch_scale > 0 and _is_near(m.at_input[1]),
        "Each layer may add only a little: β near 1/√L, which is 0.125 for 64 layers.",
        {"depth": MAX_DEPTH},
        {"branch_scale": 0.1},
    ),
)


def _controls():
    return {
        "depth": Slider(label("L"), 24, 1, MAX_DEPTH, play=True),
        "weight_variance": Slider(label("σ_w²"), 2.0, 0.5, 4.0, 0.1),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 1.0, 0.05),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def growth_explorer(**start) -> Explorer:
    """How much gradient arrives at every layer of 16 networks, without skips and with them."""
    main = {
        "depth": (6, 12, 24, 64),
        "weight_variance": (1, 1.5, 2, 3),
        "branch_scale": (0.1, 0.2, 0.5, 1),
    }
    return Explorer(
        "growth", GrowthView, measure_growth, _controls(), start=start, main=main, tasks=TASKS
    )
