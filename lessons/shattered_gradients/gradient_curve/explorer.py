"""Lesson 5: gradients of deep plain networks look like white noise, and which ingredient makes
them so.
"""

from ...network.forward_sweep import NARROW
from ...network.normalisations import KEYS
from ...network.topology import MAX_DEPTH
from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...teaching.symbols import label
from .experiment import MAX_NETWORKS, NARROWEST, WIDEST, measure_gradient_curve
from .figure import GradientCurveView
from .measurement import FROZEN, MEAN_REMOVED, OF_THE_SUM, RAW
from .one_input import compile_slopes


def _controls():
    return {
        "depth": Slider(label("L"), 24, 1, MAX_DEPTH, play=True),
        "normalisation": Choice("normalisation", "batch", KEYS),
        "weight_variance": Slider(label("σ_w²"), 2.0, 1.0, 2.5, 0.05),
        "bias": Slider("bias std. dev.", 0.1, 0.0, 1.0, 0.05),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 1.5, 0.05),
        "width": Slider("width (units)", 100, NARROWEST, WIDEST, 10),
        "span": Slider(label("m"), 1, 1, 8),
        "first": Slider(label("i"), 0, 0, 32),
        "networks": Slider("networks", 1, 1, MAX_NETWORKS),
        "seed": Slider("seed", 0, 0, 99),
        "reach": Slider(label("X"), 2.0, 0.25, 8.0, 0.25),
        "statistics": Choice("batch statistics", FROZEN, (FROZEN, OF_THE_SUM)),
        "correlation": Choice("autocorrelation", RAW, (RAW, MEAN_REMOVED)),
    }


@starting_values(_controls)
def gradient_curve_explorer(**start) -> Explorer:
    """dy/dx against x for a shallow, a deep plain and a deep residual network, beside white and
    brown noise.
    """
    main = {"depth": (1, 8, 24, 64), "normalisation": KEYS}
    return Explorer(
        "gradient_curve",
        GradientCurveView,
        _measure,
        _controls(),
        _follow,
        start,
        main,
    )


def _follow(values):
    # Many wide networks would keep the learner waiting for a second at each move.
    return {"networks": (1, MAX_NETWORKS if values["width"] <= NARROW else 1)}


def _measure(**values):
    compile_slopes()  # of all widths, so that no control compiles anything
    return measure_gradient_curve(**values)
