"""Two things compared in pairs: on the same examples, from the same start, in the same order."""

import numpy as np
from scipy.special import stdtrit  # scipy.stats would take four times as long

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
    quantile = stdtrit(pairs - 1, (1 + LEVEL) / 2)
    reach = quantile * known.std(-1, ddof=1) / np.sqrt(pairs)
    return np.stack([middle - reach, middle + reach])
