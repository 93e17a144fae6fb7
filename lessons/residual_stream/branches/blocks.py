"""A transformer's branches, one by one: as functions for the instruments, and in any order."""

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ...network.arrays import Array, Float, Int
from ..transformer import Parameters, attention, embed, feed_forward, layers_of, normalise

PARTS = (attention, feed_forward)  # of a layer, in their order


def branches_of(parameters: Parameters) -> list[Callable]:
    """F_1 ... F_n with their norms, each a function of a stream (*batch, places, width): what the
    instruments take.
    """
    stacked = layers_of(parameters)
    layers = [jax.tree.map(lambda p: p[l], stacked) for l in range(len(parameters.query))]
    return [partial(_write, part, layer) for layer in layers for part in PARTS]


def _write(part, layer, stream):
    return part(layer, normalise(stream))


def damaged(
    parameters: Parameters,
    skip: Float[Array, ""],
    order: Int[Array, " branches"],
    kept: Float[Array, " branches"],
    text: Int[Array, "*batch places"],
) -> Float[Array, "*batch places width"]:
    """The last stream where branch order[i], from 0, writes at place i, if kept[i] is 1; where it
    is 0 the stream stays as it is.

    skip: 1, or 0 for a network without skips. All lesions are data: none compiles anything.
    """
    layers = layers_of(parameters)

    def step(stream, lesion):
        branch, keep = lesion
        layer = jax.tree.map(lambda p: p[branch // 2], layers)
        found = lax.switch(branch % 2, PARTS, layer, normalise(stream))
        return jnp.where(keep > 0, skip * stream + found, stream), None

    # Stored networks are NumPy arrays, which no traced text could index.
    first = embed(jax.tree.map(jnp.asarray, parameters), text)
    return lax.scan(step, first, (order, kept))[0]


def lesion(
    branches: int, deleted: tuple[int, ...] = (), exchanged: int = 0
) -> tuple[Int[np.ndarray, " branches"], Float[np.ndarray, " branches"]]:
    """`order` and `kept` of `damaged`: without the branches in `deleted`, and with branch
    `exchanged` and the next in each other's places; from 1 on, 0 for none.
    """
    order = np.arange(branches, dtype=np.int32)
    if exchanged:
        order[[exchanged - 1, exchanged]] = order[[exchanged, exchanged - 1]]
    return order, (~np.isin(order + 1, deleted)).astype(np.float32)
