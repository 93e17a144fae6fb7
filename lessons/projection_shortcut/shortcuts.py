"""What a shortcut multiplies x by: the kinds of W in F(x) + Wx.

A state is a row here, so Wx is x @ W, and W from size a to size b has a rows and b columns.
"""

import numpy as np

from ..errors import NetworkError, one_of

KINDS = ("identity", "zero-padding", "Gaussian", "orthogonal", "λI")
NAMES = (
    "identity",
    "pad",
    "projection",
    "projection",
    "projection",
)  # each kind as a Skip's shortcut


def skip_shortcut(kind: str) -> str:
    """What a Skip calls this kind: all but the identity and zero-padding are projections with a
    W of their own.
    """
    return NAMES[one_of("shortcut", kind, KINDS)]


def draw_shortcuts(
    kind: str, rng: np.random.Generator, a: int, b: int, count: int = 1, scale: float = 1.0
) -> np.ndarray:
    """`count` independent W from size a to size b, (count, a, b), float64.

    Gaussian: N(0, 1 / b), which keeps |x|^2 in expectation whatever the sizes: E|x @ W|^2 = sum_i
    x_i^2 b / b.
    Orthogonal: uniform over all W with orthonormal rows, or columns if b < a; the former keep |x|
    exactly. Zero-padding is a W with ones on the diagonal, and cuts where b < a. λI is scale times
    that. Raises NetworkError.
    """
    one_of("shortcut", kind, KINDS)
    if kind == "identity" and a != b:
        raise NetworkError(
            f"the identity needs equal sizes, got {a} and {b}; zero-padding or a projection fits."
        )
    if kind == "Gaussian":
        return rng.normal(size=(count, a, b)) / np.sqrt(b)
    if kind == "orthogonal":
        return _orthonormal(rng.normal(size=(count, a, b)))
    return np.broadcast_to(np.eye(a, b) * (scale if kind == "λI" else 1.0), (count, a, b))


def _orthonormal(numbers):
    """Matrices with orthonormal rows or columns, whichever are fewer, uniform over all of them.

    scipy.stats.ortho_group draws square ones alone, in the same way, and its import costs a kernel
    60 MB and 0.7 s.
    """
    if numbers.shape[1] < numbers.shape[2]:
        return _orthonormal(numbers.swapaxes(1, 2)).swapaxes(1, 2)
    q, r = np.linalg.qr(numbers)
    # QR alone is not uniform: its signs hang on the algorithm (Mezzadri, 2007,
    # arXiv:math-ph/0609050, section 5).
    return q * np.sign(np.einsum("kii->ki", r))[:, None, :]


def stable_rank(matrix: np.ndarray) -> float:
    """|W|_F^2 / |W|_2^2: how many directions W carries about as well as its best one; n for n
    equal singular values.
    """
    values = np.linalg.svd(matrix, compute_uv=False)
    return float((values**2).sum() / values[0] ** 2)
