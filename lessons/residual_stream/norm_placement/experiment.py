"""Untrained transformers of the same weights, with the norm in front of the branch or behind it."""

from functools import lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ...errors import one_of, real_number, whole_number
from ..text import ALPHABET, encode
from ..training import surprise_of
from ..transformer import Design, Parameters, draw, layers_of, pass_layer, streams
from .measurement import PARTS, QUERIES, STREAM, NormPlacementMeasurement

WIDTH, INNER, PLACES, NETWORKS = 32, 64, 16, 4
DEEPEST, LEAST, STEP = 24, 0.1, 0.05
SEED = 15  # of forty the one whose ratios are nearest to the medians
# Not the manual's text, which differs a little between versions of Python, as would all numbers.
TEXT = encode(
    "a residual connection adds what a layer has found to what it was given, so all "
    "layers write into one stream."
)
TEXTS = np.stack([TEXT[start : start + PLACES + 1] for start in (0, 38)])


def measure_norm_placement(
    layers: int = DEEPEST, branch_scale: float = 1.0, part: str = QUERIES, seed: int = SEED
) -> NormPlacementMeasurement:
    """Squared gradients in four transformers of width 32, with pre-norm and with post-norm.

    They read two texts of 16 characters. More layers leave those below as they are. `part` is one
    of PARTS. Raises LearnerError.
    """
    whole_number("layers", layers, 1, DEEPEST)
    real_number("branch scale", branch_scale, LEAST, 1)
    chosen = one_of("part", part, PARTS)
    branch_scale = round(branch_scale, 6)  # 0.1 + 0.2 would be said with all its digits
    *gradients, alike = _all_parts(layers, branch_scale, seed)
    gradient = gradients[chosen][..., : layers + (part == STREAM)]
    expected = expected_stream(layers, branch_scale) if part == STREAM else None
    alike = alike[..., : layers + 1]
    return NormPlacementMeasurement(layers, branch_scale, part, gradient, expected, alike)


def expected_stream(layers: int, branch_scale: float) -> np.ndarray:
    """Squared gradient of the stream before the first layer and behind each, (2, layers + 1).

    Derived, for wide networks whose branches write independent vectors of mean square β² per unit:
    a / (5 / 4 + 2 β² l) behind layer l with pre-norm, and a with post-norm (a / (5 / 4) before the
    first layer, where the stream has mean square 1 + 1 / 4). a is the squared gradient of a
    normalised stream: |readout (p - y)|², summed over places, with the two directions that a norm
    takes away, and E|p - y|² = 1 - 2 / 35 + e / 35 for scores that are normal of variance 1.
    """
    letters, rows = len(ALPHABET), TEXTS.shape[0] * PLACES
    full = (1 + (np.e - 2) / letters) * (1 - 2 / WIDTH) / rows
    first = 5 / 4
    pre_norm = full / (first + 2 * branch_scale**2 * np.arange(layers + 1))
    return np.stack([pre_norm, full / np.r_[first, np.ones(layers)]])


@lru_cache(maxsize=16)
def _all_parts(layers, branch_scale, seed):
    """One pass back makes the gradients of all parts, so that a choice costs only the drawing."""
    found = _measured(_drawn(seed), np.int32(layers), np.float32(branch_scale))
    return jax.device_get(found)


@lru_cache(maxsize=1)
def _drawn(seed):
    return _networks(np.uint32(seed))


@jax.jit
def _networks(seed):
    keys = jax.random.split(jax.random.key(seed), NETWORKS)
    small = partial(draw, layers=DEEPEST, width=WIDTH, inner=INNER, context=PLACES)
    return jax.vmap(small)(keys)


@jax.jit
def _measured(networks, layers, branch_scale):
    """What `gradients` finds of every network with both places of the norm: (2, networks, ...)."""

    def one(post, parameters):
        design = Design(jnp.float32(1), branch_scale, post, layers)
        return gradients(parameters, design, jnp.asarray(TEXTS))

    of_all = jax.vmap(jax.vmap(one, in_axes=(None, 0)), in_axes=(0, None))
    return of_all(jnp.array([False, True]), networks)


def gradients(parameters: Parameters, design: Design, texts):
    """(of queries and keys, (layers,), of the second feed-forward matrix, (layers,), of the stream,
    (layers + 1,), mean cosine of two places, (layers + 1,)).

    The gradient goes back layer by layer, and only its squares are kept. What is beyond the layers
    of the design has 0.
    """
    states = streams(parameters, design, texts[:, :-1])[::2]
    last = jax.grad(surprise_of, 1)(parameters, states[-1], texts)

    def back(gradient, numbered):
        number, layer, stream = numbered
        there = number < design.layers
        through = partial(_through, design)
        stay = lambda layer, stream, gradient: (gradient, jnp.zeros(2, gradient.dtype))
        gradient, of_weights = lax.cond(there, through, stay, layer, stream, gradient)
        return gradient, (of_weights, (gradient**2).sum())

    count = jnp.arange(parameters.query.shape[0], dtype=jnp.int32)
    _, (weights, stream) = lax.scan(
        back, last, (count, layers_of(parameters), states[:-1]), reverse=True
    )
    stream = jnp.append(stream, (last**2).sum())
    return weights[:, 0], weights[:, 1], stream, jax.vmap(_alike)(states)


def _through(design, layer, stream, gradient):
    """Back through one layer, and the squared gradients of its weights."""
    _, pull = jax.vjp(lambda *given: pass_layer(design, *given)[1], layer, stream)
    weights, gradient = pull(gradient)
    squares = [(weights.query**2).sum() + (weights.key**2).sum(), (weights.outer**2).sum()]
    return gradient, jnp.stack(squares)


def _alike(stream):
    """Mean cosine between two different places of a text."""
    rows, places = stream / jnp.sqrt((stream**2).sum(-1, keepdims=True)), stream.shape[-2]
    together = (rows.sum(-2) ** 2).sum(-1)
    return ((together - places) / (places * (places - 1))).mean()
