"""The matrix of correlations between the gradients at 64 inputs, plain and residual, at every
depth.
"""

from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from ...errors import LearnerError, one_of, real_number, whole_number
from ...network.compiled_topology import compile_topology
from ...network.datasets import digits
from ...network.forward_sweep import PADDED, Initialisation, at_input, network_draws, padded, sweep
from ...network.normalisations import NORMALISATIONS
from ...network.side_by_side import side_by_side
from ...network.topology import MAX_DEPTH, Topology
from ..autocorrelation import brown_noise, correlation_matrix, cosines, white_noise
from .measurement import DIGITS, GRID, RANDOM, REACH, CovarianceMeasurement

EXAMPLES = 64
NARROWEST, WIDEST = 20, 200
# Where a norm forgets the size of an example, nothing depends on that of x.
KEYS = tuple(norm.key for norm in NORMALISATIONS if not norm.forgets_size)
INPUTS = (GRID, RANDOM, DIGITS)
X = REACH * (2 * np.arange(EXAMPLES) + 1 - EXAMPLES) / EXAMPLES


def measure_covariance(
    depth: int = 24,
    inputs: str = GRID,
    normalisation: str = "batch",
    branch_scale: float = 1.0,
    bias: float = 0.0,
    width: int = 100,
    seed: int = 0,
) -> CovarianceMeasurement:
    """One network's gradients along one direction at the input, correlated over its `width`
    outputs.

    On the grid h_0 = x e + b_0 and the direction is e. Random vectors are N(0, I). Digits are
    images times a random matrix, N(0, 1 / 64). Statistics of the batch of 64 are frozen. Raises
    LearnerError.
    """
    whole_number("depth", depth, 1, MAX_DEPTH)
    one_of("inputs", inputs, INPUTS)
    one_of("normalisation", normalisation, KEYS)
    whole_number("width", width, NARROWEST, WIDEST)
    real_number("bias", bias, 0, 100)
    _compile()
    setting = inputs, normalisation, bias, width, seed
    networks = side_by_side(
        lambda plain, scale: _matrices(plain, scale, *setting)[depth],
        (True, False),
        (1.0, branch_scale),
    )
    if not np.isfinite(networks).all():
        raise LearnerError(
            "the gradient is larger than float32 can hold: take fewer layers or a "
            "smaller branch scale."
        )
    labels = _digits(seed)[1] if inputs == DIGITS else np.zeros(EXAMPLES, int)
    return CovarianceMeasurement(
        depth=depth,
        inputs=inputs,
        normalisation=normalisation,
        branch_scale=branch_scale,
        bias=bias,
        width=width,
        labels=labels,
        matrices=np.array([*map(cosines, networks), *_noise(width, seed)]),
    )


@lru_cache(maxsize=32)
def _noise(width, seed):
    rng = np.random.default_rng([seed, EXAMPLES])
    return [
        correlation_matrix(noise(rng, width, EXAMPLES).T) for noise in (white_noise, brown_noise)
    ]


@lru_cache(maxsize=12)  # of 1 MB each
def _matrices(plain, branch_scale, inputs, normalisation, bias, width, seed):
    """Inner products of the gradients at every depth, (65, 64, 64) float32: the depth slider
    computes nothing.
    """
    topology = Topology.plain(MAX_DEPTH) if plain else Topology.residual(MAX_DEPTH)
    compiled = compile_topology(
        topology, width, branch_scale=branch_scale, normalisation=normalisation
    )
    initialisation = Initialisation(bias_variance=np.float32(bias**2))
    draws = network_draws(seed, padded(width))
    h, tangent = (
        np.pad(rows, ((0, 0), (0, padded(width) - width)))
        for rows in _ends(inputs, bias, width, seed, draws)
    )
    return np.asarray(_products(draws.parameters, compiled, initialisation, h, tangent))


def _ends(inputs, bias, width, seed, draws):
    """h_0 and its derivative, (64, width) each."""
    encoder, shift = (
        np.asarray(draws.encoder)[:width],
        bias * np.asarray(draws.encoder_bias)[:width],
    )
    if inputs == GRID:
        h = X[:, None] * encoder + shift
    elif inputs == RANDOM:
        h = np.random.default_rng([seed, EXAMPLES, 1]).standard_normal((EXAMPLES, width))
    else:
        images = _digits(seed)[0]
        h = images @ np.random.default_rng([seed, EXAMPLES, 2]).normal(
            0, images.shape[1] ** -0.5, (images.shape[1], width)
        )
    return h.astype(np.float32), np.broadcast_to(encoder, h.shape)


@lru_cache(maxsize=32)
def _digits(seed):
    data = digits(seed)
    order = np.argsort(data.train_labels[:EXAMPLES], kind="stable")
    return data.train_inputs[:EXAMPLES][order], data.train_labels[:EXAMPLES][order]


@jax.jit
def _products(draws, compiled, initialisation, inputs, tangent):
    def observe(h, g):
        # Scaled to a largest component of 1: a gradient within float32's range has a square that is
        # not.
        g = g / jnp.maximum(jnp.abs(g).max(), jnp.finfo(g.dtype).tiny)
        return g @ g.T

    return sweep(draws, compiled, initialisation, at_input(inputs, tangent), observe)[1]


@lru_cache(maxsize=1)
def _compile():
    """All padded widths, side by side, before the first picture: no control compiles anything
    afterwards.
    """
    side_by_side(lambda width: _matrices(True, 1.0, GRID, "none", 0.0, width, 0), PADDED)
