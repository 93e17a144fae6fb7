"""Lesson 4: coherence of paths and s, before and after training.

    python -m reproduce.path_training [seeds]     10 seeds, a few minutes

Networks of 54 blocks as in the panel `path_length`: 200 steps of Adam on the digits. The coherence
of a network is the mean of that at 8 test images. Before and after training are a pair.
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np

from lessons.ensemble_of_paths.path_length.experiment import (
    BATCH,
    CHUNK,
    LEARNING_RATE,
    NORMALISATIONS,
    STEPS,
    _sums,
)
from lessons.network.classifiers import cross_entropy
from lessons.network.digit_networks import compile_digit_topology, components, initial
from lessons.network.topology import Topology
from lessons.network.training import train

from .table import pairs, print_table, spread

BLOCKS, INPUTS = 54, 8
NETWORKS = {
    "β = 1/√54": dict(branch_scale=BLOCKS**-0.5),
    "pre-norm (RMS)": NORMALISATIONS["pre-norm (RMS)"],
    "pre-norm (batch)": NORMALISATIONS["pre-norm (batch)"],
}


def main(seeds: int = 10):
    found = {name: np.array(list(_both(settings, seeds))) for name, settings in NETWORKS.items()}
    for column, quantity in enumerate(("coherence", "s")):
        header = (quantity, "before", "after", "after - before", "after / before")
        rows = [_row(name, *values[..., column]) for name, values in found.items()]
        print_table(f"{quantity}: median (least to greatest) of {seeds} seeds", header, rows)


def _row(name, before, after):
    return name, spread(before), spread(after), pairs(after - before), spread(after / before)


def _both(settings, seeds):
    """(2, seeds, 2): before and after training; coherence and s of each seed's network."""
    compiled = compile_digit_topology(Topology.residual(BLOCKS), **settings)
    started = jax.tree.map(lambda *parts: jnp.stack(parts), *map(initial, range(seeds)))
    keys = jnp.concatenate([jax.random.split(jax.random.key(seed), 1) for seed in range(seeds)])
    options = dict(learning_rates=(LEARNING_RATE,), steps=STEPS, chunk=CHUNK)
    for progress in train(cross_entropy, started, compiled, components().training, keys, **options):
        if progress.step in (0, STEPS):
            networks = [
                jax.tree.map(lambda p, k=k: p[0, k], progress.parameters) for k in range(seeds)
            ]
            yield [_coherence_and_s(network, compiled) for network in networks]


def _coherence_and_s(network, compiled):
    inputs = components().test_inputs[:BATCH]
    found = [_sums(network, compiled, inputs, np.int32(example)) for example in range(INPUTS)]
    vectors, squares, signal = (np.array(sums, np.float64) for sums in zip(*found, strict=True))
    s = signal[0] @ np.arange(signal.shape[1])
    return (vectors.sum(1) / squares.sum(1)).mean(), s


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
