"""Lesson 1: by how much the plain network's error exceeds the residual one's, over fifteen starts.

    python -m reproduce.identity_seeds [panels]

Five seeds of the panel, three starts each; a minute or two on two cores.

Medians over all starts, each panel's learning rate picked for itself as in the lesson; the
geometric mean of the ratio plain / residual within pairs (the same start and batches) with
Student's 95 % interval; each panel's ratio of medians.
"""

import sys

import numpy as np

from lessons.paired_differences import student_interval
from lessons.residual_block.identity.experiment import measure_identity

PANELS, WIDTH, STEPS = 5, 32, 300
SETTINGS = (
    ("identity", 4),
    ("identity", 8),
    ("mirror", 8),
    ("mirror", 1),
    ("mirror", 2),
    ("identity", 1),
    ("identity", 2),
)


def measure(target, depth, panels):
    """Errors of plain and residual networks after training, (2, panels, starts)."""
    found = []
    for seed in range(panels):
        *_, last = measure_identity(depth, WIDTH, STEPS, target, seed, arms=("plain", "residual"))
        found.append(last.curves[..., -1])
    return np.stack(found, 1)


def main(panels=PANELS):
    print(f"width {WIDTH}, {STEPS} steps, {panels} panels of three starts")
    for target, depth in SETTINGS:
        plain, residual = measure(target, depth, panels)
        ratios = np.log(plain / residual)
        low, high = np.exp(student_interval(ratios.ravel()))
        own = np.median(plain, 1) / np.median(residual, 1)
        print(
            f"{target}, depth {depth}: plain {_spread(plain)}, residual {_spread(residual)}; "
            f"paired {np.exp(ratios.mean()):.2g} ({low:.2g} to {high:.2g}), above 1 in "
            f"{(ratios > 0).sum()} of "
            f"{ratios.size}; panels {' '.join(f'{ratio:.2g}' for ratio in own)}",
            flush=True,
        )


def _spread(errors):
    return f"{np.median(errors):.2g} ({errors.min():.1g} to {errors.max():.1g})"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
