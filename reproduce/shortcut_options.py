"""Lesson 2's options after 100 steps, in pairs: the same split of the digits, start and batches.

    python -m reproduce.shortcut_options [splits]

Four splits; half an hour on two cores.

For each setting the medians of all starts and, in brackets, of the five on each split, and then the
differences within pairs, over all splits and starts: their mean, Student's 95 % interval, and in
how many pairs the first is above the second. Test errors in points (per cent of the 500 test
digits); training losses as a ratio, geometric mean. The interval takes the pairs as independent,
though those on one split share its test digits: behind it stands the interval of the splits' means
alone.
"""

import sys

import numpy as np

from lessons.paired_differences import student_interval
from lessons.projection_shortcut.shortcut_options.experiment import (
    DIRECTIONS,
    OPTIONS,
    measure_options,
)

SPLITS, STEPS = 4, 100
NARROWING, WIDENING = DIRECTIONS
SETTINGS = (  # stages, blocks per stage, learning rate, normalisation
    *((stages, blocks, 0.002, "none") for stages in DIRECTIONS for blocks in (6, 2)),
    *((stages, 6, rate, "none") for stages in DIRECTIONS for rate in (0.001, 0.004)),
    *((stages, 6, 0.002, "batch") for stages in DIRECTIONS),
)
PAIRS = (("A", "B"), ("C", "A"), ("C", "B"), ("C", "C from I"), ("C from I", "B"))


def measure(stages, blocks, rate, normalisation, splits):
    """Test errors in per cent and final training losses, each (options, splits, starts)."""
    errors, losses = [], []
    for seed in range(splits):
        *_, last = measure_options(stages, blocks, STEPS, rate, normalisation, seed)
        errors.append(100 * last.errors)
        losses.append(last.final_losses)
    return np.stack(errors, 1), np.stack(losses, 1)


def report(setting, errors, losses):
    """One setting's tables."""
    stages, blocks, rate, normalisation = setting
    print(
        f"\n{stages}; {blocks} blocks per stage, learning rate {rate}, normalisation "
        f"{normalisation}"
    )
    for option, error, loss in zip(OPTIONS, errors, losses, strict=True):
        print(
            f"  {option:9} loss {_medians(loss, '.2g')}; error {_medians(error, '.1f')} %, "
            f"least {error.min():.1f}, most {error.max():.1f}"
        )
    for first, second in PAIRS:
        one, other = OPTIONS.index(first), OPTIONS.index(second)
        points = errors[one] - errors[other]
        ratios = np.log(losses[one]) - np.log(losses[other])
        print(
            f"  {first:8} against {second:8} error {_interval(points, lambda x: f'{x:+.1f}')}; "
            f"loss {_interval(ratios, lambda x: f'{np.exp(x):.2f}')}",
            flush=True,
        )


def _medians(values, digits):
    """Of all starts, and of those on each split."""
    each = ", ".join(f"{value:{digits}}" for value in np.median(values, 1))
    return f"{np.median(values):{digits}} ({each})"


def _interval(differences, said):
    """The mean over pairs (splits, starts), both intervals, how many are positive, and each split's
    mean.
    """
    low, high = student_interval(differences.ravel())
    means = differences.mean(1)
    least, most = student_interval(means)
    above = int((differences > 0).sum())
    return (
        f"{said(differences.mean())} ({said(low)} to {said(high)}; splits alone {said(least)} "
        f"to {said(most)}), above in {above} of {differences.size}, "
        f"splits {' '.join(map(said, means))}"
    )


def main(splits=SPLITS):
    print(f"{STEPS} steps; {splits} splits of the digits with five starts each")
    for setting in SETTINGS:
        report(setting, *measure(*setting, splits))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
