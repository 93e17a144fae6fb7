"""dy/dx of plain and residual networks with one input, side by side with two kinds of noise."""

from functools import lru_cache, partial

import numpy as np

from ...errors import LearnerError, one_of, real_number, whole_number
from ...formatting import capitalised
from ...network.normalisations import named
from ...network.side_by_side import side_by_side
from ...network.topology import MAX_DEPTH, Topology
from ..autocorrelation import autocorrelation, brown_noise, white_noise
from .measurement import FROZEN, MEAN_REMOVED, OF_THE_SUM, RAW, GradientCurveMeasurement
from .one_input import GRID, POINTS, SHALLOW, Network, slopes, slopes_of_the_sum

LAGS = 32
MAX_NETWORKS, NARROWEST, WIDEST = 20, 20, 200


def measure_gradient_curve(
    depth: int = 24,
    normalisation: str = "batch",
    weight_variance: float = 2.0,
    bias: float = 0.1,
    branch_scale: float = 1.0,
    span: int = 1,
    first: int = 0,
    width: int = 100,
    networks: int = 1,
    seed: int = 0,
    reach: float = 2.0,
    statistics: str = FROZEN,
    correlation: str = RAW,
) -> GradientCurveMeasurement:
    """Networks seed, seed + 1, ...: h_0 = x e + b_0 with e ~ N(0, I), y = v . h_L with v ~ N(0, I /
    width).

    x runs over 256 evenly spaced values between -reach and reach. Weights have variance
    weight_variance / width, all biases standard deviation `bias`. Plain and residual networks have
    the same weights; skips over `span` layers start at h_first. Results are kept per network:
    another depth, or one more network, computes only what is new. Raises LearnerError.
    """
    topology = Topology.residual(MAX_DEPTH, span, first)
    whole_number("depth", depth, 1, MAX_DEPTH)
    whole_number("width", width, NARROWEST, WIDEST)
    whole_number("networks", networks, 1, MAX_NETWORKS)
    one_of("batch statistics", statistics, (FROZEN, OF_THE_SUM))
    one_of("autocorrelation", correlation, (RAW, MEAN_REMOVED))
    norm = named(normalisation)
    if norm.forgets_size and bias == 0:
        raise LearnerError(
            f"{capitalised(norm.label)} without biases makes every state independent of the size "
            "of x, so that dy/dx is 0: set a bias standard deviation greater than 0."
        )
    setting = (
        width,
        normalisation,
        real_number("weight variance", weight_variance, 0, 100),
        real_number("bias", bias, 0, 100),
        real_number("largest |x|", reach, 1e-3, 1e3),
    )
    arms = (Topology.plain(MAX_DEPTH), 1.0), (topology, branch_scale)
    asked = [Network(seed + k, *arm, *setting) for k in range(networks) for arm in arms]
    found, angles = zip(*side_by_side(partial(_at_depth, depth, statistics), asked), strict=True)
    curves = np.array([_signals(seed + k, *found[2 * k : 2 * k + 2]) for k in range(networks)])
    sizes = _sizes(curves)
    return GradientCurveMeasurement(
        depth=depth,
        normalisation=normalisation,
        weight_variance=weight_variance,
        bias=bias,
        statistics=statistics,
        correlation=correlation,
        x=reach * GRID,
        curves=np.divide(
            curves[0], sizes[0, :, None], out=np.zeros_like(curves[0]), where=sizes[0, :, None] > 0
        ),
        sizes=sizes[0],
        autocorrelations=autocorrelation(
            curves / np.maximum(sizes, 1e-300)[..., None], LAGS, correlation == MEAN_REMOVED
        ),
        angles=np.reshape(angles, (networks, 2)),
    )


def _sizes(curves):
    largest = np.abs(curves).max(-1, initial=0)
    if not np.isfinite(largest).all():
        raise LearnerError(
            "the gradient is larger than 3 × 10^38, the largest number that float32 "
            "holds: take fewer layers, "
            "a smaller branch scale or a smaller weight variance."
        )
    return np.sqrt((curves**2).mean(-1))


def _signals(number, plain, residual):
    """The five curves of one network, float64; the shallow one is the first layer of the plain
    one.
    """
    return np.array([*plain, residual[1], *_noise(number)], np.float64)


@lru_cache(maxsize=64)
def _noise(number):
    rng = np.random.default_rng([number, POINTS])
    return white_noise(rng, POINTS), brown_noise(rng, POINTS)


def _at_depth(depth, statistics, network):
    """dy/dx at 1 layer and at `depth`, and the median angle between neighbouring inputs there,
    in degrees.
    """
    found, angle = slopes(network, depth)
    if statistics == OF_THE_SUM and named(network.normalisation).couples_examples:
        found = [slopes_of_the_sum(network, layers) for layers in (SHALLOW, depth)]
    return found, angle
