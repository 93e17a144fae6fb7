"""Lesson 1's cosines between what goes out and what came in, measured and predicted.

    python -m reproduce.face     one minute

Means over the seeds that the panel offers, in brackets the standard deviation of one network.
"""

import numpy as np

from lessons.residual_block.face.experiment import LAYERS, STEP, measure_face

from .table import print_table

SEEDS = range(100)
SCALES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)
SHOWN = (1, 4, LAYERS)
HALF = 0.5


def main():
    print_table(
        "What is kept with skips, and by formula",
        ["β", *(f"after layer {layer}" for layer in SHOWN)],
        ([scale, *(_with_skips(scale, layer) for layer in SHOWN)] for scale in SCALES),
    )
    print_table(
        "What is kept without skips",
        ["layer", "mean", "mean of the absolute value"],
        ([layer, *_without(layer)] for layer in SHOWN),
    )
    largest = [_largest(seed) for seed in SEEDS]
    values, counts = np.unique(np.round(largest, 6), return_counts=True)
    found = ", ".join(f"{value:g} in {count}" for value, count in zip(values, counts, strict=True))
    print(f"\nThe largest β that keeps half after {LAYERS} layers: {found} of {len(SEEDS)}.")


def _with_skips(scale, layer):
    kept = np.array([measure_face(layer, scale, seed).residual_kept for seed in SEEDS])
    return f"{kept.mean():.3f} ({kept.std():.3f}), {(1 + scale**2) ** (-layer / 2):.3f}"


def _without(layer):
    kept = np.array([measure_face(layer, 0.0, seed).plain_kept for seed in SEEDS])
    return f"{kept.mean():.3f} ({kept.std():.3f})", f"{np.abs(kept).mean():.3f}"


def _largest(seed):
    scales = [round(STEP * k, 6) for k in range(11)]
    return max(s for s in scales if measure_face(LAYERS, s, seed).residual_kept >= HALF)


if __name__ == "__main__":
    main()
