"""Lesson 3: where skips have to be."""

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.skip_toggles import SkipToggles
from ...teaching.symbols import label
from .experiment import DEPTH, LONG, NORMS, PRESETS, measure_skip_placement
from .figure import SkipPlacementView


def skip_placement_explorer(**start) -> Explorer:
    """A network of 32 layers with a switch for each skip, and the gradient at every layer.

    Keywords give starting values: skips (the name of a preset such as "every 4th", or pairs (start,
    stop)), weight_variance, branch_scale, norm ("none", "batch", "RMS", "layer"), seed.
    """
    controls = {
        "skips": SkipToggles("skip over layer", DEPTH, LONG, PRESETS, "all"),
        "weight_variance": Slider(label("σ_w²"), 1.0, 0.5, 4.0, 0.1),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 2.0, 0.05),
        "norm": Choice("normalisation", "none", tuple(NORMS)),
        "seed": Slider("seed", 0, 0, 99),
    }
    main = {"skips": tuple(PRESETS), "norm": tuple(NORMS)}
    return Explorer(
        "skip_placement",
        SkipPlacementView,
        measure_skip_placement,
        controls,
        start=start,
        main=main,
    )
