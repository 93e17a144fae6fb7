"""Lesson 3: a way around is no help to the layers that it passes by."""

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...teaching.symbols import label
from .experiment import DEPTH, FOUR, PLACEMENTS, measure_placement
from .figure import PlacementView

FACTOR = 10
TASKS = (
    Task(
        f"Bring layer 1's gradient within a factor {FACTOR} of the output's, with at most "
        "four skips.",
        lambda m: len(m.topology.skips) <= FOUR and 1 / FACTOR <= m.at_layer_1 <= FACTOR,
        "Layer 1 learns from the gradient behind it: the skip has to begin there, at h₁.",
        {},
        {"first": 1},
    ),
)


def _controls():
    return {
        "placement": Choice("skips", PLACEMENTS[1], PLACEMENTS),
        "first": Slider(label("i"), 0, 0, DEPTH - 1),
        "weight_variance": Slider(label("σ_w²"), 1.0, 0.5, 4.0, 0.1),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 2.0, 0.05),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def placement_explorer(**start) -> Explorer:
    """A network of 32 layers with no skip, one, four or one over each layer, and the gradient at
    every layer."""
    main = {"placement": PLACEMENTS, "first": (0, 1, 2, 4, 8, 16, 24)}
    return Explorer(
        "placement",
        PlacementView,
        measure_placement,
        _controls(),
        start=start,
        main=main,
        tasks=TASKS,
    )
