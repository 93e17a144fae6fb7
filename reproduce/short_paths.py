"""Lesson 4: learning from short paths alone.

    python -m reproduce.short_paths [runs]     3 runs of 3 seeds, several minutes

The panel `short_paths`: 54 blocks, pre-norm (RMS), 23 at a time. Both arms of one seed share their
initial weights and their batches.
"""

import sys

import numpy as np

from lessons.ensemble_of_paths.short_paths.experiment import MOST_STEPS, SEEDS, measure_short_paths

from .table import pairs, print_table, spread

STOPS = (300, MOST_STEPS)


def main(runs: int = 3):
    found = []
    for run in range(runs):
        *_, last = measure_short_paths(steps=MOST_STEPS, seed=run * SEEDS)
        found.append([100 * last.errors[..., list(last.step).index(stop)] for stop in STOPS])
        print(
            f"seeds {run * SEEDS} to {run * SEEDS + SEEDS - 1}: {np.round(found[-1], 1).tolist()}",
            flush=True,
        )
    errors = np.concatenate(found, axis=2)  # (stops, arms, seeds)
    header = (
        "steps",
        "all blocks",
        "23 blocks",
        "the same, branches × 23/54",
        "23 - all",
        "23, branches × 23/54 - all",
    )
    rows = [
        (stop, *map(spread, at), pairs(at[1] - at[0]), pairs(at[2] - at[0]))
        for stop, at in zip(STOPS, errors, strict=True)
    ]
    print_table(
        f"Test errors, %: median (least to greatest) of {errors.shape[2]} seeds; "
        "paired differences, points",
        header,
        rows,
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
