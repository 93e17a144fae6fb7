"""Lesson 7's transformer, made small enough to be trained dozens of times in minutes."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from lessons.network.training import train
from lessons.residual_stream.text import held_out_text, training_text
from lessons.residual_stream.training import even_pieces, pieces, surprise, warmed_up
from lessons.residual_stream.transformer import draw

WIDTH, INNER, CONTEXT, BATCH = 32, 64, 32, 8
HELD_OUT = 128  # pieces of text that a held-out surprise is the mean of
CHUNK = 100


def initial(layers: int, seeds: int):
    """One network for each seed, every array (seeds, ...)."""
    small = partial(draw, layers=layers, width=WIDTH, inner=INNER, context=CONTEXT)
    return jax.vmap(small)(jax.random.split(jax.random.key(0), seeds))


def batch(text, key):
    """Fresh pieces of the text."""
    return pieces(text, key, BATCH, CONTEXT + 1)


def loss(parameters, design, text, key):
    """The surprise at a fresh batch, nats."""
    return surprise(parameters, design, batch(text, key))


def trained(parameters, compiled, seeds, rates, steps, *, loss=loss, optimiser=warmed_up):
    """What training made of the parameters, every array (rates, seeds, ...).

    A seed reads the same pieces of text in the same order whatever else is chosen, so that runs
    can be compared in pairs.
    """
    keys, text = jax.random.split(jax.random.key(1), seeds), jnp.asarray(training_text())
    options = dict(learning_rates=rates, steps=steps, chunk=CHUNK, optimiser=optimiser)
    *_, end = train(loss, parameters, compiled, text, keys, **options)
    return end.parameters


def held_out(parameters, design) -> np.ndarray:
    """Nats per character on text that no training sees, (rates, seeds)."""
    return np.asarray(_held_out(parameters, design, held_out_pieces()))


def held_out_pieces():
    """Pieces at even distances over what was kept back, (pieces, places + 1)."""
    return jnp.asarray(even_pieces(held_out_text(), HELD_OUT, CONTEXT + 1))


@jax.jit
def _held_out(parameters, design, some):
    return jax.vmap(jax.vmap(lambda one: surprise(one, design, some)))(parameters)
