"""Closed forms for the size of signals and gradients in networks at initialisation.

All are expectations over independent weights W_l ~ N(0, weight_variance / fan_in) without biases,
of squared norms. An expectation is not what a typical network does: for a plain ReLU network the
second moment of the squared norm grows by 1 + 5 / width per layer, so that the median falls below
the mean like exp(-2.5 depth / width). "derived" marks what follows in a few lines from the
assumptions named; the tests hold it against networks.
"""

from collections import defaultdict
from math import asin, pi, sqrt
from typing import NamedTuple

import numpy as np

from ..network.normalisations import NOTHING, named
from ..network.topology import Topology

SLOPES = {
    "relu": 0.5,
    "linear": 1.0,
}  # E phi'(u)^2 = E phi(u)^2 / E u^2 for u with a symmetric distribution


def plain_growth(weight_variance: float) -> float:
    """E|h_l|^2 / E|h_(l-1)|^2 of a plain ReLU layer, and the same for the squared gradient, at any
    width.

    He et al., 2015, arXiv:1502.01852, equations 9 and 13.
    """
    return weight_variance / 2


def residual_growth(branch_scale: float, weight_variance: float = 2.0, span: int = 1) -> float:
    """Growth per block of both squares where `span` ReLU layers form the branch and nothing is
    normalised. Derived.

    1 + branch_scale^2 (weight_variance / 2)^span: what the branch adds has no correlation with what
    the skip carries. For wide networks: at width 48 both come out 1 to 2 % higher per layer.
    """
    return 1 + branch_scale**2 * plain_growth(weight_variance) ** span


def relu_branch_growth(branch_scale: float = 1.0, weight_variance: float = 2.0) -> float:
    """Growth per block of the squared signal of x + branch_scale relu(W x), far from the input:
    2.904 at 1 and 2. Derived.

    The branch cannot be negative, so the mean m of the states grows with it: with q the mean
    square, r = m / sqrt(q), a^2 = branch_scale^2 weight_variance / 2, q' = (1 + a^2 + 2 a r /
    sqrt(pi)) q and m' = m + a sqrt(q / pi). The growth g is where r stays: (g - 1 - a^2) (sqrt(g) -
    1) = 2 a^2 / pi, a cubic in sqrt(g), at its largest root. For non-negative x and wide layers.
    """
    square = branch_scale**2 * weight_variance / 2
    roots = np.roots([1, -1, -1 - square, 1 + square - 2 * square / pi])
    return float(roots.real.max() ** 2)


def batch_norm_growth(batch: int | None = None) -> float:
    """Growth per layer of the squared gradient, from output to input, in a plain ReLU net with
    batch norm. Derived.

    pi / (pi - 1) = 1.467 for large batches: batch norm divides by the variance of relu(u), 1/2 -
    1/(2 pi), while ReLU passes half of the squared gradient. Any weight variance cancels. Wide
    layers, Gaussian units; statistics of the batch are constants to the derivative, and come from
    `batch` > 3 examples.
    """
    _, variance, slope = _moments("relu", batch)
    return slope / variance * _inverse_variance(1.0, batch)


class MeanSquares(NamedTuple):
    """Expected squares at h_0 ... h_L, each (depth + 1,)."""

    signal: np.ndarray  # per unit, relative to h_0
    gradient: np.ndarray  # of a random readout of h_L, relative to its gradient at h_L


