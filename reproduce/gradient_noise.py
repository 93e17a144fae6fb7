"""Do networks whose mini-batch gradients disagree learn more slowly? Plain and residual networks
with batch norm on digits.

    python -m reproduce.gradient_noise [depth ...]

Agreement is E g . g' / E |g|^2 for the gradients g, g' of two mini-batches with respect to all
weights: the signal's part of the squared gradient; noise over signal is 1 / agreement - 1. Every
network has the same three learning rates and three seeds; the loss is that of the best rate. About
two minutes on two cores.
"""

import sys
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from lessons.network.classifiers import BATCH, cross_entropy, init_classifier
from lessons.network.compiled_topology import compile_topology
from lessons.network.datasets import Examples, digits
from lessons.network.topology import Topology
from lessons.network.training import train

DEPTHS, DEEPEST, WIDTH, SEEDS = (2, 4, 8, 16, 24, 32), 32, 64, 3
DEEP = 8
RATES, STEPS, EARLY, LAST, BATCHES = (0.001, 0.003, 0.01), 200, 50, 40, 24
ARMS = {"plain": None, "residual": 1.0, "residual, 1/sqrt(L)": 0.0}


@jax.jit
def agreement(classifier, compiled, data, key):
    """Of one network, over BATCHES mini-batches."""

    def flat(key):
        gradient = jax.grad(cross_entropy)(classifier, compiled, data, key)
        return jnp.concatenate([leaf.ravel() for leaf in jax.tree.leaves(gradient)])

    found = jax.lax.map(flat, jax.random.split(key, BATCHES))
    squares, total = (found**2).sum(), found.sum(0)
    return ((total**2).sum() - squares) / (BATCHES - 1) / squares


def measure(depth, scale):
    """Agreement at the start and after EARLY steps, and the last losses, (seeds,) each, at the
    best rate.
    """
    split = digits(0)
    data = Examples(
        jnp.asarray(split.train_inputs),
        jnp.asarray(split.train_labels),
        jnp.int32(len(split.train_labels)),
    )
    topology = Topology.plain(depth) if scale is None else Topology.residual(depth)
    # Training differentiates through the statistics of the batch, as every framework does.
    compiled = compile_topology(
        topology,
        WIDTH,
        max_depth=DEEPEST,
        normalisation="batch",
        branch_scale=scale or depth**-0.5,
        constant_statistics=False,
    )
    keys = jax.random.split(jax.random.key(depth), SEEDS)
    start = jax.vmap(
        partial(init_classifier, widths=compiled.widths, width=WIDTH, max_depth=DEEPEST)
    )(keys)
    agreements = {}
    for progress in train(
        cross_entropy, start, compiled, data, keys, learning_rates=RATES, steps=STEPS, chunk=EARLY
    ):
        if progress.step in (0, EARLY):
            agreements[progress.step] = [
                [
                    _agreement_of(progress.parameters, rate, seed, compiled, data)
                    for seed in range(SEEDS)
                ]
                for rate in range(len(RATES))
            ]
    losses = np.where(np.isfinite(progress.losses), progress.losses, np.inf)[:, :, -LAST:].mean(2)
    best = np.median(losses, 1).argmin()
    first, early = np.array(agreements[0]), np.array(agreements[EARLY])
    return first[best], early[best], losses[best], RATES[best]


def _agreement_of(parameters, rate, seed, compiled, data):
    one = jax.tree.map(lambda leaf: leaf[rate, seed], parameters)
    return float(agreement(one, compiled, data, jax.random.key(seed)))


def ranks(values):
    return np.argsort(np.argsort(values)).astype(float)


def main(depths):
    print(
        f"digits, width {WIDTH}, batch norm, mini-batches of {BATCH}, Adam, {STEPS} "
        f"steps; medians of {SEEDS} seeds"
    )
    print(
        f"{'network':22}{'depth':>6}{'agreement at 0':>16}"
        f"{f'at step {EARLY}':>12}{'loss at end':>13} "
        " rate"
    )
    points = []
    for name, scale in ARMS.items():
        for depth in depths:
            first, early, losses, rate = measure(depth, scale)
            points += zip(first, early, losses, strict=True)
            print(
                f"{name:22}{depth:6}{np.median(first):16.3f}"
                f"{np.median(early):12.3f}{np.median(losses):13.3f} "
                f" {rate:g}",
                flush=True,
            )
    arms = dict(zip(ARMS, np.split(np.array(points), len(ARMS)), strict=True))
    deep = [depth >= DEEP for depth in depths for _ in range(SEEDS)]
    residual = [arms[name] for name in list(ARMS)[1:]]
    groups = {
        "all": np.concatenate([*arms.values()]),
        "all residual": np.concatenate(residual),
        f"all residual, {DEEP} layers and more": np.concatenate([arm[deep] for arm in residual]),
        **arms,
    }
    print(f"rank correlation with the loss at the end, of agreement at 0 and at step {EARLY}:")
    for name, group in groups.items():
        first, early, losses = map(ranks, group.T)
        found = [np.corrcoef(agreement, losses)[0, 1] for agreement in (first, early)]
        print(f"{name:36}{len(group):3} networks {found[0]:6.2f}{found[1]:6.2f}")


if __name__ == "__main__":
    main([int(depth) for depth in sys.argv[1:]] or DEPTHS)
