"""Lesson 2's tables.

    python -m reproduce.projection_shortcut [table ...]     tables: shape, scaled, gaussian, learned

shape: medians over 60 seeds of the first panel. scaled, gaussian, learned: the second panel. A
minute together. λ = 0.5 with β = 1 and options A, B, C have commands of their own:
reproduce.scaled_shortcuts and reproduce.shortcut_options.
"""

import sys

import numpy as np

from lessons.projection_shortcut.repeated_projection.experiment import (
    LEARNED,
    MOST_BLOCKS,
    WIDTH,
    _trained,
    measure_repeated_projection,
)
from lessons.projection_shortcut.shape.experiment import measure_shape

SHAPES = (
    (40, 40, 2, "identity"),
    (24, 40, 2, "zero-padding"),
    (24, 40, 2, "orthogonal"),
    (24, 40, 2, "Gaussian"),
    (64, 64, 2, "Gaussian"),
    (64, 64, 2, "orthogonal"),
    (64, 64, 2, "identity"),
    (40, 40, 1, "identity"),
    (40, 40, 4, "identity"),
)


def shape():
    for settings in SHAPES:
        found = [measure_shape(*settings, seed) for seed in range(60)]
        ends = {
            name: np.median([getattr(m, name)[[0, -1]] for m in found], axis=0)
            for name in ("branch_values", "shortcut_values", "sum_values")
        }
        lost = np.median([(m.branch_values == 0).sum() for m in found])
        columns = ", ".join(
            f"{name} {first:.2g} {last:.2g}" for name, (first, last) in ends.items()
        )
        print(f"{settings}: {columns}, lost by J_F {lost:g}")


def scaled():
    for scale in (0.5, 0.9, 0.99, 1.0, 1.1):
        norms = [
            measure_repeated_projection("λI", MOST_BLOCKS, scale, seed=seed).gradient_norm[0]
            for seed in range(20)
        ]
        print(
            f"λ = {scale}: alone {scale**MOST_BLOCKS:.2g}, all paths "
            f"{np.median(norms):.2g}, {(scale**2 + 0.01) ** 27:.2g} predicted"
        )


def gaussian():
    for blocks in (1, 2, 5, 10, 20, MOST_BLOCKS):
        found = [measure_repeated_projection("Gaussian", blocks, seed=seed) for seed in range(40)]
        norms = [m.direct_norm[0] for m in found]
        rank = np.mean([m.stable_rank for m in found])
        print(
            f"{blocks} blocks: mean stable rank {rank:.2g}, norms {min(norms):.2g} to "
            f"{max(norms):.2g}"
        )
    turned = [
        measure_repeated_projection("orthogonal", seed=seed, branch_scale=0).correlation[0]
        for seed in range(100)
    ]
    print(f"orthogonal, shortcuts alone: mean |correlation| {np.abs(turned).mean():.2g}")


def learned():
    W = np.float64(_trained()[LEARNED.index("learned, from I")][0].projections)
    left = np.linalg.norm(W - np.eye(WIDTH), axis=(1, 2)).max() / np.sqrt(WIDTH)
    values = np.linalg.svd(W, compute_uv=False)
    ranks = (values**2).sum(1) / values[:, 0] ** 2
    print(
        f"from I: |W - I| / |I| at most {left:.2g} (Frobenius), stable rank of one W "
        f"at least {ranks.min():.3g}"
    )
    for kind in LEARNED:
        for blocks in (1, MOST_BLOCKS):
            print(
                f"{kind}, {blocks} blocks: stable rank "
                f"{measure_repeated_projection(kind, blocks).stable_rank:.2g}"
            )


TABLES = {table.__name__: table for table in (shape, scaled, gaussian, learned)}

if __name__ == "__main__":
    for name in sys.argv[1:] or TABLES:
        TABLES[name]()
