"""Lesson 5: which gradients are alike, as a matrix over the inputs."""

from ...network.topology import MAX_DEPTH
from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...teaching.symbols import label
from .experiment import INPUTS, KEYS, NARROWEST, WIDEST, measure_covariance
from .figure import CovarianceView
from .measurement import GRID


def _controls():
    return {
        "depth": Slider(label("L"), 24, 1, MAX_DEPTH, play=True),
        "inputs": Choice("inputs", GRID, INPUTS),
        "normalisation": Choice("normalisation", "batch", KEYS),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 1.5, 0.05),
        "bias": Slider("bias std. dev.", 0.0, 0.0, 1.0, 0.05),
        "width": Slider("width (units)", 100, NARROWEST, WIDEST, 10),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def covariance_explorer(**start) -> Explorer:
    """Correlations between the gradients at 64 inputs: plain, residual, white noise and brown
    noise.
    """
    main = {"depth": (1, 8, 24, 64), "normalisation": KEYS}
    return Explorer(
        "covariance", CovarianceView, measure_covariance, _controls(), start=start, main=main
    )
