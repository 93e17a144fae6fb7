"""Lesson 4: which lengths carry the gradient of untrained networks.

    python -m reproduce.path_ranges [seeds]     40 seeds x 8 test images, a few minutes

Networks of the panel `path_length`. s, mean lengths and ranges: first by normalisation and branch
scale, then where skips stand elsewhere, then with fewer layers.
"""

import sys
from collections import Counter

import numpy as np

from lessons.ensemble_of_paths.path_length.experiment import BATCH, PLACEMENTS, measure_path_length

from .table import print_table

INPUTS = range(0, BATCH, 8)  # test images
PRODUCT = 2  # count × norm, in measurements.path_length.WAYS
ONCE = (6, 17)  # what eight seeds gave, before more were asked
DIVIDED = dict(divided=True)
KINDS = {
    "β = 1": {},
    "β = 1/√n": DIVIDED,
    "pre-norm (RMS)": dict(normalisation="pre-norm (RMS)"),
    "pre-norm (batch)": dict(normalisation="pre-norm (batch)"),
    "post-norm (RMS)": dict(normalisation="post-norm (RMS)"),
}
LAYERS = (54, 27, 10)


def main(seeds: int = 40):
    cases = f"{seeds} seeds x {len(INPUTS)} inputs"
    kinds = {name: measured(seeds, **settings) for name, settings in KINDS.items()}
    header = (
        "network",
        "s",
        "vectors",
        "quadrature",
        "count × norm",
        "coherence: median (10 % to 90 %)",
        "and mean",
    )
    print_table(
        f"Mean lengths, {cases}: mean (standard deviation of the seeds)",
        header,
        [_lengths(*kind) for kind in kinds.items()],
    )
    header = (
        "network",
        "first",
        "last",
        "% of all paths",
        "most frequent",
        f"{ONCE[0]} to {ONCE[1]}",
    )
    print_table(
        f"95 % of count × norm, {cases}: median (10 % to 90 %)",
        header,
        [_ranges(*kind) for kind in kinds.items()],
    )
    header = ("network", "vectors", "quadrature")
    print_table(
        f"95 % of the other ways, {cases}: medians of first and last",
        header,
        [_others(*kind) for kind in kinds.items()],
    )
    elsewhere = {
        f"β = 1/√skips, {place}": measured(seeds, placement=place, **DIVIDED)
        for place in PLACEMENTS
    }
    shallower = {
        f"{name}, L = {layers}": measured(seeds, layers=layers, **KINDS[name])
        for name in list(KINDS)[:4]
        for layers in LAYERS
    }
    header = (
        "network",
        "s",
        "vectors",
        "quadrature",
        "count × norm",
        "coherence: median (10 % to 90 %)",
        "and mean",
    )
    rows = [_lengths(*kind) for kind in (elsewhere | shallower).items()]
    print_table(f"Skips elsewhere, and fewer layers, {cases}", header, rows)


def measured(seeds, **settings):
    """One measurement for each seed and input, [seeds][inputs]."""
    return [
        [next(measure_path_length(seed=seed, example=example, **settings)) for example in INPUTS]
        for seed in range(seeds)
    ]


def _lengths(name, found):
    values = np.array([[(m.effective_depth, *m.mean_lengths) for m in seed] for seed in found])
    coherence = np.array([[m.coherence for m in seed] for seed in found])
    means = values.mean(1)  # over inputs
    columns = (
        f"{mean:.3g} ({deviation:.2g})"
        for mean, deviation in zip(means.mean(0), means.std(0, ddof=1), strict=True)
    )
    return name, *columns, _middle(coherence), f"{coherence.mean():.3g}"


def _ranges(name, found):
    cases = [m for seed in found for m in seed]
    ranges = [m.range_of(PRODUCT) for m in cases]
    firsts, lasts = np.transpose(ranges)
    parts = [100 * m.part_of_paths(*ends) for m, ends in zip(cases, ranges, strict=True)]
    (ends, count), *_ = Counter(ranges).most_common()
    most = f"{ends[0]} to {ends[1]}: {count} of {len(cases)}"
    return (
        name,
        _middle(firsts),
        _middle(lasts),
        _middle(parts),
        most,
        f"{ranges.count(ONCE)} of {len(cases)}",
    )


def _others(name, found):
    ends = np.array([[m.range_of(way) for way in (0, 1)] for seed in found for m in seed])
    return name, *(f"{first:g} to {last:g}" for first, last in np.median(ends, 0))


def _middle(values):
    low, middle, high = np.percentile(values, (10, 50, 90))
    return f"{middle:.3g} ({low:.2g} to {high:.2g})"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
