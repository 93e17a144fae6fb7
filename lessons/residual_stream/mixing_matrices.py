"""Matrices that mix parallel streams on a skip, and what a product of many of them keeps.

Hyper-connections (Zhu et al., 2024, arXiv:2409.19606) run n streams side by side and mix them on
every skip: x' = A x + ..., F(x) + Wx with a small W, the same for every unit. Manifold-constrained
ones (2025, arXiv:2512.24880) make each A doubly stochastic by Sinkhorn's iterations.
"""

from itertools import combinations
from typing import Any

import numpy as np

from ..errors import one_of
from ..network.arrays import Float

STREAMS = 4
UNCONSTRAINED, DOUBLY_STOCHASTIC = "unconstrained", "doubly stochastic"
NEAR_IDENTITY, ORTHOGONAL = "near the identity", "orthogonal"
KINDS = (UNCONSTRAINED, DOUBLY_STOCHASTIC, NEAR_IDENTITY, ORTHOGONAL)
SINKHORN = (DOUBLY_STOCHASTIC, NEAR_IDENTITY)  # the kinds that are made by it
OFF_IDENTITY = 0.3  # standard deviation of A - I where nothing is asked of A
NEAR = 0.02  # what a matrix near the identity takes from a doubly stochastic one
# Two different streams: rows and columns of the minors below.
ONE, OTHER = np.array(list(combinations(range(STREAMS), 2))).T


def sinkhorn(positive: Any, iterations: int) -> Any:
    """Divides columns by their sums, then rows, so many times, (..., n, n), of NumPy or of JAX.

    The limit is doubly stochastic: rows and columns sum to 1 (Sinkhorn and Knopp, 1967). Before
    it, the rows do, and the columns nearly. With no iteration only the mean of all sums is 1.
    """
    matrix = positive * (positive.shape[-1] / positive.sum((-2, -1), keepdims=True))
    for _ in range(iterations):
        matrix = matrix / matrix.sum(-2, keepdims=True)
        matrix = matrix / matrix.sum(-1, keepdims=True)
    return matrix


def draw_mixing(
    kind: str, rng: np.random.Generator, count: int, *, iterations: int, hardness: float
) -> Float[np.ndarray, "count streams streams"]:
    """`count` independent A for four streams, float64; stream i is sum_j A_ij x_j afterwards.

    Unconstrained: I + 0.3 N(0, 1) in every entry. Doubly stochastic: Sinkhorn's of exp(hardness
    N(0, 1)). Near the identity: 0.98 I + 0.02 times such a one. Orthogonal: uniform over all.
    The first three are made of the same normal numbers. Raises NetworkError.
    """
    one_of("kind", kind, KINDS)
    normal = rng.normal(size=(count, STREAMS, STREAMS))
    if kind == UNCONSTRAINED:
        return np.eye(STREAMS) + OFF_IDENTITY * normal
    if kind == ORTHOGONAL:
        q, r = np.linalg.qr(normal)
        # QR alone is not uniform (Mezzadri, 2007, arXiv:math-ph/0609050, section 5).
        return q * np.sign(np.einsum("kii->ki", r))[:, None, :]
    dense = sinkhorn(np.exp(hardness * normal), iterations)
    return dense if kind == DOUBLY_STOCHASTIC else (1 - NEAR) * np.eye(STREAMS) + NEAR * dense


def products(factors: Float[np.ndarray, "count n n"]) -> Float[np.ndarray, "count+1 n n"]:
    """I, A_1, A_2 A_1, ...: what the streams are made of after every block."""
    found = [np.eye(factors.shape[-1])]
    for factor in factors:
        found.append(factor @ found[-1])
    return np.stack(found)


def second_compound(
    matrix: Float[np.ndarray, "*batch streams streams"],
) -> Float[np.ndarray, "*batch pairs pairs"]:
    """All 2 x 2 determinants of a matrix.

    That of a product is the product of these (Cauchy and Binet), and its largest singular value is
    the product of the two largest of the matrix.
    """
    minors = lambda rows, columns: matrix[..., rows[:, None], columns[None, :]]
    return minors(ONE, ONE) * minors(OTHER, OTHER) - minors(ONE, OTHER) * minors(OTHER, ONE)


def two_largest(factors: Float[np.ndarray, "count streams streams"]) -> np.ndarray:
    """The two largest singular values of I, A_1, A_2 A_1, ..., (2, count + 1).

    The second one comes from the compounds: the product itself, in 16 digits, has lost it where it
    is below 10^-16 of the first.
    """
    largest = lambda matrices: np.linalg.svd(matrices, compute_uv=False)[:, 0]
    first = largest(products(factors))
    return np.stack([first, largest(products(second_compound(factors))) / first])
