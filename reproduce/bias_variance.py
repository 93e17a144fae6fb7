"""Lesson 6's table of the parts of the error, over several seeds of the panel.

    python -m reproduce.bias_variance [panels]

Ten panels of five runs; some minutes on two cores.

Every panel has a teacher of its own, five training sets, starts and orders of batches. Means over
the panels, and where the table says that one arm lies above another, the paired differences of the
panels: their mean, Student's 95 % interval, how many are positive.
"""

import sys

import numpy as np

from lessons.deep_or_ensemble.bias_variance.experiment import measure_bias_variance
from lessons.paired_differences import student_interval

PANELS = 10
SETTINGS = (dict(depth=4, examples=5000, steps=1000), dict(depth=1, examples=200, steps=300))
PARTS = ("wrong alike", "between runs", "between members")
CLAIMS = (  # part, arm, rival
    (0, "deep", "12 × 1"),
    (1, "deep", "12 × 1"),
    (0, "deep", "4 × 3"),
    (1, "deep", "4 × 3"),
    (0, "deep", "2 × 6"),
    (1, "deep", "2 × 6"),
    (0, "12 × 1 joint", "12 × 1"),
    (1, "12 × 1 joint", "12 × 1"),
    (0, "deep", "plain"),
)


def main(panels=PANELS):
    for settings in SETTINGS:
        found = []
        for seed in range(panels):
            *_, last = measure_bias_variance(**settings, seed=seed)
            found.append(np.column_stack([last.parts, last.at_picks(last.error).mean(-1)]))
        report(last.arms, np.stack(found), settings)


def report(arms, found, settings):
    """found is (panels, arms, 4): the three parts and the arm's error."""
    print(f"\n{settings}, {len(found)} panels", flush=True)
    for column, name in enumerate((*PARTS, "error of the arm")):
        print(
            f"  {name:18}"
            + "".join(
                f"{arm} {np.mean(found[:, row, column]):.2g}  " for row, arm in enumerate(arms)
            )
        )
    for part, arm, rival in CLAIMS:
        differences = found[:, arms.index(arm), part] - found[:, arms.index(rival), part]
        low, high = student_interval(differences)
        print(
            f"  {PARTS[part]}: {arm} less {rival} {differences.mean():+.3f} ({low:+.3f} to "
            f"{high:+.3f}), "
            f"above 0 in {(differences > 0).sum()} of {len(differences)}",
            flush=True,
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
