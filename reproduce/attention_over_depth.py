"""Lesson 7: a softmax over what was found so far in place of the sum, at the start and trained.

    python -m reproduce.attention_over_depth [seeds] [steps]

Three seeds, 300 steps; two minutes of a core.

The transformers of `python -m reproduce.mixed_streams`: six layers (twelve branches), width 32,
context 32, batches of 8, two learning rates, of which each kind has the better one; the same starts
and batches. Before training: the mean square of what is read, and, in square brackets, what it
would be if every source had a mean square of 1; independent ones would give 1 / sources for a mean,
and sources for a sum.
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np

from lessons.residual_stream.attention_over_depth import begin, gathered
from lessons.residual_stream.small_runs import SmallRun, draw_small, held_out_pieces
from lessons.residual_stream.transformer import read

from .table import pairs, print_table, spread

SEEDS, STEPS, RATES = 3, 300, (0.003, 0.01)
KINDS = {"sum": False, "softmax": True}
SHOWN = (1, 2, 4, 7, 13)  # sources


def scores(parameters, chooses, text):
    """Of the next character at every place."""
    return read(parameters.transformer, gathered(parameters, chooses, text)[-1])


RUN = SmallRun(scores)


@jax.jit
def sizes(parameters, chooses, text):
    """Mean square of what is read from 1, 2, ... sources, as it is and for sources of mean square
    1, (2, sources). Queries are zero.
    """
    read = gathered(parameters, chooses, text)
    count = jnp.arange(1, read.shape[0] + 1, dtype=read.dtype)[:, None, None, None]
    parts = jnp.where(chooses, count, 1)
    sources = jnp.diff(parts * read, axis=0, prepend=0)
    unit = sources / jnp.sqrt((sources**2).mean((1, 2, 3), keepdims=True))
    again = unit.cumsum(0) / parts
    return jnp.stack([(found**2).mean((1, 2, 3)) for found in (read, again)])


def at_the_start(seeds):
    """The sizes of what is read, {kind: (seeds, 2, sources)}."""
    parameters, text = jax.vmap(begin)(draw_small(seeds)), held_out_pieces()[:, :-1]
    one = lambda seed: jax.tree.map(lambda p: p[seed], parameters)
    return {
        name: np.array([sizes(one(seed), chooses, text) for seed in range(seeds)])
        for name, chooses in KINDS.items()
    }


def main(seeds=SEEDS, steps=STEPS):
    found = at_the_start(seeds)
    print_table(
        f"Mean square of what is read, before training, {seeds} seeds",
        ("sources", *KINDS),
        ([n, *(_both(found[name][:, :, n - 1]) for name in KINDS)] for n in SHOWN),
    )
    print_table(
        f"After {steps} steps, {seeds} seeds, text kept back",
        ("skips", "rate", "nats per character", "nats more than the sum"),
        _trained(seeds, steps),
    )


def _both(values):
    raw, unit = (spread(each, 2) for each in values.T)
    return f"{raw} [{unit}]"


def _trained(seeds, steps):
    first = None
    for name, chooses in KINDS.items():
        parameters = jax.vmap(begin)(draw_small(seeds))
        _, found = RUN.train(parameters, np.bool_(chooses), RATES, steps)
        best = found.mean(1).argmin()
        first = found[best] if first is None else first
        yield name, RATES[best], spread(found[best], 3), pairs(found[best] - first)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
