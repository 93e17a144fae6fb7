"""Lesson 5: the correlation between gradients at two inputs, against depth and beside its
theory.
"""

from ...network.forward_sweep import NARROW
from ...network.normalisations import KEYS
from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...teaching.symbols import label
from .experiment import (
    AXES,
    HE,
    LOOKS_LINEAR,
    MAX_NETWORKS,
    NARROWEST,
    WIDEST,
    measure_correlation_depth,
)
from .figure import CorrelationDepthView
from .measurement import PAIRS, RANDOM_BATCH

WIDE_NETWORKS = 4


def _controls():
    return {
        "normalisation": Choice("normalisation", "batch", KEYS),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 1.5, 0.05),
        "inputs": Choice("inputs", PAIRS, (PAIRS, RANDOM_BATCH)),
        "angle": Slider("angle (degrees)", 90, 1, 180),
        "width": Slider("width (units)", 100, NARROWEST, WIDEST, 10),
        "networks": Slider("networks", 5, 1, MAX_NETWORKS),
        "initialisation": Choice("initialisation", HE, (HE, LOOKS_LINEAR)),
        "seed": Slider("seed", 0, 0, 99),
        "axes": Choice("axes", "linear", AXES),
    }


@starting_values(_controls)
def correlation_depth_explorer(**start) -> Explorer:
    """Correlation between the gradients at two inputs for plain and residual networks of 1 to 64
    layers.
    """
    main = {"normalisation": KEYS, "axes": AXES}
    return Explorer(
        "correlation_depth",
        CorrelationDepthView,
        measure_correlation_depth,
        _controls(),
        _follow,
        start,
        main,
    )


def _follow(values):
    # Many wide networks would keep the learner waiting for a second at each move.
    return {"networks": (1, MAX_NETWORKS if values["width"] <= NARROW else WIDE_NETWORKS)}
