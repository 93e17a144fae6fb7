"""Training a transformer to say the next character."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp
import numpy as np

from ..network.arrays import Array, Float, Int, PRNGKey
from ..network.training import Progress, train
from .text import CONTEXT, held_out_text, training_text
from .transformer import Design, Parameters, read, streams

if TYPE_CHECKING:  # late, as in network/training.py
    import optax

BATCH, HELD_OUT_PIECES = 24, 64
WARM_UP = 50  # steps in which the rate rises to its full size
ADAM = dict(b1=0.9, b2=0.98)  # as Vaswani et al. (2017), section 5.3


def surprise(
    parameters: Parameters, design: Design, text: Int[Array, "*batch places+1"]
) -> Float[Array, ""]:
    """Mean of -ln p(next character), nats: ln 35 = 3.56 for whoever guesses blindly."""
    return surprise_of(parameters, streams(parameters, design, text[..., :-1])[-1], text)


def surprise_of(
    parameters: Parameters,
    last: Float[Array, "*batch places width"],
    text: Int[Array, "*batch places+1"],
) -> Float[Array, ""]:
    """The same where the last stream is known: of a network in which something was changed."""
    return surprise_at(read(parameters, last), text)


def surprise_at(
    scores: Float[Array, "*batch places alphabet"], text: Int[Array, "*batch places+1"]
) -> Float[Array, ""]:
    """The same of scores, whatever has made them."""
    import optax

    return optax.softmax_cross_entropy_with_integer_labels(scores, text[..., 1:]).mean()


def pieces(text: Int[Array, " characters"], key: PRNGKey, count: int, length: int):
    """Random pieces of the text, (count, length)."""
    starts = jax.random.randint(key, (count,), 0, text.shape[0] - length + 1)
    return text[starts[:, None] + jnp.arange(length)[None, :]]


def even_pieces(text: Int[np.ndarray, " characters"], count: int, length: int):
    """Pieces from the text's beginning to its end, (count, length)."""
    starts = np.arange(count) * (len(text) - length) // count
    return text[starts[:, None] + np.arange(length)]


def loss(parameters: Parameters, design: Design, text: Array, key: PRNGKey) -> Array:
    """The surprise at a fresh batch of the text."""
    return surprise(parameters, design, pieces(text, key, BATCH, CONTEXT + 1))


def warmed_up(rate: Float[Array, ""]) -> "optax.GradientTransformation":
    """Adam whose rate rises from 0 in the first steps."""
    import optax

    rise = lambda count: rate * jnp.minimum((count + 1) / WARM_UP, 1).astype(jnp.float32)
    return optax.adam(rise, **ADAM)


def at_once(rate: Float[Array, ""]) -> "optax.GradientTransformation":
    """Adam at its full rate from the first step on."""
    import optax

    return optax.adam(rate, **ADAM)


def train_transformers(
    parameters: Parameters,
    design: Design,
    *,
    rates,
    steps: int,
    seed: int = 0,
    chunk: int = 10,
    optimiser=warmed_up,
) -> Iterator[Progress]:
    """Trains what is given, every array (seeds, ...), with each rate; see
    `network.training.train`.
    """
    keys = jax.random.split(jax.random.key(seed), jax.tree.leaves(parameters)[0].shape[0])
    text = jnp.asarray(training_text())
    options = dict(learning_rates=rates, steps=steps, chunk=chunk, optimiser=optimiser)
    return train(loss, parameters, design, text, keys, **options)


def held_out_surprise(parameters: Parameters, design: Design) -> float:
    """Nats per character on 64 pieces of what was kept back from training."""
    text = even_pieces(held_out_text(), HELD_OUT_PIECES, CONTEXT + 1)
    return float(_surprise(parameters, design, text))


_surprise = jax.jit(surprise)
