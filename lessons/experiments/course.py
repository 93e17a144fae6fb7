"""Where plain, residual, pre-norm and post-norm networks lie: s = sum p_l measured in real ones."""

from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from ..errors import whole_number
from ..measurements.course import KINDS, CourseMeasurement
from ..networks import draw, propagate, scale_draws
from ..paths import signal_lengths
from ..topology import Topology
from ..wiring import wire

MOST_BLOCKS, WIDTH, BATCH, NETWORKS = 54, 32, 16, 3
SETTINGS = {KINDS[2]: dict(after="rms"), KINDS[3]: dict(normalisation="rms")}


def measure_course(blocks: int = 54, seed: int = 0) -> CourseMeasurement:
    """s of three networks of width 32 for each kind, one layer to a block, He's weights, 1 ... 54 blocks. Raises NetworkError."""
    whole_number("blocks", blocks, 1, MOST_BLOCKS)
    draws, inputs = _draws(whole_number("seed", seed, 0, 2**31 - 1))
    found = np.array([_mean_length(draws, _wiring(kind, blocks), inputs) for kind in KINDS], np.float64)
    return CourseMeasurement(blocks, NETWORKS, found, MOST_BLOCKS)


def _wiring(kind, blocks):
    topology = Topology.plain(blocks) if kind == KINDS[0] else Topology.residual(blocks)
    scale = blocks**-0.5 if kind == KINDS[4] else 1.0
    return wire(topology, WIDTH, max_depth=MOST_BLOCKS, branch_scale=scale, **SETTINGS.get(kind, {}))


@lru_cache(maxsize=4)
def _draws(seed):
    keys = jax.random.split(jax.random.key(seed), NETWORKS)
    inputs = np.random.default_rng([seed, 7]).standard_normal((BATCH, WIDTH), np.float32)
    inputs *= np.sqrt(WIDTH / (inputs**2).sum(1, keepdims=True))  # of mean square 1, as RMS norm makes them
    return jax.vmap(lambda key: draw(key, width=WIDTH, max_depth=MOST_BLOCKS))(keys), inputs


@jax.jit
def _mean_length(draws, wiring, inputs):
    """Mean length of the paths that the signal takes, which is s, averaged over the networks."""

    def one(draws):
        parameters = scale_draws(draws, wiring.widths)
        lengths = signal_lengths(parameters, wiring, propagate(parameters, wiring, inputs))
        return (lengths * jnp.arange(MOST_BLOCKS + 1, dtype=lengths.dtype)).sum()

    # The wiring is not mapped over: switches would run all their branches.
    return jax.vmap(one)(draws).mean()
