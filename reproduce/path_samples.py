"""Lesson 4: the paper's way, the mean norm of sampled paths, beside the root mean square of all.

    python -m reproduce.path_samples [seeds]     40 seeds, a minute or two

Untrained pre-norm networks of 54 blocks as in the panel `path_length`, test image 0, 200 paths of
each length.
"""

import sys
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from lessons.ensemble_of_paths.path_length.experiment import (
    BATCH,
    NORMALISATIONS,
    measure_path_length,
)
from lessons.network.digit_networks import MAX_DEPTH, compile_digit_topology, components, initial
from lessons.network.gradients import step_jacobians
from lessons.network.network import propagate
from lessons.network.topology import Topology

from .table import print_table, spread

SAMPLES, PRODUCT = 200, 2
KINDS = ("pre-norm (RMS)", "pre-norm (batch)")


def main(seeds: int = 40):
    header = (
        "network",
        "all paths, root mean square",
        "",
        "sampled, mean norm",
        "",
        "the same range",
    )
    title = f"95 % of count × norm, {seeds} seeds: first and last, median (least to greatest)"
    print_table(title, header, [_row(kind, seeds) for kind in KINDS])


def _row(kind, seeds):
    ranges = np.array([_ranges(kind, seed) for seed in range(seeds)])  # (seeds, ways, ends)
    same = int((ranges[:, 0] == ranges[:, 1]).all(1).sum())
    return (
        kind,
        *(spread(ranges[:, way, end]) for way in (0, 1) for end in (0, 1)),
        f"{same} of {seeds}",
    )


def _ranges(kind, seed):
    exact = next(measure_path_length(normalisation=kind, seed=seed))
    norms = np.asarray(
        _mean_norms(initial(seed), _compiled(kind), components().test_inputs[:BATCH], _paths(seed)),
        np.float64,
    )
    return exact.range_of(PRODUCT), replace(exact, squares=exact.counts * norms**2).range_of(
        PRODUCT
    )


def _compiled(kind):
    return compile_digit_topology(Topology.residual(MAX_DEPTH), **NORMALISATIONS[kind])


def _paths(seed):
    """Which blocks each path passes, (lengths, samples, blocks)."""
    rng = np.random.default_rng([seed, SAMPLES])
    ranks = rng.random((MAX_DEPTH + 1, SAMPLES, MAX_DEPTH)).argsort(-1)
    return ranks < np.arange(MAX_DEPTH + 1)[:, None, None]


@jax.jit
def _mean_norms(classifier, compiled, inputs, passes):
    states = propagate(classifier.network, compiled, inputs)
    jacobians = step_jacobians(classifier.network, compiled, states, jnp.int32(0)).branch
    gradients = jnp.broadcast_to(
        classifier.readout.T, (*passes.shape[:2], *classifier.readout.T.shape)
    )

    def back(count, gradients):
        block = MAX_DEPTH - 1 - count
        return jnp.where(passes[:, :, block, None, None], gradients @ jacobians[block], gradients)

    gradients = jax.lax.fori_loop(0, MAX_DEPTH, back, gradients)
    return jnp.sqrt((gradients**2).sum((2, 3))).mean(1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
