"""Is the identity harder to learn for deeper networks? A table of errors after training: depths
down, arms across.

    python -m reproduce.identity_depth [target ...]     targets: identity, bend, mirror; about a
    minute each

Entries: the middle one of three seeds at the best of three learning rates, and in brackets the
least and the greatest.
"""

import sys

import numpy as np

from lessons.residual_block.identity.experiment import ARMS, measure_identity

DEPTHS = (1, 2, 4, 8, 16, 32)
WIDTH, STEPS = 32, 300


def main(targets):
    for target in targets:
        print(
            f"\n{target}, width {WIDTH}, {STEPS} steps: relative squared error, start -> "
            "end [seeds]",
            flush=True,
        )
        print("depth".ljust(6) + "".join(arm.ljust(44) for arm in ARMS))
        for depth in DEPTHS:
            *_, last = measure_identity(depth, WIDTH, STEPS, target, arms=ARMS)
            print(
                f"{depth}".ljust(6) + "".join(map(_entry, range(len(ARMS)), [last] * len(ARMS))),
                flush=True,
            )


def _entry(arm, last):
    curves = last.curves[arm]
    start, end = np.median(curves[:, 0]), curves[:, -1]
    rate = last.learning_rates[last.best[arm]]
    return (
        f"{start:.2g} -> {np.median(end):.2g} [{end.min():.1g}, {end.max():.1g}] rate {rate:g}"
    ).ljust(44)


if __name__ == "__main__":
    main(sys.argv[1:] or ["identity", "bend", "mirror"])
