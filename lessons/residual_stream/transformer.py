"""A small decoder-only transformer, and the stream that its skips carry.

Branches 1 ... n take turns: attention, feed-forward, attention, ... Each reads the stream, a row of
`width` numbers for every character, and adds what it has found (Vaswani et al., 2017,
arXiv:1706.03762, with the norm in front of each branch):

    stream = stream + branch(normalise(stream))

There are no biases, and a norm has no gain of its own: before a branch, its matrices can hold it.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..network.arrays import Array, Bool, Float, Int, PRNGKey
from ..network.normalisations import EPSILON
from .text import ALPHABET, CONTEXT

WIDTH, HEADS, INNER = 64, 4, 128


class Parameters(NamedTuple):
    """What training changes. A layer is two branches and stands at one index of six arrays."""

    characters: Float[Array, "alphabet width"]
    places: Float[Array, "context width"]
    query: Float[Array, "layers width width"]
    key: Float[Array, "layers width width"]
    value: Float[Array, "layers width width"]
    back: Float[Array, "layers width width"]  # from the heads to the stream
    inner: Float[Array, "layers width inner"]
    outer: Float[Array, "layers inner width"]
    readout: Float[Array, "width alphabet"]  # from the stream to scores of the next character


LAYERS = ("query", "key", "value", "back", "inner", "outer")


class Design(NamedTuple):
    """Where the skips and the norms are: data, so that no choice compiles anything."""

    skip: Float[Array, ""]  # 1, or 0 for a network without skips
    scale: Float[Array, ""]  # β of x + βF(x)
    post: Bool[Array, ""]  # the norm behind the addition instead of in front of the branch
    layers: Int[Array, ""]  # how many of the layers are there


def design(layers: int, *, skip: bool = True, scale: float = 1.0, post: bool = False) -> Design:
    """The arrays of these choices."""
    return Design(np.float32(skip), np.float32(scale), np.bool_(post), np.int32(layers))


PRE_NORM = design(2**20)  # every layer there is


def draw(
    key: PRNGKey, layers: int, *, width: int = WIDTH, inner: int = INNER, context: int = CONTEXT
) -> Parameters:
    """Independent normal weights: variance 1 / fan-in, 2 / fan-in before a ReLU, 1 for a character
    and 1 / 4 for a place.
    """
    square, letters = (layers, width, width), len(ALPHABET)
    shapes = (
        ((letters, width), 1.0),
        ((context, width), 0.25),
        *[(square, 1 / width)] * 4,
        ((layers, width, inner), 2 / width),
        ((layers, inner, width), 1 / inner),
        ((width, letters), 1 / width),
    )
    keys = jax.random.split(key, len(shapes))
    return Parameters(
        *(
            jax.random.normal(key, shape, jnp.float32) * np.float32(np.sqrt(variance))
            for key, (shape, variance) in zip(keys, shapes, strict=True)
        )
    )


def normalise(stream: Float[Array, "*rows width"]) -> Float[Array, "*rows width"]:
    """Layer norm: mean 0 and mean square 1 in every row (Ba et al., 2016, arXiv:1607.06450)."""
    centred = stream - stream.mean(-1, keepdims=True)
    return centred * lax.rsqrt((centred**2).mean(-1, keepdims=True) + EPSILON)


def attention(layer: Parameters, x: Float[Array, "*batch places width"]):
    """What each place fetches from those up to itself, in four heads."""
    heads = lambda matrix: (x @ matrix).reshape(*x.shape[:-1], HEADS, -1)
    query, key, value = heads(layer.query), heads(layer.key), heads(layer.value)
    scores = jnp.einsum("...ihc,...jhc->...hij", query, key) * query.shape[-1] ** -0.5
    seen = jnp.tril(jnp.ones(scores.shape[-2:], bool))
    weights = jax.nn.softmax(jnp.where(seen, scores, -jnp.inf))
    return jnp.einsum("...hij,...jhc->...ihc", weights, value).reshape(x.shape) @ layer.back


def feed_forward(layer: Parameters, x: Float[Array, "*batch places width"]):
    """A network of one hidden layer, the same at each place."""
    return jax.nn.relu(x @ layer.inner) @ layer.outer


def write(design: Design, branch, stream: Float[Array, "*batch places width"]):
    """One skip: x + βF(norm(x)), or norm(x + βF(x)) with the norm behind it."""
    found = branch(jnp.where(design.post, stream, normalise(stream)))
    stream = design.skip * stream + design.scale * found
    return jnp.where(design.post, normalise(stream), stream)


def embed(parameters: Parameters, text: Int[Array, "*batch places"]):
    """The stream before the first branch: what the character is, and where it stands."""
    characters = parameters.characters[text]
    return characters + jnp.broadcast_to(parameters.places[: text.shape[-1]], characters.shape)


def layers_of(parameters: Parameters) -> Parameters:
    """What a scan over the layers takes: the arrays that have one entry for each."""
    kept = parameters._asdict().items()
    return Parameters(*(jnp.asarray(each) if name in LAYERS else None for name, each in kept))


def pass_layer(design: Design, layer: Parameters, stream: Float[Array, "*batch places width"]):
    """The stream after the attention of a layer, and after its feed-forward."""
    middle = write(design, lambda x: attention(layer, x), stream)
    return middle, write(design, lambda x: feed_forward(layer, x), middle)


def streams(parameters: Parameters, design: Design, text: Int[Array, "*batch places"]):
    """The stream before the first branch and after each, (2 layers + 1, *batch, places, width).

    Beyond the layers of `design` it stays as it is.
    """

    def step(stream, numbered):
        number, layer = numbered
        stay = lambda layer, stream: (stream, stream)
        after = lax.cond(number < design.layers, partial(pass_layer, design), stay, layer, stream)
        return after[1], jnp.stack(after)

    first = embed(parameters, text)
    count = jnp.arange(parameters.query.shape[0], dtype=jnp.int32)
    _, after = lax.scan(step, first, (count, layers_of(parameters)))
    return jnp.concatenate([first[None], after.reshape(-1, *first.shape)])


def read(parameters: Parameters, stream: Float[Array, "*rows width"]):
    """What the stream says: scores of the next character, (*rows, alphabet).

    After the last branch these are the transformer's answer; earlier, its answer so far (the
    "logit lens").
    """
    return normalise(stream) @ parameters.readout
