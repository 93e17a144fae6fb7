"""The transformer of this lesson with a choice in place of the sum of all skips.

Attention residuals (2026, arXiv:2603.15031): each branch reads a weighted mean of everything that
was found so far, v_0 the embedding and v_1, v_2, ... what the branches have found:

    h = sum_i a_i v_i,    a = softmax over i of query . normalise(v_i)
    next v = branch(normalise(h))

with a learned query for every branch and one for the end. Queries of zero make it a plain mean;
without the softmax, and all a_i = 1, it is the ordinary stream.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..network.arrays import Array, Bool, Float, Int
from .transformer import Parameters, attention, embed, feed_forward, layers_of, normalise


class Chooser(NamedTuple):
    """What training changes: a transformer, and a query for every branch and for the end."""

    transformer: Parameters
    queries: Float[Array, "branches+1 width"]


def begin(transformer: Parameters) -> Chooser:
    """Queries of zero, as in the paper."""
    layers, width = transformer.query.shape[:2]
    return Chooser(transformer, jnp.zeros((2 * layers + 1, width), transformer.query.dtype))


def gather(query, found: Float[Array, "sources *batch width"], count, chooses: Bool[Array, ""]):
    """The weighted mean of the first `count` of what was found, or their sum."""
    scores = normalise(found) @ query
    there = jnp.arange(found.shape[0], dtype=jnp.int32) < count
    there = there.reshape(-1, *[1] * (scores.ndim - 1))
    weights = jax.nn.softmax(jnp.where(there, scores, -jnp.inf), 0)
    weights = jnp.where(chooses, weights, there.astype(weights.dtype))
    return (weights[..., None] * found).sum(0)


def gathered(
    parameters: Chooser, chooses: Bool[Array, ""], text: Int[Array, "*batch places"]
) -> Float[Array, "branches+1 *batch places width"]:
    """What each branch reads, before its norm, and last what is read at the end."""
    t, queries = parameters
    layers = t.query.shape[0]
    first = embed(t, text)
    found = jnp.zeros((2 * layers + 1, *first.shape), first.dtype).at[0].set(first)

    def step(found, layer):
        number, weights, pair = layer
        read = []
        for k, branch in enumerate((attention, feed_forward)):
            done = 2 * number + k + 1
            read.append(gather(pair[k], found, done, chooses))
            found = found.at[done].set(branch(weights, normalise(read[-1])))
        return found, jnp.stack(read)

    pairs = queries[:-1].reshape(layers, 2, -1)
    numbers = np.arange(layers, dtype=np.int32)
    found, read = lax.scan(step, found, (numbers, layers_of(t), pairs))
    last = gather(queries[-1], found, np.int32(2 * layers + 1), chooses)
    return jnp.concatenate([read.reshape(-1, *first.shape), last[None]])
