"""Sixty blocks whose skips mix four streams, without their branches."""

from functools import lru_cache

import numpy as np

from ...errors import one_of, real_number, whole_number
from ..mixing_matrices import (
    DOUBLY_STOCHASTIC,
    KINDS,
    NEAR,
    NEAR_IDENTITY,
    ORTHOGONAL,
    SINKHORN,
    STREAMS,
    draw_mixing,
    products,
    two_largest,
)
from .measurement import MixingMeasurement

BLOCKS, MOST_ITERATIONS = 60, 100
ITERATIONS = 20  # as in arXiv:2512.24880
HARDNESS, SOFTEST, HARDEST = 2.0, 0.2, 4.0
SOFT = 1.0  # up to here the closed form for soft logits is within 15 % a block
# exp(E ln c), where c is the length of three independent N(0, 1)
THREE_NORMAL = float(np.exp(1 - np.euler_gamma / 2) / np.sqrt(2))


def measure_mixing(
    kind: str = DOUBLY_STOCHASTIC,
    block: int = 6,
    iterations: int = ITERATIONS,
    hardness: float = HARDNESS,
    seed: int = 0,
) -> MixingMeasurement:
    """What the mixing matrices of up to 60 blocks make of four streams.

    Sinkhorn's iterations, 0 ... 100, and the hardness, the standard deviation 0.2 ... 4 of the
    logits, matter where a matrix is made by them. Raises LearnerError.
    """
    one_of("kind", kind, KINDS)
    whole_number("block", block, 0, BLOCKS)
    whole_number("Sinkhorn iterations", iterations, 0, MOST_ITERATIONS)
    hardness = round(real_number("hardness", hardness, SOFTEST, HARDEST), 6)
    made = kind in SINKHORN
    product, (gain, second), error = _all_blocks(kind, iterations * made, hardness * made, seed)
    return MixingMeasurement(
        kind=kind,
        block=block,
        averages=made,
        products=product,
        gain=gain,
        second=second,
        predicted=_predicted(kind, hardness),
        column_error=error,
    )


@lru_cache(maxsize=32)
def _all_blocks(kind, iterations, hardness, seed):
    """One pass makes all blocks, so that a move along them costs nothing but the drawing."""
    rng = np.random.default_rng(seed)
    factors = draw_mixing(kind, rng, BLOCKS, iterations=iterations, hardness=hardness)
    error = np.abs(factors.sum(-2) - 1).max()
    return products(factors), two_largest(factors), float(error)


def _predicted(kind, hardness):
    """The second singular value in closed form, or None. Derived here.

    Near the identity: the mean of the product is 0.98 per block on the differences of the streams,
    since a dense doubly stochastic matrix has mean 1/4 everywhere. Soft logits: to first order in
    the hardness a, what A does to the differences is a 3 x 3 matrix of N(0, a^2 / 16), which
    multiplies the length of any vector by a / 4 times that of three N(0, 1).
    """
    rates = {ORTHOGONAL: 1.0, NEAR_IDENTITY: 1 - NEAR}
    if kind == DOUBLY_STOCHASTIC and hardness <= SOFT:
        rates[kind] = hardness / STREAMS * THREE_NORMAL
    return rates[kind] ** np.arange(BLOCKS + 1.0) if kind in rates else None
