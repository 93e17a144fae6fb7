"""Lesson 3: where skips have to be."""

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.skip_toggles import SkipToggles
from ...teaching.symbols import label
from .experiment import DEPTH, LONG, NORMS, PRESETS, measure_skip_placement
from .figure import SkipPlacementView


def _controls():
    return {
        "skips": SkipToggles("skip over layer", DEPTH, LONG, PRESETS, "all"),
        "weight_variance": Slider(label("σ_w²"), 1.0, 0.5, 4.0, 0.1),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 2.0, 0.05),
        "norm": Choice("normalisation", "none", tuple(NORMS)),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def skip_placement_explorer(**start) -> Explorer:
    """A network of 32 layers with a switch for each skip, and the gradient at every layer."""
    main = {"skips": tuple(PRESETS), "norm": tuple(NORMS)}
    return Explorer(
        "skip_placement",
        SkipPlacementView,
        measure_skip_placement,
        _controls(),
        start=start,
        main=main,
    )
