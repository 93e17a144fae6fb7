"""Lesson 2's λ = 0.5, β = 1: the gradient behind 54 blocks of width 64, beside the closed form.

    python -m reproduce.scaled_shortcuts [seeds]

2000 seeds; a minute or two.

The panel offers the first 100 of them. Quartiles, and the root mean square with the 95 % interval
of a bootstrap over the seeds: squared norms are products of many random factors, so that a few
networks carry the mean.
"""

import sys

import numpy as np

from lessons.projection_shortcut.repeated_projection.experiment import (
    MOST_BLOCKS,
    WIDTH,
    measure_repeated_projection,
)

SEEDS, SAMPLES = 2000, 2000
SCALE, BRANCH_SCALE = 0.5, 1.0


def main(seeds=SEEDS):
    norms = np.array(
        [
            measure_repeated_projection("λI", MOST_BLOCKS, SCALE, BRANCH_SCALE, seed).gradient_norm[
                0
            ]
            for seed in range(seeds)
        ]
    )
    drawn = norms[np.random.default_rng(0).integers(0, seeds, (SAMPLES, seeds))]
    print(f"λ = {SCALE}, β = {BRANCH_SCALE}, {MOST_BLOCKS} blocks of width {WIDTH}, {seeds} seeds")
    for name, few in (("the panel's 100", norms[:100]), ("all", norms)):
        low, middle, high = np.percentile(few, [25, 50, 75])
        print(
            f"{name}: quartiles {low:.3g}, {middle:.3g}, {high:.3g}; root mean square "
            f"{np.sqrt((few**2).mean()):.3g}"
        )
    for name, values in (
        ("median", np.median(drawn, 1)),
        ("root mean square", np.sqrt((drawn**2).mean(1))),
    ):
        print(
            f"{name}: bootstrap {np.percentile(values, 2.5):.3g} to "
            f"{np.percentile(values, 97.5):.3g}"
        )
    growth = (SCALE**2 + BRANCH_SCALE**2) ** (MOST_BLOCKS / 2)
    print(f"closed form of the root mean square, for wide networks: {growth:.3g}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
