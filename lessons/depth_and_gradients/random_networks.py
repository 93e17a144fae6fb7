"""Many networks at once: the same topology, other weights. For medians, quartiles and means over
initialisations.
"""

from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..network.arrays import Array
from ..network.compiled_topology import CompiledTopology
from ..network.gradients import state_gradients
from ..network.initialisation import normal_layers
from ..network.network import Parameters, propagate
from ..network.topology import MAX_DEPTH


@lru_cache(maxsize=4)
def draw_networks(
    seed: int, layers: int, networks: int, width: int, max_depth: int = MAX_DEPTH
) -> Parameters:
    """W ~ N(0, 1) of `networks` networks, no biases; weights (max_depth, networks, width, width), 0
    beyond `layers`.

    A deeper network begins with the layers of the shallower one. `root_mean_squares` scales them.
    """
    rng = np.random.default_rng([seed, 1])
    weights = normal_layers(rng, layers, (networks, width, width), max_depth)
    biases, projections = (
        np.zeros((max_depth, networks, width)),
        np.zeros((1, networks, width, width)),
    )
    return Parameters(*(jnp.asarray(p, jnp.float32) for p in (weights, biases, projections)))


@lru_cache(maxsize=4)
def draw_data(seed: int, networks: int, batch: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs (networks, batch, width) and readouts (networks, width), all ~ N(0, 1)."""
    rng = np.random.default_rng([seed, 2])
    inputs = rng.standard_normal((networks, batch, width), np.float32)
    return inputs, rng.standard_normal((networks, width), np.float32)


def root_mean_squares(
    parameters: Parameters,
    compiled: CompiledTopology,
    inputs: Array,
    readouts: Array,
    weight_variance: Array,
    gradient: Array,
) -> Array:
    """Over batch and units, of every state or, where `gradient`, of readout . h_L by every state:
    (networks, max_depth + 1).

    Parameters are those of `draw_networks`. inf or NaN beyond float32.
    """
    # Without biases, a factor on the weights is a factor on what the layer computes.
    factor = jnp.sqrt(weight_variance / jnp.asarray(inputs.shape[-1], jnp.float32))
    compiled = compiled._replace(scales=compiled.scales * factor)

    def one(parameters, inputs, readout):
        back = lambda: state_gradients(parameters, compiled, inputs, readout)[1]
        return _root_mean_square(
            lax.cond(gradient, back, lambda: propagate(parameters, compiled, inputs))
        )

    # The topology is not mapped over: switches would run all their branches. Weights keep their
    # layers outermost, so that a layer of all networks lies together.
    return jax.vmap(one, in_axes=(1, 0, 0), out_axes=0)(parameters, inputs, readouts)


def _root_mean_square(states):
    # Squares would leave float32 at half the decades, and 1 / largest where it overflows: divided
    # by its root twice.
    largest = jnp.abs(states).max((1, 2), keepdims=True)
    shrink = 1 / jnp.sqrt(jnp.where(largest > 0, largest, 1))
    return largest[:, 0, 0] * jnp.sqrt(((states * shrink * shrink) ** 2).mean((1, 2)))


def relative_squares(roots: np.ndarray, reference: int) -> np.ndarray:
    """Squares relative to the last axis's entry `reference`, 0 or -1, in float64; inf from where
    float32 overflows on.
    """
    outwards = slice(None, None, -1 if reference else 1)
    overflowed = np.logical_or.accumulate(~np.isfinite(roots[..., outwards]), -1)[..., outwards]
    squares = np.where(overflowed, np.inf, roots.astype(np.float64) ** 2)
    return squares / squares[..., reference, None]
