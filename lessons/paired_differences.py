"""Two things compared in pairs: on the same examples, from the same start, in the same order."""

from functools import lru_cache
from math import cos, pi, sin, sqrt, tan

import numpy as np

LEVEL = 0.95


def student_interval(differences: np.ndarray) -> np.ndarray:
    """The ends, (2, ...), of Student's interval of the mean of paired differences (..., pairs).

    mean ± t sd / sqrt(pairs), with t the 97.5 % point of Student's distribution with pairs - 1
    degrees of freedom (Student, 1908, The probable error of a mean): it holds the true mean in 95
    of 100 cases if the differences are independent and normal. NaN where a difference is NaN or
    infinite, and for fewer than two pairs.
    """
    differences = np.asarray(differences, np.float64)
    pairs = differences.shape[-1]
    if pairs < 2:
        return np.full((2, *differences.shape[:-1]), np.nan)
    known = np.where(np.isfinite(differences).all(-1, keepdims=True), differences, np.nan)
    middle = known.mean(-1)
    reach = student_quantile(pairs - 1) * known.std(-1, ddof=1) / np.sqrt(pairs)
    return np.stack([middle - reach, middle + reach])


@lru_cache
def student_quantile(freedom: int) -> float:
    """t for which Student's distribution with so many degrees of freedom lies between -t and t in
    95 of 100 cases, to 12 digits.
    """
    # scipy.special.stdtrit without its import, which costs a kernel 28 MB
    low, high = 0.0, pi / 2
    while high - low > 1e-14:
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < LEVEL else (low, middle)
    return sqrt(freedom) * tan(low)


def _within(angle, freedom):
    """P(|t| < sqrt(freedom) tan(angle)): Abramowitz and Stegun, 1964, equations 26.7.3 and
    26.7.4.
    """
    odd = freedom % 2
    term = total = cos(angle) if odd else 1.0
    for k in range(2 + odd, freedom, 2):
        term *= (k - 1) / k * cos(angle) ** 2
        total += term
    if not odd:
        return sin(angle) * total
    return 2 / pi * (angle + (sin(angle) * total if freedom > 1 else 0))
