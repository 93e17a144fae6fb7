"""What every instrument is given: a residual network as a list of functions.

A block is a branch F, a function of one array of any shape, and stands for x + F(x); or a pair
(F, shortcut), which stands for shortcut(x) + F(x) and may change the shape. Any framework will do
whose layers can be called and differentiated by JAX. Randomness must be switched off: what a block
makes of an input is made once and for all.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ..errors import LearnerError
from ..network.arrays import Array, Float, Shaped

LONGEST_REASON = 120  # characters of another library's message that are repeated


class BlockError(LearnerError):
    """A block, an input or a cotangent that cannot be used. Blocks are counted from 1."""


class Block(NamedTuple):
    """shortcut(x) + branch(x); without a shortcut x itself goes past the branch."""

    branch: Callable
    shortcut: Callable | None = None

    def past(self, x: Shaped[Array, "..."]) -> Shaped[Array, "..."]:
        """What the shortcut carries."""
        return x if self.shortcut is None else self.shortcut(x)

    def __call__(self, x, kept: Any = 1.0):
        """The next state; `kept` multiplies the branch, and 0 deletes the block."""
        branch = self.branch(x)
        return self.past(x) + jnp.asarray(kept, branch.dtype) * branch


def as_blocks(blocks: Sequence) -> list[Block]:
    """The list as Blocks, or BlockError."""
    try:
        given = list(blocks)
    except TypeError:
        raise BlockError(f"blocks must be a list of functions, got {blocks!r}.") from None
    if not given:
        raise BlockError("blocks must hold at least one function, got none.")
    return [_as_block(number, block) for number, block in enumerate(given, 1)]


def _as_block(number, given):
    if isinstance(given, Block):
        return given
    parts = given if isinstance(given, tuple) else (given,)
    if len(parts) not in (1, 2) or not all(map(callable, parts)):
        raise BlockError(
            f"block {number} must be a function of one array or a pair (F, shortcut) of such "
            f"functions, got {given!r}."
        )
    return Block(*parts)


def checked(blocks: Sequence, x: Any) -> tuple[list[Block], list[Array]]:
    """The blocks, and the states h_0 = x, h_1, ... that they make of x. Raises BlockError."""
    found, states = as_blocks(blocks), [as_floats("x", x)]
    for number, block in enumerate(found, 1):
        states.append(_next_state(number, block, states[-1]))
    return found, states


def as_floats(name: str, x: Any) -> Array:
    """An array of finite floating-point numbers, or BlockError."""
    x = jnp.asarray(x)
    if not jnp.issubdtype(x.dtype, jnp.floating):
        raise BlockError(f"{name} must hold floating-point numbers, got {x.dtype}.")
    if not np.isfinite(x).all():
        raise BlockError(f"{name} must hold finite numbers, got NaN or infinity.")
    return x


def _next_state(number, block, x):
    branch, past = _made("F", number, block.branch, x), x
    if block.shortcut is not None:
        past = _made("the shortcut", number, block.shortcut, x)
    if branch.shape != past.shape and block.shortcut is None:
        raise BlockError(
            f"block {number} makes an array of shape {branch.shape} from one of {x.shape}: a block "
            "that changes the shape must be a pair (F, shortcut)."
        )
    if branch.shape != past.shape:
        raise BlockError(
            f"block {number}: F and its shortcut must make arrays of one shape to be added, got "
            f"{branch.shape} and {past.shape}."
        )
    return past + branch


def _made(part, number, function, x):
    """What the function makes of x, once it is sure that it makes the same a second time."""
    first, second = _called(part, number, function, x), _called(part, number, function, x)
    if not np.isfinite(first).all():
        raise BlockError(
            f"block {number}: {part} must make finite numbers, got NaN or infinity. Has it been "
            "trained with a learning rate that is too large?"
        )
    if not np.array_equal(first, second):
        raise BlockError(
            f"block {number}: {part} must make the same of the same input, got two results. Switch "
            "its randomness off, such as dropout."
        )
    return first


def _called(part, number, function, x):
    try:
        made = function(x)
    except Exception as error:  # whatever a function of someone else's raises
        reason = " ".join(str(error).split())[:LONGEST_REASON]
        raise BlockError(
            f"block {number}: {part} must be a function of one array; called with one of shape "
            f"{x.shape} it raised {type(error).__name__}: {reason}"
        ) from error
    if not isinstance(made, jax.Array | np.ndarray) or made.dtype != x.dtype:
        kind = made.dtype if isinstance(made, jax.Array | np.ndarray) else type(made).__name__
        raise BlockError(
            f"block {number}: {part} must make an array of {x.dtype}, as it is given, got {kind}."
        )
    return made


def as_cotangent(cotangent: Any, last: Array) -> Array:
    """The gradient at the last state: that of sum(cotangent * h_n). Raises BlockError."""
    cotangent = as_floats("cotangent", cotangent)
    if cotangent.shape != last.shape:
        raise BlockError(
            f"cotangent must have the shape of the last state, {last.shape}, got {cotangent.shape}."
        )
    return cotangent.astype(last.dtype)


def pulls(blocks: Sequence[Block], states: Sequence[Array]) -> list[tuple[Callable, Callable]]:
    """For each block two functions of a gradient behind it: what its shortcut returns of it to the
    state before, and what its branch returns.
    """
    pairs = zip(blocks, states[:-1], strict=True)
    return [
        (lambda g: g, _pull(block.branch, x))
        if block.shortcut is None
        else (_pull(block.shortcut, x), _pull(block.branch, x))
        for block, x in pairs
    ]


def _pull(function, x):
    pull = jax.vjp(function, x)[1]
    return lambda gradient: pull(gradient)[0]


def square(x: Float[Array, "..."]) -> float:
    """|x|^2 over all its numbers."""
    return float((np.asarray(x, np.float64) ** 2).sum())
