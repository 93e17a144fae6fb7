"""Lesson 7: transformers with four mixed streams against one stream, trained alike.

    python -m reproduce.mixed_streams [seeds] [steps]

Five seeds, 500 steps; seven minutes of a core.

Six layers (twelve branches), width 32, context 32, batches of 8, Adam with warm-up, two learning
rates, of which each kind has the one with the lower mean. The same starts and batches in every row:
the differences are paired.
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np

from lessons.residual_stream.mixing_matrices import (
    DOUBLY_STOCHASTIC,
    ORTHOGONAL,
    UNCONSTRAINED,
    draw_mixing,
    two_largest,
)
from lessons.residual_stream.several_streams import (
    MADE,
    begin,
    doubly_stochastic,
    fixed,
    last_streams,
    mixing_matrices,
    orthogonal,
    read_streams,
    unconstrained,
)
from lessons.residual_stream.small_runs import LAYERS, SmallRun, draw_small, held_out_pieces

from .table import pairs, print_table, spread

SEEDS, STEPS, RATES, STREAMS = 5, 500, (0.01, 0.02), 4
NEAR = 5.0  # a diagonal logit: a doubly stochastic A begins with 0.98 on its diagonal
EYE, ZEROS = np.eye(STREAMS), np.zeros((STREAMS, STREAMS))


def drawn(kind):
    """Mixing matrices of the panel's kind, other ones for every seed and branch."""

    def start(seeds):
        options = dict(iterations=100, hardness=2.0)
        found = [draw_mixing(kind, np.random.default_rng(s), 2 * LAYERS, **options) for s in seeds]
        return np.stack(found).reshape(len(seeds), LAYERS, 2, STREAMS, STREAMS)

    return start


def same(matrix):
    """One and the same for every seed and branch."""
    return lambda seeds: np.broadcast_to(matrix, (len(seeds), LAYERS, 2, *matrix.shape))


ARMS = {
    "one stream": (fixed, same(np.eye(1))),
    "four, A = I": (fixed, same(EYE)),
    "four, unconstrained, learned from I": (unconstrained, same(EYE)),
    "four, doubly stochastic, learned from near I": (doubly_stochastic, same(NEAR * EYE)),
    "four, orthogonal, learned from I": (orthogonal, same(ZEROS)),
    "four, unconstrained, random, I + 0.3 N(0, 1)": (fixed, drawn(UNCONSTRAINED)),
    "four, doubly stochastic, random": (fixed, drawn(DOUBLY_STOCHASTIC)),
    "four, orthogonal, random": (fixed, drawn(ORTHOGONAL)),
}


def scores(parameters, kind, text):
    """Of the next character at every place."""
    return read_streams(parameters, last_streams(parameters, kind, text))


RUN = SmallRun(scores)


@jax.jit
def differences(parameters, kind, text):
    """Mean squared part of the last streams that is not their mean, of their mean square."""
    streams = last_streams(parameters, kind, text)
    apart = streams - streams.mean(0, keepdims=True)
    return (apart**2).mean() / (streams**2).mean()


def measure(made, start, seeds, steps):
    """Surprise, gain, second singular value and difference of the streams, each (seeds,)."""
    kind = np.int32(MADE.index(made))
    mixing = jnp.asarray(start(range(seeds)), jnp.float32)
    parameters = jax.vmap(begin)(draw_small(seeds), mixing)
    trained, found = RUN.train(parameters, kind, RATES, steps)
    best = found.mean(1).argmin()
    ends = [jax.tree.map(lambda p, seed=seed: p[best, seed], trained) for seed in range(seeds)]
    matrices = [np.float64(mixing_matrices(kind, end.mixing)) for end in ends]
    values = np.array([_values(m.reshape(-1, *m.shape[2:])) for m in matrices])
    text = held_out_pieces()[:, :-1]
    apart = np.array([differences(end, kind, text) for end in ends])
    return RATES[best], found[best], values[:, 0], values[:, 1], apart


def _values(factors):
    if factors.shape[-1] == 1:
        return float(np.prod(factors)), np.nan
    return two_largest(factors)[:, -1]


def main(seeds=SEEDS, steps=STEPS):
    found = {}

    def rows():
        for name, (made, start) in ARMS.items():
            rate, nats, gain, second, apart = measure(made, start, seeds, steps)
            found[name] = nats
            numbers = (spread(nats, 3), spread(gain), spread(second), spread(apart))
            yield (name, rate, *numbers, pairs(nats - found["one stream"]))

    header = ("streams", "rate", "nats per character", "gain", "second singular value")
    header = (*header, "differences at the end", "nats more than one stream")
    print_table(f"After {steps} steps, {seeds} seeds, text kept back", header, rows())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
