"""dy/dx of plain and residual networks with one input, at 256 values of x and at every depth."""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np

from ..errors import LearnerError, one_of, real_number, whole_number
from ..gradients import state_gradients
from ..measurements.gradient_curve import FROZEN, MEAN_REMOVED, OF_THE_SUM, RAW, GradientCurveMeasurement
from ..networks import normalise, scale_draws, statistics
from ..prefixes import PADDED, Draws, Initialisation, network_draws, padded, watch
from ..statistics import autocorrelation, brown_noise, white_noise
from ..topology import MAX_DEPTH, Topology
from ..wiring import Wiring, wire

POINTS, LAGS, SHALLOW = 256, 32, 1
MAX_NETWORKS, NARROWEST, WIDEST = 20, 20, 200
NORMALISATIONS = ("none", "centre", "rms", "batch")
GRID = (np.arange(POINTS) + 0.5 - POINTS / 2) / (POINTS / 2)  # within -1 ... 1; none at 0, where relu has no derivative


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
    """Networks seed, seed + 1, ...: h_0 = x e + b_0 with e ~ N(0, I), y = v . h_L with v ~ N(0, I / width).

    x runs over 256 evenly spaced values between -reach and reach. Weights have variance weight_variance / width, all biases standard
    deviation `bias`. Plain and residual networks have the same weights; skips over `span` layers start at h_first.
    Results are kept per network: another depth, or one more network, computes only what is new. Raises LearnerError.
    """
    topology = Topology.residual(MAX_DEPTH, span, first)
    whole_number("depth", depth, 1, MAX_DEPTH)
    whole_number("width", width, NARROWEST, WIDEST)
    whole_number("networks", networks, 1, MAX_NETWORKS)
    one_of("batch statistics", statistics, (FROZEN, OF_THE_SUM))
    one_of("autocorrelation", correlation, (RAW, MEAN_REMOVED))
    one_of("normalisation", normalisation, NORMALISATIONS)
    if normalisation == "rms" and bias == 0:
        raise LearnerError("RMS norm without biases makes every state independent of the size of x, so that dy/dx is 0: "
                           "set a bias standard deviation greater than 0.")  # fmt: skip
    _compile()
    setting = (width, normalisation, real_number("weight variance", weight_variance, 0, 100),
               real_number("bias", bias, 0, 100), real_number("range of x", reach, 1e-3, 1e3))  # fmt: skip
    arms = (Topology.plain(MAX_DEPTH), 1.0), (topology, branch_scale)
    find = partial(_at_depth, depth, statistics)
    found = [[find(seed + k, *arm, *setting) for arm in arms] for k in range(networks)]
    curves = np.array([_signals(seed + k, *pair) for k, pair in enumerate(found)])
    sizes = _sizes(curves)
    return GradientCurveMeasurement(
        depth, normalisation, weight_variance, bias, statistics, correlation,
        x=reach * GRID,
        curves=np.divide(curves[0], sizes[0, :, None], out=np.zeros_like(curves[0]), where=sizes[0, :, None] > 0),
        sizes=sizes[0],
        autocorrelations=autocorrelation(curves / np.maximum(sizes, 1e-300)[..., None], LAGS, correlation == MEAN_REMOVED),
        angles=np.array([[deep[2] for deep in pair] for pair in found]),
    )  # fmt: skip


def _sizes(curves):
    largest = np.abs(curves).max(-1, initial=0)
    if not np.isfinite(largest).all():
        raise LearnerError("the gradient is larger than 3 × 10^38, the largest number that float32 holds: take fewer layers, "
                           "a smaller branch scale or a smaller weight variance.")  # fmt: skip
    return np.sqrt((curves**2).mean(-1))


def _signals(number, plain, residual):
    """The five curves of one network, float64; the shallow one is the first layer of the plain one."""
    rng = np.random.default_rng([number, POINTS])
    return np.array([plain[0], plain[1], residual[1], white_noise(rng, POINTS), brown_noise(rng, POINTS)], np.float64)


