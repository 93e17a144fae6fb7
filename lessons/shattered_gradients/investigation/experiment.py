"""A well-known set-up in which gradients do not shatter, and what one change does to it."""

from typing import Any

import numpy as np

from ...errors import one_of
from ...network.side_by_side import side_by_side
from ...network.topology import MAX_DEPTH, Topology
from ..autocorrelation import autocorrelation
from ..gradient_curve.one_input import Network, compile_slopes, slopes
from .measurement import NOTHING, InvestigationMeasurement

# Understanding Deep Learning, notebook 11.1: all weights and biases have variance 1/D. With the
# first layer and all biases multiplied by sqrt(D), which multiplies y by sqrt(D) and does nothing
# else, these are the settings of `measure_gradient_curve`.
FAILING: dict[str, Any] = dict(
    depth=24, normalisation="none", weight_variance=1.0, bias=1.0, width=200
)
INGREDIENTS: dict[str, dict[str, Any]] = {
    "initialisation": dict(weight_variance=2.0),
    "biases": dict(bias=0.0),
    "depth": dict(depth=64),
    "dividing": dict(normalisation="rms"),
    "centring": dict(normalisation="centre"),
}
CHANGES = {
    NOTHING: {},
    "initialisation: weights of twice the variance": INGREDIENTS["initialisation"],
    "biases: none": INGREDIENTS["biases"],
    "depth: 64 layers": INGREDIENTS["depth"],
    "dividing: each state by its own size": INGREDIENTS["dividing"],
    "centring: subtract the mean over all inputs": INGREDIENTS["centring"],
}
REACH = 2.0  # x lies between -2 and 2


def measure_investigation(change: str = NOTHING, seed: int = 0) -> InvestigationMeasurement:
    """24 plain layers of width 200, variance 1 / fan-in, biases, no normalisation; and with one of
    CHANGES.

    Raises LearnerError.
    """
    one_of("change", change, tuple(CHANGES))
    compile_slopes()
    settings = [FAILING, FAILING | CHANGES[change]]
    curves, angles = zip(*side_by_side(_plain, [seed, seed], settings), strict=True)
    curves = np.array([curve / np.sqrt((curve**2).mean()) for curve in curves])
    return InvestigationMeasurement(
        change, curves, autocorrelation(curves, 1)[:, 1], np.array(angles)
    )


def _plain(seed, settings):
    """dy/dx at 256 inputs, float64, and the angle between neighbours behind the last layer."""
    network = Network(
        seed,
        Topology.plain(MAX_DEPTH),
        1.0,
        settings["width"],
        settings["normalisation"],
        settings["weight_variance"],
        settings["bias"],
        REACH,
    )
    (_, curve), angle = slopes(network, settings["depth"])
    return curve.astype(np.float64), angle
