"""Where plain, residual, pre-norm and post-norm networks lie: s = sum p_l and the correlation of
gradients in real ones.
"""

from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ...errors import whole_number
from ...network.compiled_topology import compile_topology
from ...network.network import draw, propagate, scale_draws
from ...network.normalisations import index_of
from ...network.path_sums import signal_lengths
from ...network.side_by_side import side_by_side
from ...network.topology import Topology
from .measurement import KINDS, CourseMeasurement

MOST_BLOCKS, WIDTH, BATCH, NETWORKS = 54, 32, 16, 3
# inputs whose gradients are compared: with few, subtracting their mean would make them alike
PAIRED = 64
SETTINGS: dict[str, dict[str, Any]] = {
    KINDS[2]: dict(post_norm="rms"),
    KINDS[3]: dict(normalisation="rms"),
}
# The law of lesson 5 is about networks whose inputs share a quarter of the active units: centred
# ones.
CENTRED = {
    KINDS[2]: ("none", "batch"),
    KINDS[3]: ("batch", "none"),
}  # on a branch's input and after the addition


def measure_course(blocks: int = 54, seed: int = 0) -> CourseMeasurement:
    """Three networks of width 32 for each kind, one layer to a block, He's weights, 1 ... 54
    blocks. Raises NetworkError.

    s is measured in networks without centring, where it is the mean length of the paths that the
    signal takes; the correlation of gradients in centred ones with the same weights.
    """
    whole_number("blocks", blocks, 1, MOST_BLOCKS)
    draws, *inputs = _draws(whole_number("seed", seed, 0, 2**31 - 1))
    found = side_by_side(lambda kind: _measure(kind, blocks, draws, *inputs), KINDS)
    lengths, correlations = np.array(found, np.float64).T
    return CourseMeasurement(
        blocks=blocks,
        networks=NETWORKS,
        measured=lengths,
        measured_correlations=correlations,
        most_blocks=MOST_BLOCKS,
    )


def _measure(kind, blocks, draws, inputs, paired, direction):
    compiled = _compiled(kind, blocks)
    before, post_norm = (np.int32(index_of(name)) for name in CENTRED.get(kind, ("centre", "none")))
    return _mean_length(draws, compiled, inputs), _correlation(
        draws, compiled._replace(normalisation=before, post_norm=post_norm), paired, direction
    )


@lru_cache(maxsize=MOST_BLOCKS * len(KINDS))
def _compiled(kind, blocks):
    topology = Topology.plain(blocks) if kind == KINDS[0] else Topology.residual(blocks)
    scale = blocks**-0.5 if kind == KINDS[4] else 1.0
    return compile_topology(
        topology, WIDTH, max_depth=MOST_BLOCKS, branch_scale=scale, **SETTINGS.get(kind, {})
    )


@lru_cache(maxsize=4)
def _draws(seed):
    keys = jax.random.split(jax.random.key(seed), NETWORKS)
    inputs = np.random.default_rng([seed, 7]).standard_normal((BATCH, WIDTH), np.float32)
    inputs *= np.sqrt(
        WIDTH / (inputs**2).sum(1, keepdims=True)
    )  # of mean square 1, as RMS norm makes them
    paired = np.random.default_rng([seed, 8]).standard_normal((PAIRED + 1, WIDTH), np.float32)
    return (
        jax.vmap(lambda key: draw(key, width=WIDTH, max_depth=MOST_BLOCKS))(keys),
        inputs,
        paired[:-1],
        paired[-1],
    )


@jax.jit
def _mean_length(draws, compiled, inputs):
    """Mean length of the paths that the signal takes, which is s, averaged over the networks."""

    def one(draws):
        parameters = scale_draws(draws, compiled.widths)
        lengths = signal_lengths(parameters, compiled, propagate(parameters, compiled, inputs))
        return (lengths * jnp.arange(MOST_BLOCKS + 1, dtype=lengths.dtype)).sum()

    # The topology is not mapped over: switches would run all their branches.
    return jax.vmap(one)(draws).mean()


@jax.jit
def _correlation(draws, compiled, inputs, direction):
    """Mean of g(x) . g(x') over all pairs of inputs over mean |g(x)|^2, g = dh_L along one
    direction at h_0; of the networks' mean.
    """

    def one(draws):
        parameters = scale_draws(draws, compiled.widths)
        tangents = jnp.broadcast_to(direction[None], inputs.shape)
        g = jax.jvp(lambda x: propagate(parameters, compiled, x), (inputs,), (tangents,))[1][
            compiled.depth
        ]
        squares, total = (g * g).sum(), g.sum(0)
        return ((total * total).sum() - squares) / (PAIRED - 1) / squares

    return jax.vmap(one)(draws).mean()