def _at_depth(depth, statistics, number, topology, scale, *setting):
    """dy/dx at 1 layer and at `depth`, and the median angle between neighbouring inputs there, in degrees."""
    # One pass serves all depths of its half: the depth slider computes something once, when it first crosses the middle.
    computed = MAX_DEPTH // 2 if depth <= MAX_DEPTH // 2 else MAX_DEPTH
    slopes, angles = _arm(number, topology, scale, computed, *setting)
    ends = slopes[SHALLOW], slopes[depth]
    if statistics == OF_THE_SUM and setting[1] != "none":
        ends = [_of_the_sum(number, topology, scale, layers, *setting) for layers in (SHALLOW, depth)]
    return *ends, np.degrees(np.median(angles[depth]))


@lru_cache(maxsize=256)
def _arm(number, topology, scale, computed, *setting):
    """dy/dx, (65, 256), and the angles between neighbours, (65, 255), of one network at every depth."""
    return jax.device_get(_slopes(*_prepared(number, topology, scale, computed, True, *setting)))


@lru_cache(maxsize=256)
def _of_the_sum(number, topology, scale, depth, *setting):
    return jax.device_get(_slopes_of_the_sum(*_prepared(number, topology, scale, depth, False, *setting)))


def _prepared(number, topology, scale, depth, frozen, width, normalisation, weight_variance, bias, reach):
    shallower = Topology(depth, tuple(skip for skip in topology.skips if skip.stop <= depth))
    wiring = _wiring(shallower, width, scale, normalisation, frozen)
    initialisation = Initialisation(np.float32(weight_variance), np.float32(bias**2))
    return network_draws(number, padded(width)), wiring, initialisation, np.float32(reach)


@lru_cache(maxsize=64)
def _wiring(topology, width, scale, normalisation, frozen):
    return wire(topology, width, branch_scale=scale, normalisation=normalisation, frozen=frozen)


def _ends(draws: Draws, wiring: Wiring, initialisation: Initialisation, reach):
    """h_0 and its derivative, both (256, padded width), and the readout."""
    width = wiring.widths[0]
    inside = jnp.arange(draws.readout.shape[0], dtype=width.dtype) < width
    encoder = jnp.where(inside, draws.encoder, 0)
    shift = jnp.where(inside, draws.encoder_bias * jnp.sqrt(initialisation.bias_variance), 0)
    x = reach * jnp.asarray(GRID, encoder.dtype)
    inputs = x[:, None] * encoder[None, :] + shift[None, :]
    readout = jnp.where(inside, draws.readout, 0) / jnp.sqrt(width.astype(encoder.dtype))
    return inputs, jnp.broadcast_to(encoder[None, :], inputs.shape), readout


@jax.jit
def _slopes(draws, wiring, initialisation, reach):
    inputs, tangent, readout = _ends(draws, wiring, initialisation, reach)

    def observe(h, derivative):
        seen = normalise(wiring.normalisation, h, wiring.widths[0], *statistics(wiring.normalisation, h))
        return derivative @ readout, neighbour_angles(seen)

    return watch(draws.parameters, wiring, initialisation, inputs, tangent, observe)


def neighbour_angles(h):
    """Angles in radians between rows that follow each other; by the chord, since a cosine near 1 has few digits left."""
    lengths = jnp.sqrt((h * h).sum(1, keepdims=True))
    directions = h / jnp.maximum(lengths, jnp.finfo(h.dtype).tiny)
    chord = jnp.sqrt(((directions[1:] - directions[:-1]) ** 2).sum(1))
    return 2 * jnp.arcsin(jnp.clip(chord / 2, 0, 1))


@jax.jit
def _slopes_of_the_sum(draws, wiring, initialisation, reach):
    inputs, tangent, readout = _ends(draws, wiring, initialisation, reach)
    parameters = scale_draws(draws.parameters, wiring.widths, initialisation.weight_variance, initialisation.bias_variance)
    return (state_gradients(parameters, wiring, inputs, readout)[1][0] * tangent).sum(1)


@lru_cache(maxsize=1)
def _compile():
    """Both padded widths, side by side, before the first picture: no control compiles anything afterwards."""

    def compile_one(width, frozen):
        prepared = _prepared(0, Topology.plain(1), 1.0, 1, frozen, width, "none", 2.0, 0.0, 1.0)
        return (_slopes if frozen else _slopes_of_the_sum)(*prepared)

    with ThreadPoolExecutor() as pool:
        list(pool.map(compile_one, PADDED * 2, (True, True, False, False)))