def mean_squares(
    topology: Topology,
    *,
    branch_scale: float = 1.0,
    weight_variance: float = 2.0,
    normalisation: str = "none",
    activation: str = "relu",
    post_norm: str = "none",
    batch: int | None = None,
) -> MeanSquares:
    """Expected squares at every state for any skips, overlapping ones too. Derived; for relu and
    linear.

    Every W_l is independent of what comes before it, so a branch is uncorrelated with all other
    states, and covariances of states follow from those before: plain_growth, residual_growth and
    batch_norm_growth are special cases. Assumes wide layers where there are skips or RMS norm (at
    width 48, with a skip over every layer, the mean comes out 1 to 2 % higher per layer), Gaussian
    units for batch norm, and statistics of a batch that are constants to the derivative. Norms over
    the units divide by what `Normalisation.divisor` says, so that layer norm is RMS norm. NaN where
    no closed form is known: tanh; the signal of centred networks, whose examples grow apart; the
    gradient of linear networks with batch norm.
    """
    depth, landing = topology.depth, defaultdict(list)
    norms = before, behind = named(normalisation), named(post_norm, "post_norm")
    if activation not in SLOPES:
        return MeanSquares(*np.full((2, depth + 1), np.nan))
    second, variance, slope = _moments(activation, batch)
    for skip in topology.skips:
        landing[skip.stop].append(skip.start)
    scale = (
        np.array([branch_scale if l in landing else 1.0 for l in range(depth + 1)]) ** 2
        * weight_variance
    )
    # Second moments and covariances over the batch of h_i and h_j, and amplitudes of what follows
    # the addition.
    raw, centred = np.zeros((2, depth + 1, depth + 1))
    raw[0, 0] = centred[0, 0] = 1.0
    pulled, finished = np.zeros(depth + 1), np.ones(depth + 1)
    for l in range(1, depth + 1):
        previous = raw[l - 1, l - 1], centred[l - 1, l - 1]
        seen = before.mean_square(*previous)
        own = scale[l] * second * seen, scale[l] * variance * seen
        for moments, fresh in zip((raw, centred), own, strict=True):
            carried = moments[landing[l]].sum(0)
            moments[l] = moments[:, l] = carried
            moments[l, l] = fresh + carried[landing[l]].sum()
        pulled[l] = scale[l] * slope * _squared_slope(before, previous, 1.0, batch)
        finished[l] = _finish(behind, raw, centred, l, own[1], batch)
    signal, gradient = np.diag(raw).copy(), _gradients(topology, pulled, finished)
    if any(norm.removes_shared_mean and not norm.divides for norm in norms):
        signal[:] = np.nan
    if activation == "linear" and any(norm.couples_examples and norm.divides for norm in norms):
        gradient[:] = np.nan
    return MeanSquares(signal, gradient)


def _finish(post_norm, raw, centred, l, own_variance, batch):
    """Normalises state l in both tables of moments; the amplitude that its derivative has."""
    if post_norm.over == NOTHING:
        return 1.0
    size = post_norm.divisor(raw[l, l], centred[l, l])
    fresh = own_variance / centred[l, l]
    slope = _squared_slope(post_norm, (raw[l, l], centred[l, l]), fresh, batch)
    if post_norm.removes_shared_mean:
        raw[l, : l + 1] = raw[: l + 1, l] = centred[l, : l + 1]
    for moments in (raw, centred):
        moments[l, : l + 1] /= np.sqrt(size)
        moments[: l + 1, l] = moments[l, : l + 1]
        moments[l, l] /= np.sqrt(size)
    return np.sqrt(slope)


def _squared_slope(norm, moments, fresh_part, batch):
    """What a normalisation makes of a squared gradient, from the moments of the state."""
    estimated = norm.couples_examples and norm.divides
    return (_inverse_variance(fresh_part, batch) if estimated else 1.0) / norm.divisor(*moments)


def _gradients(topology, pulled, finished):
    """The same backwards: covariances of the gradients at h_i and h_j."""
    depth, leaving = topology.depth, defaultdict(list)
    for skip in topology.skips:
        leaving[skip.start].append(skip.stop)
    found = np.zeros((depth + 1, depth + 1))
    found[depth, depth] = 1.0
    for l in range(depth - 1, -1, -1):
        stops = leaving[l]
        returned = finished[stops] @ found[stops]
        found[l] = found[:, l] = returned
        found[l, l] = (
            pulled[l + 1] * finished[l + 1] ** 2 * found[l + 1, l + 1]
            + finished[stops] @ returned[stops]
        )
    return np.diag(found).copy()


def _moments(activation, batch):
    """E phi(u)^2, the variance of phi(u) over the batch, and E phi'(u)^2, for standardised u."""
    second = slope = SLOPES[activation]
    if activation == "linear":
        return second, second, slope
    # E (mean |u|)^2 = 4 E (mean relu(u))^2 of `batch` numbers that batch norm has made: any two
    # have correlation rho
    pairs, single = (1.0, 0.0) if batch is None else (1 - 1 / batch, 1 / batch)
    rho = 0.0 if batch is None else -1 / (batch - 1)
    square = single + pairs * 2 / pi * (sqrt(1 - rho**2) + rho * asin(rho))
    return second, second - square / 4, slope


def _inverse_variance(fresh_part, batch):
    """E[1 / variance] E[variance] over units, with the variance of `batch` numbers, a part of
    which is fresh Gaussian.
    """
    return 1.0 if batch is None else 1 / (1 - 2 * fresh_part * (2 - fresh_part) / (batch - 1))
