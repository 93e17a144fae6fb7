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
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..ensemble_of_paths.path_length.figure import PathLengthView
from ..ensemble_of_paths.path_length.measurement import PathLengthMeasurement
from ..errors import whole_number
from ..formatting import number, plural
from ..network.arrays import Array, Float
from ..network.topology import Topology
from .blocks import Block, BlockError, as_cotangent, checked, pulls
from .drawn import Drawn

MOST_BLOCKS = 54  # what the picture's axis has room for
EXACT_BLOCKS = 8  # 2^7 choices of signs: all signs the other way round change no square
PROBES, TOGETHER = 128, 16  # choices of signs beyond that, and how many go through at once


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

    view_type = PathLengthView

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

    Arguments as in `growth`; 1 to 54 blocks. Exact but for the squares of more than 8 blocks, which
    take `probes` choices of random signs, 2 ... 10000, drawn by `seed`. Raises BlockError.
    """
    found, states = checked(blocks, x)
    measure = jax.jit(partial(measure_lengths, found))
    signs = choices_of_signs(len(found), probes, seed)
    return as_path_lengths(
        measure(states[0], as_cotangent(cotangent, states[-1]), np.ones(len(found)), signs),
        np.ones(len(found), bool),
    )


def choices_of_signs(blocks: int, probes: int = PROBES, seed: int = 0) -> Float[np.ndarray, "_ _"]:
    """Signs of the branches, (choices, blocks): all that differ in more than all signs, or some at
    random. The first has no minus.
    """
    if blocks > MOST_BLOCKS:
        raise BlockError(f"path lengths are for 1 to {MOST_BLOCKS} blocks, got {blocks}.")
    probes = whole_number("probes", probes, 2, 10_000, BlockError)
    if blocks <= EXACT_BLOCKS:
        bits = np.arange(2 ** (blocks - 1))[:, None] >> np.arange(blocks) & 1
        return np.where(bits, -1.0, 1.0)
    rng = np.random.default_rng(whole_number("seed", seed, 0, 2**32 - 1, BlockError))
    return rng.choice([-1.0, 1.0], (probes, blocks))


def measure_lengths(blocks: Sequence[Block], x, cotangent, kept, signs):
    """Squared norms by length of the sum of the paths, (lengths,), and of the sums with each choice
    of signs, (choices, lengths); and the shares p_l of the signal, (blocks,).
    """
    states, parts = [x], []
    for block, keep in zip(blocks, kept, strict=True):
        branch = block.branch(states[-1]) * keep.astype(x.dtype)
        past = block.past(states[-1])
        parts.append(_share((branch**2).sum(), (past**2).sum()))
        states.append(past + branch)
    returning = pulls(blocks, states)
    squares = lambda factors: _squares(returning, cotangent, factors)
    chosen = kept[None, :].astype(x.dtype) * signs.astype(x.dtype)
    signed = lax.map(squares, chosen, batch_size=TOGETHER)
    return squares(kept.astype(x.dtype)), signed, jnp.stack(parts)


def _squares(returning: Sequence[tuple[Callable, Callable]], cotangent: Array, factors: Array):
    """Squared norm of the sum of the paths of each length, each branch times its factor."""
    lengths = len(returning) + 1
    sums = jnp.zeros((lengths, *cotangent.shape), cotangent.dtype).at[0].set(cotangent)
    for (past, through), factor in zip(reversed(returning), factors[::-1], strict=True):
        longer = jax.vmap(through)(sums[:-1]) * factor
        around = jax.vmap(past)(sums)
        sums = around.at[1:].add(longer)
    return (sums**2).reshape(lengths, -1).sum(1)


def _share(part, rest):
    return part / jnp.maximum(part + rest, jnp.finfo(part.dtype).tiny)


def as_path_lengths(measured: tuple, kept: np.ndarray) -> PathLengths:
    """The measurement of the network that is left where only the blocks in `kept` are there."""
    vectors, signed, parts = (np.asarray(part, np.float64) for part in measured)
    lengths = np.arange(int(kept.sum()) + 1)
    signed = signed[:, lengths]
    squares = signed.mean(0)
    if not squares.sum():
        raise BlockError("The gradient at the input is 0 along every path: nothing to compare.")
    # How far each choice pulls the mean length, to first order: their spread is its error.
    pulled = signed @ (lengths - squares @ lengths / squares.sum()) / squares.sum()
    exact = len(kept) <= EXACT_BLOCKS
    error = lambda values: np.zeros_like(values[0]) if exact else _standard_error(values)
    return PathLengths(
        topology=Topology.residual(len(lengths) - 1),
        vectors=vectors[lengths],
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
