"""Lesson 4: what deletions and reorderings cost trained networks, and whether s gives the order.

    python -m reproduce.lesions [seeds]     10 seeds, some minutes

Four networks for each seed, trained as in the panel `lesion`. All kinds of one seed share their
initial weights, batches and lesions, so they are compared in pairs.
"""

import sys
from itertools import combinations

import jax
import numpy as np

from lessons.ensemble_of_paths.lesion.experiment import (
    BLOCKS,
    LesionExperiment,
    _errors,
    compiled_topologies,
)
from lessons.ensemble_of_paths.lesion.measurement import KINDS
from lessons.ensemble_of_paths.lesions import Lesions, deletion
from lessons.network.digit_networks import components
from lessons.network.network import propagate

from .table import pairs, print_table, spread

TWO, ELEVEN = 2, 11  # deleted blocks
NEAR = 0.8  # Kendall tau
HARMLESS = 0.02  # of error: what a block may cost alone, to be in a pair of harmless ones


def main(seeds: int = 10):
    runs, networks = [], []
    for seed in range(seeds):
        experiment = LesionExperiment()
        first, *_, last = experiment.measure(seed=seed)
        runs.append((first, last))
        networks.append(experiment._trained[seed].networks)
        errors, intact = (np.round(100 * one, 1) for one in (last.after_deletion, last.intact))
        depths = np.round(last.effective_depths, 2)
        print(f"seed {seed}: two deleted {errors}, intact {intact}, s {depths}", flush=True)
    first, last = zip(*runs, strict=True)
    report_kinds(first, last)
    report_pairs(last)
    report_blocks(last)
    report_shares(networks)
    report_two_blocks(networks, last)


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
    """Every two kinds: whose error is higher, and whether the one with more s is harmed more."""
    errors, intact = after(last, TWO), 100 * np.array([m.intact for m in last])
    depths = np.array([m.effective_depths for m in last])
    rows = []
    for a, b in combinations(range(len(KINDS)), 2):
        error, rise, s = (v[:, a] - v[:, b] for v in (errors, errors - intact, depths))
        orders = _agree(s, error), _agree(s, rise)
        rows.append((f"{KINDS[a]} - {KINDS[b]}", pairs(error), pairs(rise), *orders))
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


def report_shares(networks):
    """p_l after training, the share of the squared signal that block l adds, over 64 images."""
    inputs = components().test_inputs[:64]
    rows = []
    for k in range(1, len(KINDS)):
        shares = np.array(
            [_shares(found[k].network, compiled_topologies()[k], inputs) for found in networks]
        )
        rows.append((KINDS[k], *(spread(shares[:, block]) for block in range(BLOCKS))))
    print_table(
        f"p_l after training, {len(networks)} seeds",
        ("network", *map(str, range(1, BLOCKS + 1))),
        rows,
    )


def _shares(network, compiled, inputs):
    h = np.asarray(_states(network, compiled, inputs), np.float64)[: BLOCKS + 1]
    added, carried = ((part**2).sum((1, 2)) for part in (np.diff(h, axis=0), h[:-1]))
    return added / (added + carried)


_states = jax.jit(propagate)


def report_two_blocks(networks, last):
    """Pairs of which neither block costs much alone: how many, and what the worst of them costs."""
    chosen = list(combinations(range(BLOCKS), 2))
    lesions = Lesions(
        *(
            np.concatenate(rows)
            for rows in zip(*(deletion(BLOCKS, pair) for pair in chosen), strict=True)
        )
    )
    rows = []
    errors = np.array([_errors(found, lesions) for found in networks])  # (seeds, kinds, pairs)
    intact, single = np.array([m.intact for m in last]), np.array([m.tables.single for m in last])
    for k, kind in enumerate(KINDS):
        alone = (single[:, k] - intact[:, k, None])[:, chosen]  # (seeds, pairs, 2)
        harmless = (alone <= HARMLESS).all(2)
        rises = 100 * (errors[:, k] - intact[:, k, None])
        worst = [
            rise[which].max() for rise, which in zip(rises, harmless, strict=True) if which.any()
        ]
        rows.append(
            (
                kind,
                spread(harmless.sum(1), 3),
                f"{len(worst)} of {len(last)}",
                spread(worst) if worst else "",
            )
        )
    header = (
        "network",
        f"pairs of blocks that cost at most {100 * HARMLESS:g} points each",
        "seeds that have any",
        "the worst costs, points",
    )
    print_table(f"Two harmless blocks deleted together, {len(last)} seeds", header, rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
