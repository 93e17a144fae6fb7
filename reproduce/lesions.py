"""Lesson 4: what deletions and reorderings cost trained networks, and whether s gives the order.

    python -m reproduce.lesions [seeds]     10 seeds, some minutes

Four networks for each seed, trained as in the panel `lesion`. All kinds of one seed share their
initial weights, batches and lesions, so they are compared in pairs.
"""

import sys
from itertools import combinations

import numpy as np

from lessons.ensemble_of_paths.lesion.experiment import BLOCKS, LesionExperiment
from lessons.ensemble_of_paths.lesion.measurement import KINDS

from .table import pairs, print_table, spread

TWO, ELEVEN = 2, 11  # deleted blocks
NEAR = 0.8  # Kendall tau
HARMLESS = 0.02  # a block whose deletion costs no more, of error


def main(seeds: int = 10):
    runs = []
    for seed in range(seeds):
        first, *_, last = LesionExperiment().measure(seed=seed)
        runs.append((first, last))
        print(
            f"seed {seed}: error with two deleted {np.round(100 * last.after_deletion, 1)}, intact "
            f"{np.round(100 * last.intact, 1)}, s {np.round(last.effective_depths, 2)}",
            flush=True,
        )
    first, last = zip(*runs, strict=True)
    report_kinds(first, last)
    report_pairs(last)
    report_blocks(last)


def report_kinds(first, last):
    singles = 100 * np.array([m.tables.single for m in last])  # (seeds, kinds, blocks)
    columns = {
        "intact": np.array([m.intact for m in last]) * 100,
        "one deleted, least": singles.min(2),
        "one deleted, most": singles.max(2),
        "two deleted": after(last, TWO),
        "rise": after(last, TWO) - 100 * np.array([m.intact for m in last]),
        "eleven deleted": after(last, ELEVEN),
        f"tau {NEAR}": 100
        * np.array([np.median(m.tables.reorderings[:, 2], axis=1) for m in last]),
        "s before": np.array([m.effective_depths for m in first]),
        "s after": np.array([m.effective_depths for m in last]),
    }
    rows = [
        (kind, *(spread(values[:, k]) for values in columns.values()))
        for k, kind in enumerate(KINDS)
    ]
    print_table(
        f"Errors, %: median (least to greatest) of {len(last)} seeds", ("network", *columns), rows
    )


def after(last, deleted):
    """Errors in per cent, (seeds, kinds): medians over the choices of so many deleted blocks."""
    return 100 * np.array([np.median(m.tables.deletions[:, deleted], axis=1) for m in last])


def report_pairs(last):
    """Every two kinds: whose error is higher, and whether the one with the greater s is the one
    harmed more.
    """
    errors, intact = after(last, TWO), 100 * np.array([m.intact for m in last])
    depths = np.array([m.effective_depths for m in last])
    rows = []
    for a, b in combinations(range(len(KINDS)), 2):
        rows.append(
            (
                f"{KINDS[a]} - {KINDS[b]}",
                pairs(errors[:, a] - errors[:, b]),
                pairs((errors - intact)[:, a] - (errors - intact)[:, b]),
                *(
                    _agree(depths[:, a] - depths[:, b], values[:, a] - values[:, b])
                    for values in (errors, errors - intact)
                ),
            )
        )
    header = (
        "two blocks deleted",
        "error, points",
        "rise, points",
        "s orders the errors",
        "s orders the rises",
    )
    print_table(f"Paired differences over {len(last)} seeds, mean (Student's 95 %)", header, rows)


def _agree(depths, values):
    return f"{int((depths * values > 0).sum())} of {len(values)}"


def report_blocks(last):
    singles = 100 * np.array([m.tables.single for m in last])
    header = (
        "one block deleted, error %",
        *map(str, range(1, BLOCKS + 1)),
        "first three - last three",
    )
    third = BLOCKS // 4
    rows = []
    for k, kind in enumerate(KINDS):
        difference = singles[:, k, :third].mean(1) - singles[:, k, -third:].mean(1)
        rows.append(
            (kind, *(spread(singles[:, k, block]) for block in range(BLOCKS)), pairs(difference))
        )
    print_table(f"Which block is missed, {len(last)} seeds", header, rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
