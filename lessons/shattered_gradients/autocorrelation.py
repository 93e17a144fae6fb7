"""How alike gradients at several inputs are, and two kinds of noise to compare them with. No
networks.

A gradient here is that of one example: dy(x)/dx of the function y that the network computes, with
statistics of the batch held fixed unless the caller says otherwise. White noise forgets at once,
brown noise remembers (Balduzzi et al., 2017, arXiv:1702.08591).
"""

import numpy as np


def autocorrelation(curves: np.ndarray, lags: int, remove_mean: bool = False) -> np.ndarray:
    """r_k = mean_i g_i g_(i+k) / mean_i g_i^2 for k = 0 ... lags; curves (..., points) gives (...,
    lags + 1).

    r_0 is 1. Raw, a constant curve has r_k = 1; with remove_mean each curve's own mean is taken off
    first, which hides a constant offset: a small ripple on a large gradient then looks like noise.
    A curve of zeros has r_k = 0.
    """
    curves = np.asarray(curves, np.float64)
    if remove_mean:
        curves = curves - curves.mean(-1, keepdims=True)
    points = curves.shape[-1]
    size = 2 ** int(
        np.ceil(np.log2(points + lags))
    )  # room for the lags, so that the ends do not meet
    power = np.abs(np.fft.rfft(curves, size)) ** 2
    products = np.fft.irfft(power, size)[..., : lags + 1] / (points - np.arange(lags + 1))
    variance = (curves**2).mean(-1, keepdims=True)
    return np.divide(products, variance, out=np.zeros_like(products), where=variance > 0)


def correlation_matrix(vectors: np.ndarray) -> np.ndarray:
    """Cosines g_i . g_j / (|g_i| |g_j|) between vectors (inputs, components): (inputs, inputs), 1
    on the diagonal.

    The components are gradients of independent outputs, so that each entry estimates the
    correlation over random networks at two inputs with an error of about 1 / sqrt(components). A
    vector of zeros has cosine 0.
    """
    vectors = np.asarray(vectors, np.float64)
    return cosines(vectors @ vectors.T)


def cosines(products: np.ndarray) -> np.ndarray:
    """Inner products (..., n, n) divided by the lengths that stand on their diagonal."""
    lengths = np.sqrt(np.diagonal(products, axis1=-2, axis2=-1))
    scale = lengths[..., :, None] * lengths[..., None, :]
    return np.divide(products, scale, out=np.zeros(products.shape), where=scale > 0)


def white_noise(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Independent N(0, 1) numbers."""
    return rng.standard_normal(shape)


def brown_noise(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Sums of independent N(0, 1) steps along the last axis, from 0: a random walk, variance k
    after k steps.
    """
    return rng.standard_normal(shape).cumsum(-1)
