"""Lesson 3's table of skip placements: squared gradients relative to that at h_32.

    python -m reproduce.skip_placement [seeds]

The panel's seed 0, or more of its seeds; seconds.

Medians of the 16 networks of every seed together, weight variance 1, branch scale 1, no
normalisation. "second half" is no preset of the panel: the skips over layers 17 to 32.
"""

import sys

import numpy as np

from lessons.depth_and_gradients.skip_placement.experiment import (
    DEPTH,
    PRESETS,
    measure_skip_placement,
)

SECOND_HALF = tuple((layer - 1, layer) for layer in range(DEPTH // 2 + 1, DEPTH + 1))


def main(seeds=1):
    squares = "".join(f"{name:>9}" for name in ("at h_0", "at h_1", "at h_16", "least"))
    print(f"{'skips':12}{'paths':>12}{'shortest':>9}{squares}")
    for name, skips in {**PRESETS, "second half": SECOND_HALF}.items():
        found = [measure_skip_placement(skips, seed=seed) for seed in range(seeds)]
        median = np.median(np.concatenate([m.gradient for m in found]), 0)
        topology, least = found[0].topology, median.argmin()
        squares = "".join(f"{median[state]:9.2g}" for state in (0, 1, DEPTH // 2, least))
        print(
            f"{name:12}{topology.path_count:12}{topology.shortest_path:9}{squares} at h_{least}",
            flush=True,
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
