"""Forward through a list of blocks and back again, every gradient sorted by length as it goes.

Each block is a program of its own: a network of many blocks of one kind compiles one.
"""

from collections.abc import Callable, Sequence
from functools import partial
from math import ceil
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ..network.arrays import Array, Float
from .blocks import Block, pulls
from .programs import prepare

LARGEST = 2**20  # numbers that go back at once: 4 MB in float32


class Passes(NamedTuple):
    """What each block does, prepared for states of these shapes."""

    forward: list[Callable]  # (state, kept) -> next state, share p of the signal
    back: list[Callable]  # (state, sums, factors) -> the sums before the block
    together: int  # choices of factors that go back at once


def prepare_passes(blocks: Sequence[Block], states: Sequence[Array], choices: int) -> Passes:
    """For the network that the blocks are, at these states h_0 ... h_n."""
    lengths, one = len(states), np.ones((), states[0].dtype)
    most = max(1, LARGEST // (lengths * max(state.size for state in states)))
    together = ceil(choices / ceil(choices / most))  # chunks of one size
    pairs = list(zip(blocks, states[:-1], states[1:], strict=True))
    sums = lambda state: jax.ShapeDtypeStruct((together, lengths, *state.shape), state.dtype)
    factors = np.ones(together, states[0].dtype)
    return Passes(
        [prepare(partial(_forward, block), x, one) for block, x, _ in pairs],
        [prepare(partial(_back, block), x, sums(after), factors) for block, x, after in pairs],
        together,
    )


def _forward(block, x, kept):
    branch, past = block.branch(x) * kept, block.past(x)
    part, rest = (branch**2).sum(), (past**2).sum()
    return past + branch, part / jnp.maximum(part + rest, jnp.finfo(part.dtype).tiny)


def _back(block, x, sums, factors):
    """Each path goes past the branch, or through it and is one longer."""
    [(past, through)] = pulls([block], [x, None])
    every = lambda pull: jax.vmap(jax.vmap(pull))
    longer = jax.vmap(jnp.multiply)(every(through)(sums[:, :-1]), factors)
    return every(past)(sums).at[:, 1:].add(longer)


def squares_by_length(
    passes: Passes, x: Array, cotangent: Array, kept: np.ndarray, signs: np.ndarray
) -> tuple[Float[np.ndarray, "choices lengths"], Float[np.ndarray, " blocks"]]:
    """Squared norm of the sum of the paths of each length, every branch times what is kept of it,
    1 or 0, and times its sign: for each choice of signs, (choices, blocks). And the shares p_l of
    the signal.
    """
    kept, states, shares = kept.astype(x.dtype), [x], []
    for forward, keep in zip(passes.forward, kept, strict=True):
        state, share = forward(states[-1], keep)
        states.append(state)
        shares.append(share)
    missing = -len(signs) % passes.together  # all chunks have one shape
    factors = np.concatenate([signs, np.ones((missing, len(kept)))]).astype(x.dtype) * kept
    chunks = np.split(factors, len(factors) // passes.together)
    found = [_chunk(passes, states, cotangent, chunk) for chunk in chunks]
    return np.concatenate(found)[: len(signs)], np.array(shares, np.float64)


def _chunk(passes, states, cotangent, factors):
    sums = np.zeros((len(factors), len(states), *cotangent.shape), cotangent.dtype)
    sums[:, 0] = cotangent
    for back, x, factor in zip(passes.back[::-1], states[-2::-1], factors.T[::-1], strict=True):
        sums = back(x, sums, factor)
    return np.asarray(_squares(sums), np.float64)


@jax.jit
def _squares(sums):
    return (sums**2).sum(range(2, sums.ndim))
