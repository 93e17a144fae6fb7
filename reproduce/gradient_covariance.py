"""Lesson 5: correlations of gradients at 24 layers, on the grid and within classes of digits.

    python -m reproduce.gradient_covariance [seeds]

Twenty seeds; under a minute.

Means over the seeds; for digits also the difference within seeds, same class less different
classes, with Student's 95 % interval and the number of seeds in which it is positive.
"""

import sys

import numpy as np

from lessons.paired_differences import student_interval
from lessons.shattered_gradients.covariance.experiment import DIGITS, measure_covariance

SEEDS = 20
ARMS = ("plain", "residual")


def main(seeds=SEEDS):
    found = [measure_covariance(seed=seed).neighbours[:2] for seed in range(seeds)]
    for arm, values in zip(ARMS, np.transpose(found), strict=True):
        print(f"grid, neighbours, {arm}: {values.mean():.2f}")
    for scale in (1.0, 0.25):
        found = [
            measure_covariance(inputs=DIGITS, branch_scale=scale, seed=seed)
            for seed in range(seeds)
        ]
        within, between = np.array(
            [(m.same_class[:2], m.other_class[:2]) for m in found]
        ).transpose(1, 2, 0)
        for arm, one, other in zip(ARMS, within, between, strict=True):
            low, high = student_interval(one - other)
            print(
                f"digits, β = {scale:g}, {arm}: within a class {one.mean():.2f}, between classes "
                f"{other.mean():.2f}, difference "
                f"{low:.2f} to {high:.2f}, above 0 in {(one > other).sum()} of {seeds}"
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
