"""How the correlation between gradients at two inputs falls with depth: the laws of Balduzzi et
al., and what corrects them.

All of them follow two inputs through a network at initialisation, wide enough for averages to be
sharp. Per unit: V the variance of a state over the inputs, c the correlation of the two states, G
the variance of a derivative, H its covariance between the inputs. The gradient correlation is R = H
/ G. He's weights, no biases, skips over single layers. `branch_scale` is beta in h + beta W
relu(norm(h)), or None for a plain network.
"""

import numpy as np

from ..network.normalisations import named

LOST_MEAN = (
    1 / np.pi
)  # the part of E relu(z)^2 = 1/2 that lies in the mean of relu(z), which centring takes off


def k0(c):
    """2 P(z > 0, z' > 0) for standard normal z, z' with correlation c: 1 for equal inputs, 1/2
    for independent ones.
    """
    return 1 - np.arccos(np.clip(c, -1, 1)) / np.pi


def k1(c):
    """2 E relu(z) relu(z'): Cho and Saul (2009), arc-cosine kernel of order 1."""
    c = np.clip(c, -1, 1)
    return (np.sqrt(1 - c**2) + c * (np.pi - np.arccos(c))) / np.pi


def shares(depth: int, branch_scale: float | None, normalisation: str) -> np.ndarray:
    """p_1 ... p_depth, the part of the squared gradient that each layer adds, as the paper counts
    it.

    Plain: 1. Residual: beta^2 / (1 + beta^2); with batch norm h_(l-1) has variance 1 + beta^2 (l -
    1), so that layer l adds beta^2 / (1 + beta^2 l). Their sum s is the effective depth.
    """
    if branch_scale is None:
        return np.ones(depth)
    divides = named(normalisation).divides
    blocks = np.arange(1, depth + 1) if divides else np.ones(depth)
    return branch_scale**2 / (1 + branch_scale**2 * blocks)


def paper_law(depth: int, branch_scale: float | None, normalisation: str) -> np.ndarray:
    """Theorems 1 to 3 of arXiv:1702.08591 as the product they come from, R_0 ... R_depth = prod(1 -
    p_l / 2).

    Plain 1/2^L, residual (3/4)^L for beta = 1, residual with batch norm about 1 / (beta sqrt(L));
    that last form exceeds 1 at small beta sqrt(L), the product does not. Assumption: any two inputs
    share a quarter of the active units.
    """
    return np.concatenate([[1.0], np.cumprod(1 - shares(depth, branch_scale, normalisation) / 2)])


def corrected_batch_norm_law(depth: int, branch_scale: float) -> np.ndarray:
    """Theorem 3 with the variance that batch norm really sees, R_0 ... R_depth; falls like L^-0.73,
    not L^-0.5.

    Batch norm removes the mean of relu over the batch, so a block adds beta^2 (1 - 1/pi) to the
    variance, not beta^2: q_l = beta^2 / (1 + beta^2 (1 - 1/pi)(l - 1)), R = prod((1 + q_l / 2) / (1
    + q_l)). Still assumes the quarter.
    """
    variance = 1 + branch_scale**2 * (1 - LOST_MEAN) * np.arange(depth)
    q = branch_scale**2 / variance
    return np.concatenate([[1.0], np.cumprod((1 + q / 2) / (1 + q))])


def followed(
    depth: int, angle: float, branch_scale: float | None, normalisation: str
) -> np.ndarray:
    """R_0 ... R_depth with the share of common units that the two inputs really have, for an angle
    in degrees at h_0.

    Two inputs with correlation c share k0(c) / 2 of the units, and a layer takes c to k1(c); if the
    batch mean is taken off (centred, batch norm), to (k1(c) - 1/pi) / (1 - 1/pi). Without it, c
    tends to 1 and R falls like a power of the depth; with it small angles grow by sqrt(1 / (1 -
    1/pi)) = 1.21 per layer and c tends to 0, where the share is a quarter. Derived here; wide
    layers and a large batch are the only assumptions.
    """
    norm = named(normalisation)
    lost = LOST_MEAN if norm.removes_shared_mean else 0
    kept, beta = (0, 1) if branch_scale is None else (1, branch_scale)
    c = np.cos(np.radians(angle))
    variance, square, product = 1.0, 1.0, 1.0  # of a state; E g^2 and E g g' of the gradients
    found = [1.0]
    for _ in range(depth):
        factor = beta**2 / norm.divisor(variance, variance)
        covariance = kept * c * variance + factor * variance * (k1(c) - lost)
        square = kept * square + factor * square
        product = kept * product + factor * k0(c) * product
        variance = kept * variance + factor * variance * (1 - lost)
        c = covariance / variance
        found.append(product / square)
    return np.array(found)


def small_steps(s: np.ndarray, centred: bool) -> np.ndarray:
    """R at effective depths s, 0 first and rising, of networks whose blocks each add very little,
    for inputs 90 degrees apart.

    dc/ds = k1(c) - c and d ln R / ds = -(1 - k0(c)), the limit of `followed` for small branch
    scales. Centred, c stays 0 and R = exp(-s / 2); a plain centred network, whose steps are as
    large as can be, has 2^-s. Derived.
    """
    if centred:
        return np.exp(-np.asarray(s) / 2)
    steps = np.linspace(0, s[-1], 4000)
    c, logarithm, found = 0.0, 0.0, [0.0]
    for ds in np.diff(steps):
        middle = c + ds / 2 * (k1(c) - c)
        c, logarithm = c + ds * (k1(middle) - middle), logarithm - ds * (1 - k0(middle))
        found.append(logarithm)
    return np.exp(np.interp(s, steps, found))
