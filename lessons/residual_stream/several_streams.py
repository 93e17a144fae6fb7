"""The transformer of this lesson with several streams side by side, mixed on every skip.

Hyper-connections in their static form (Zhu et al., 2024, arXiv:2409.19606), one for every branch:

    X = A X + post^T branch(normalise(pre X))

X holds n streams, one a row; `pre` reads one row from them, `post` says how strongly each gets what
was found, A is n x n. All streams begin as the embedding, and `last` reads one row at the end. At
the start `pre` is a single stream, in turns, `post` is 1 for all, as in that paper, and `last` the
mean; with one stream, and A = I, all this is x + branch(normalise(x)).
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..network.arrays import Array, Float, Int
from .mixing_matrices import sinkhorn
from .transformer import (
    Parameters,
    attention,
    embed,
    feed_forward,
    layers_of,
    normalise,
    read,
)

ITERATIONS = 20


class Streams(NamedTuple):
    """What training changes: a transformer, three arrays for its branches, one for its end."""

    transformer: Parameters
    mixing: Float[Array, "layers 2 streams streams"]  # A, or what it is made of
    pre: Float[Array, "layers 2 streams"]
    post: Float[Array, "layers 2 streams"]
    last: Float[Array, " streams"]


def unconstrained(mixing: Array) -> Array:
    """A is learned entry by entry."""
    return mixing


def fixed(mixing: Array) -> Array:
    """A is what it was at the start: training leaves it."""
    return lax.stop_gradient(mixing)


def doubly_stochastic(logits: Array) -> Array:
    """A is made of learned logits by twenty of Sinkhorn's iterations, as in arXiv:2512.24880."""
    # A loop: twenty iterations written out would compile for a minute.
    return lax.fori_loop(0, ITERATIONS, lambda _, matrix: sinkhorn(matrix, 1), jnp.exp(logits))


def orthogonal(mixing: Array) -> Array:
    """A = (I + S)^-1 (I - S), S the antisymmetric part of what is learned (Cayley): I for zeros."""
    eye = jnp.broadcast_to(jnp.eye(mixing.shape[-1], dtype=mixing.dtype), mixing.shape)
    skew = (mixing - mixing.swapaxes(-1, -2)) / 2
    return jnp.linalg.solve(eye + skew, eye - skew)


MADE = (unconstrained, fixed, doubly_stochastic, orthogonal)


def mixing_matrices(kind: Int[Array, ""], mixing: Float[Array, "*branches streams streams"]):
    """A of every branch, by the number of its kind in MADE: data, so that no choice compiles."""
    return lax.switch(kind, MADE, mixing)


def begin(transformer: Parameters, mixing: Float[Array, "layers 2 streams streams"]) -> Streams:
    """Each branch reads a stream of its own, in turns, and writes to all."""
    layers, branches, streams, _ = mixing.shape
    turns = np.arange(layers * branches).reshape(layers, branches) % streams
    pre = jax.nn.one_hot(turns, streams, dtype=mixing.dtype)
    mean = jnp.full(streams, 1 / streams, mixing.dtype)
    return Streams(transformer, mixing, pre, jnp.ones_like(pre), mean)


def write(matrix, pre, post, branch, streams: Float[Array, "n *batch places width"]):
    """One skip: the streams mixed, and what the branch has found added to each."""
    mix = lambda weights, streams: jnp.tensordot(weights, streams, 1)
    found = branch(normalise(mix(pre, streams)))
    return mix(matrix, streams) + post.reshape(-1, *[1] * found.ndim) * found[None]


def last_streams(
    parameters: Streams, kind: Int[Array, ""], text: Int[Array, "*batch places"]
) -> Float[Array, "streams *batch places width"]:
    """The streams behind the last branch."""

    def step(streams, layer):
        weights, matrix, pre, post = layer
        for k, branch in enumerate((attention, feed_forward)):
            streams = write(matrix[k], pre[k], post[k], partial(branch, weights), streams)
        return streams, None

    t = parameters.transformer
    first = embed(t, text)
    streams = jnp.broadcast_to(first[None], (parameters.pre.shape[-1], *first.shape))
    matrices = mixing_matrices(kind, parameters.mixing)
    return lax.scan(step, streams, (layers_of(t), matrices, parameters.pre, parameters.post))[0]


def read_streams(parameters: Streams, streams: Float[Array, "streams *rows width"]):
    """What they say: scores of the next character, (*rows, alphabet)."""
    return read(parameters.transformer, jnp.tensordot(parameters.last, streams, 1))
