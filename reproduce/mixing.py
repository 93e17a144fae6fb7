"""Lesson 7: what sixty mixing matrices leave of four streams, of each kind and near the identity.

    python -m reproduce.mixing [seeds]

Forty seeds; half a minute. Medians and, in brackets, the least and the greatest.
"""

import sys

import numpy as np

from lessons.residual_stream.mixing.experiment import BLOCKS, HARDNESS, ITERATIONS, measure_mixing
from lessons.residual_stream.mixing_matrices import (
    DOUBLY_STOCHASTIC,
    KINDS,
    draw_mixing,
    sinkhorn,
    two_largest,
)

from .table import print_table, spread

SEEDS = 40
SHARES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2)  # of a dense matrix in one near the identity
LEAST = {"1 %": 0.01, "7 digits (float32)": 2.0**-24}


def main(seeds=SEEDS):
    everyone = range(seeds)
    print_table(
        f"After {BLOCKS} blocks, {seeds} seeds",
        ("mixing matrix", "gain", "second singular value", "closed form"),
        ([kind, *_ends(kind, everyone)] for kind in KINDS),
    )
    print_table(
        "Doubly stochastic, by the hardness of the logits: per block",
        ("hardness", "second singular value, factor", "closed form", *LEAST),
        ([a, *_rates(a, everyone)] for a in (0.2, 0.5, 1.0, 2.0, 3.0, 4.0)),
    )
    print_table(
        f"(1 - e) I + e times a doubly stochastic one: after {BLOCKS} blocks",
        ("e", "second singular value", f"(1 - e)^{BLOCKS}"),
        ([e, *_near(e, everyone)] for e in SHARES),
    )
    print_table(
        "Sinkhorn's iterations on logits of hardness 3",
        ("iterations", "largest error of a column's sum", "its mean", f"gain after {BLOCKS}"),
        ([count, *_unfinished(count, everyone)] for count in (0, 1, 5, ITERATIONS, 100)),
    )


def _ends(kind, seeds):
    found = [measure_mixing(kind, seed=seed) for seed in seeds]
    law = found[0].predicted
    values = (spread([getattr(m, name)[-1] for m in found]) for name in ("gain", "second"))
    return *values, "none" if law is None else f"{law[-1]:.2g}"


def _rates(hardness, seeds):
    found = [measure_mixing(DOUBLY_STOCHASTIC, 60, 100, hardness, seed) for seed in seeds]
    rates = [m.second[-1] ** (1 / BLOCKS) for m in found]
    law = found[0].predicted
    blocks = (spread([(m.second > least).sum() for m in found]) for least in LEAST.values())
    return spread(rates), "none" if law is None else f"{law[1]:.2g}", *blocks


def _near(part, seeds):
    found = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        dense = draw_mixing(DOUBLY_STOCHASTIC, rng, BLOCKS, iterations=100, hardness=HARDNESS)
        found.append(two_largest((1 - part) * np.eye(4) + part * dense)[1, -1])
    return spread(found), f"{(1 - part) ** BLOCKS:.2g}"


def _unfinished(iterations, seeds):
    hard = [np.exp(3 * np.random.default_rng(s).normal(size=(BLOCKS, 4, 4))) for s in seeds]
    made = [sinkhorn(each, iterations) for each in hard]
    errors = [np.abs(each.sum(-2) - 1) for each in made]
    gains = [two_largest(each)[0, -1] for each in made]
    return spread([e.max() for e in errors]), spread([e.mean() for e in errors]), spread(gains, 4)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
