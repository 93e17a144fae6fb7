"""Lesson 7's transformer, made small enough to be trained dozens of times in minutes."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from lessons.network.training import train
from lessons.residual_stream.text import held_out_text, training_text
from lessons.residual_stream.training import pieces, surprise, warmed_up
from lessons.residual_stream.transformer import draw

WIDTH, INNER, CONTEXT, BATCH = 32, 64, 32, 8
LAST = 20  # steps over which a training loss is averaged
HELD_OUT = 128  # pieces that a held-out surprise is the mean of


def initial(layers: int, seeds: int):
    """One network for each seed, every array (seeds, ...)."""
    keys = jax.random.split(jax.random.key(0), seeds)
    small = partial(draw, layers=layers, width=WIDTH, inner=INNER, context=CONTEXT)
    return jax.vmap(small)(keys)


def loss(parameters, design, text, key):
    """The surprise at a fresh batch, nats."""
    return surprise(parameters, design, pieces(text, key, BATCH, CONTEXT + 1))


def trained(parameters, design, rates, steps, *, loss=loss, optimiser=warmed_up):
    """(parameters, losses of the last steps, held-out surprise), each (rates, seeds, ...).

    A seed reads the same pieces of text in the same order whatever else is chosen, so that runs
    can be compared in pairs.
    """
    keys = jax.random.split(jax.random.key(1), len(parameters.query))
    text = jnp.asarray(training_text())
    course = train(
        loss,
        parameters,
        design,
        text,
        keys,
        learning_rates=rates,
        steps=steps,
        chunk=100,
        optimiser=optimiser,
    )
    *_, end = course
    return end.parameters, end.losses[..., -LAST:].mean(-1), held_out(end.parameters, design)


def held_out(parameters, design) -> np.ndarray:
    """Nats per character on text that no training sees, (rates, seeds)."""
    return np.asarray(_held_out(parameters, design, jnp.asarray(held_out_text())))


@jax.jit
def _held_out(parameters, design, text):
    pieces_at = jnp.arange(HELD_OUT) * (text.shape[0] - CONTEXT - 1) // HELD_OUT
    some = text[pieces_at[:, None] + jnp.arange(CONTEXT + 1)[None, :]]
    one = lambda parameters: surprise(parameters, design, some)
    return jax.vmap(jax.vmap(one))(parameters)
