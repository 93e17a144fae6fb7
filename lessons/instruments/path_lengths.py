"""The gradient of any residual network by the length of the paths that it flows along.

A path goes through each block's branch or past it; n blocks have 2^n paths, and the gradient at the
input is the sum over all of them, at one input (Veit et al., 2016, arXiv:1605.06431). What has
passed equally many branches is added up as it goes back, so that nothing of size 2^n is made, and
no Jacobian: a step takes one vector-Jacobian product for each length that there may be.

In quadrature: a random sign for each branch gives each path the product of its branches' signs.
The signs of two different paths agree as often as they differ, so the expected squared norm of the
signed sum is the sum of the squared norms of the single paths. Over all choices of signs it is so
exactly; over some of them it is an estimate with a standard error.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any, NamedTuple

import numpy as np

from ..ensemble_of_paths.path_length.measurement import PathLengthMeasurement
from ..errors import whole_number
from ..formatting import number, plural
from ..network.arrays import Float
from .blocks import BlockError, as_blocks, as_cotangent, checked
from .drawn import Drawn
from .figure import PathsView
from .path_pass import prepare_passes, squares_by_length

MOST_BLOCKS = 200  # 2^200 paths; a pass back takes n^2 / 2 products for each choice of signs
EXACT_BLOCKS = 8  # 2^7 choices of signs: all signs the other way round change no square
PROBES = 128  # choices of signs beyond that


class Chain(NamedTuple):
    """Blocks one behind the other, of any number: a topology of the lessons ends at 64 layers."""

    depth: int

    @property
    def path_count(self) -> int:
        """2^n."""
        return 2**self.depth

    @property
    def paths_by_length(self) -> tuple[int, ...]:
        """C(n, k)."""
        return tuple(comb(self.depth, length) for length in range(self.depth + 1))


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class PathLengths(Drawn, PathLengthMeasurement):
    """Paths of n blocks from h_0 to h_n at one input, by the number of branches on them, 0 ... n.

    Row k of `vectors` is the squared norm of the sum of all gradients of paths of length k, of
    `squares` the sum of their squared norms, of `signal` the part of the forward signal that has
    passed k branches if each is orthogonal to what it is added to. Lesson 4 has the same numbers
    of its own networks.
    """

    squares_error: Float[np.ndarray, " lengths"]  # standard errors; 0 where all is exact
    quadrature_error: float  # that of the mean length in quadrature

    view_type = PathsView

    @property
    def summary(self) -> str:
        vectors, quadrature, _ = self.mean_lengths
        about = f" ± {number(self.quadrature_error, 1)}" if self.quadrature_error else ""
        return (
            f"{plural(self.topology.depth, 'block')}, {_count(self.topology.path_count)} paths of "
            f"mean length {number(self.mean_count)}. Mean length of the gradient: "
            f"{number(vectors)} added as vectors, {number(quadrature)}{about} in quadrature; "
            f"s = {number(self.effective_depth)}. Coherence {number(self.coherence)}."
        )


def _count(paths):
    return f"{paths}" if paths < 10**6 else number(paths)


def path_lengths(
    blocks: Sequence, x: Any, cotangent: Any, *, probes: int = PROBES, seed: int = 0
) -> PathLengths:
    """Which lengths of paths carry the gradient of sum(cotangent * h_n), at x.

    Arguments as in `growth`; 1 to 200 blocks. Exact but for the squares of more than 8 blocks,
    which take `probes` choices of random signs, 2 ... 10000, drawn by `seed`. Compiles once for
    blocks of one kind, also of other networks of this shape. Raises BlockError.
    """
    blocks = as_blocks(blocks)
    measure = prepared(blocks, x, cotangent, probes=probes, seed=seed)
    return measure(np.ones(len(blocks), bool))


def prepared(
    blocks: Sequence, x: Any, cotangent: Any, *, probes: int, seed: int
) -> Callable[[np.ndarray], PathLengths]:
    """`path_lengths` of what is left of these blocks where some are deleted: a function of which
    are kept, (blocks,) bool, that compiles nothing.
    """
    found, states = checked(blocks, x)
    cotangent = as_cotangent(cotangent, states[-1])
    signs = choices_of_signs(len(found), probes, seed)
    signs = np.concatenate([np.ones((1, len(found))), signs])  # first the sum of all paths itself
    passes = prepare_passes(found, states, len(signs))

    def measure(kept):
        return as_path_lengths(*squares_by_length(passes, states[0], cotangent, kept, signs), kept)

    return measure


def choices_of_signs(blocks: int, probes: int = PROBES, seed: int = 0) -> Float[np.ndarray, "_ _"]:
    """Signs of the branches, (choices, blocks): all that differ in more than all signs, or some at
    random.
    """
    if blocks > MOST_BLOCKS:
        raise BlockError(f"path lengths are for 1 to {MOST_BLOCKS} blocks, got {blocks}.")
    probes = whole_number("probes", probes, 2, 10_000, BlockError)
    if blocks <= EXACT_BLOCKS:
        bits = np.arange(2 ** (blocks - 1))[:, None] >> np.arange(blocks) & 1
        return np.where(bits, -1.0, 1.0)
    rng = np.random.default_rng(whole_number("seed", seed, 0, 2**32 - 1, BlockError))
    return rng.choice([-1.0, 1.0], (probes, blocks))


def as_path_lengths(
    squared: Float[np.ndarray, "choices lengths"], parts: Float[np.ndarray, " blocks"], kept
) -> PathLengths:
    """The measurement of the network that is left where only the blocks in `kept` are there.

    squared: as `squares_by_length`, with no minus in the first choice, which only says the sum.
    """
    lengths = np.arange(int(kept.sum()) + 1)
    vectors, signed = squared[0, lengths], squared[1:, lengths]
    squares = signed.mean(0)
    if not np.isfinite(squared).all():
        raise BlockError(
            "The gradient must stay within the range of its type along every path, and has left "
            "it: this network explodes. Scale the cotangent down."
        )
    if not squares.sum():
        raise BlockError("The gradient at the input is 0 along every path: nothing to compare.")
    # How far each choice pulls the mean length, to first order: their spread is its error.
    pulled = signed @ (lengths - squares @ lengths / squares.sum()) / squares.sum()
    exact = len(kept) <= EXACT_BLOCKS
    error = lambda values: np.zeros_like(values[0]) if exact else _standard_error(values)
    return PathLengths(
        topology=Chain(len(lengths) - 1),
        vectors=vectors,
        squares=squares,
        signal=poisson_binomial(parts[kept]),
        squares_error=error(signed),
        quadrature_error=float(error(pulled)),
    )


def _standard_error(values):
    return values.std(0, ddof=1) / np.sqrt(len(values))


def poisson_binomial(chances: Float[np.ndarray, " blocks"]) -> Float[np.ndarray, " lengths"]:
    """The law of how many of independent events with these chances happen."""
    law = np.ones(1)
    for p in chances:
        law = np.convolve(law, [1 - p, p])
    return law
