"""A function that depth makes cheap: the tent map applied again and again.

tent(x) = x + relu(x) - 4 relu(x - 1/2) on [0, 1] is a residual block: 2x up to 1/2, then 2 - 2x.
Applied n times it is a sawtooth of 2^n straight pieces between 0 and 1. What one hidden layer can
do instead is found exactly here: its output is a line with at most one kink per unit (Telgarsky,
2015, arXiv:1509.08101).
"""

from math import ceil

import numpy as np

UNDECIDED = 1e-9  # so near to 1/2, only rounding would say on which side a fit lies
SIMPSON = np.array([1, 4, 1]) / 6


def sawtooth(x: np.ndarray, pieces: int) -> np.ndarray:
    """0 at even multiples of 1 / pieces, 1 at odd ones, straight between."""
    return 1 - np.abs(np.mod(x * pieces, 2) - 1)


def fewest_wrong(pieces: int, units: int) -> int:
    """How many of the points 0, 1 / pieces ... 1 - 1 / pieces lie on the wrong side of 1/2, at
    least, for one hidden layer.

    A continuous line of `units` + 1 pieces crosses 1/2 at most that often, so that it stays on one
    side in at most units + 2 runs of points; a run of t points, which should alternate, has at
    least (t - 1) / 2 wrong ones. So at least (pieces - 2 - units) / 2. Derived.
    """
    return max(0, ceil((pieces - 2 - units) / 2))


def wrong(values: np.ndarray) -> np.ndarray:
    """Which of the values at 0, 1 / pieces ... lie on the wrong side: 0, 1, 0, 1 ... are wanted.
    1/2 itself counts as 0.
    """
    return (values > 0.5 + UNDECIDED) != (np.arange(len(values)) % 2 == 1)


def best_fit(kinks: np.ndarray, pieces: int) -> tuple[np.ndarray, np.ndarray, float]:
    """The line with these kinks in (0, 1) of least squared error: its knots, its values there, and
    that error.

    The error is relative to that of answering 1/2 throughout, 1/12. Integrals are exact: between
    neighbouring kinks of either function all products are quadratic, and Simpson's rule integrates
    those exactly.
    """
    knots = np.unique(np.concatenate([[0.0], kinks, [1.0]]))
    ends = np.unique(np.concatenate([knots, np.arange(pieces + 1) / pieces]))
    low, high = ends[:-1], ends[1:]
    x = np.stack([low, (low + high) / 2, high])
    weights = SIMPSON[:, None] * (high - low)
    # On each interval two hat functions differ from 0: those of the knots to its left and right.
    left = np.searchsorted(knots, x[1]) - 1
    share = (x - knots[left]) / (knots[left + 1] - knots[left])
    wanted = sawtooth(x, pieces)
    # Normal equations of one matrix with three diagonals: neighbouring hats alone overlap.
    diagonal, beside, moments = np.zeros(len(knots)), np.zeros(len(knots) - 1), np.zeros(len(knots))
    for i, hat in ((left, 1 - share), (left + 1, share)):
        np.add.at(diagonal, i, (weights * hat**2).sum(0))
        np.add.at(moments, i, (weights * hat * wanted).sum(0))
    np.add.at(beside, left, (weights * share * (1 - share)).sum(0))
    from scipy.linalg import solveh_banded  # 15 MB, which no other panel needs

    values = solveh_banded(np.stack([[0, *beside], diagonal]), moments, check_finite=False)
    off = (1 - share) * values[left] + share * values[left + 1] - wanted
    return knots, np.asarray(values), float(12 * (weights * off**2).sum())
