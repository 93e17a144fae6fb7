"""Lesson 1's mean distances of the output from the input, measured and predicted.

    python -m reproduce.residual_block     five minutes

Means over 3000 seeds of the panel, of which it offers the first 100; in brackets their standard
error.
"""

import numpy as np

from lessons.residual_block.block.experiment import measure_block

SEEDS = 3000
EVERY_LAYER = (  # depth, span and branch scale; skips one behind the other from h_0 to h_L
    (2, 2, 1.0),
    (8, 2, 0.5),
    (32, 2, 0.25),
    (8, 1, 1.0),
)
PARTLY = (  # some layers have no skip over them
    dict(depth=12, span=2, start=0),
    dict(depth=12, span=2, start=4),
    dict(depth=12, span=2, start=10),
    dict(depth=12, span=11, start=0),
    dict(depth=12, span=11, start=1),
    dict(depth=9, span=2, start=1, branch_scale=0.5, placement="all skips"),
)


def main():
    for depth, span, scale in EVERY_LAYER:
        report(
            dict(depth=depth, span=span, branch_scale=scale, placement="all skips"),
            (1 + scale**2) ** (depth // span) - 1,
        )
    report(dict(depth=12, span=12), 1)
    for settings in PARTLY:
        skips = len(measure_block(**settings).topology.skips)
        report(settings, (1 + settings.get("branch_scale", 1.0) ** 2) ** skips + 1)


def report(settings, predicted):
    found = [measure_block(seed=seed, **settings) for seed in range(SEEDS)]
    plain, skips = (np.array([(m.plain_distance, m.residual_distance) for m in found])).T
    print(
        f"{settings}: plain {_mean(plain)}, median {np.median(plain):.3g}; with "
        f"skips {_mean(skips)}, predicted {predicted:.3g}"
    )


def _mean(values):
    return f"{values.mean():.3g} ({values.std() / np.sqrt(len(values)):.1g})"


if __name__ == "__main__":
    main()
