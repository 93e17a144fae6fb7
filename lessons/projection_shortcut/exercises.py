"""Lesson 2: the block F(x) + Wx, a W that keeps the norm, and what is left of a gradient behind
54 scaled shortcuts.
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np

from ..teaching.exercise import (
    NotYet,
    check,
    close,
    function,
    numbers,
    run,
    shape,
    shown,
)

BLOCKS, SCALES = 54, (0.95, 0.98)
# Small whole numbers: every machine prints the same.
WIDER, NARROWER = ((1.0, 0.0, 2.0), (0.0, -1.0, 1.0)), ((1.0, 2.0), (0.0, 1.0), (-1.0, 3.0))
CASES = (
    ("F(x) = 0", lambda x, b: jnp.zeros((*x.shape[:-1], b)), WIDER, (1.0, -2.0)),
    (
        "F(x) = (1, 2, 3)",
        lambda x, b: jnp.broadcast_to(jnp.arange(1.0, b + 1), (*x.shape[:-1], b)),
        WIDER,
        (3.0, 5.0),
    ),
    ("F(x) = relu(x)[:2]", lambda x, b: jax.nn.relu(x)[..., :b], NARROWER, (1.0, -2.0, 3.0)),
    (
        "F(x) = relu(x)[:2]",
        lambda x, b: jax.nn.relu(x)[..., :b],
        NARROWER,
        ((1.0, 2.0, 3.0), (-1.0, 0.0, 4.0)),
    ),
)
SIZES = (
    (3, 3, 0.5),
    (2, 6, 0.25),
    (8, 2, 0.5),
    (5, 4, 0.0),
)  # a, b and the branch's share of the squared norm
DRAWS = 2000
SIGMAS = 6


@check
def check_projection_block(projection_block: Callable):
    """Whether projection_block(F, W) is the function x -> F(x) + Wx, for rows x: x @ W."""
    function("projection_block", projection_block)
    for name, branch, W, point in CASES:
        x, W = jnp.asarray(point, jnp.float32), jnp.asarray(W, jnp.float32)
        _check_block(
            projection_block, name, lambda h, f=branch, b=W.shape[1]: f(jnp.asarray(h), b), W, x
        )
    return f"F(x) + Wx for {len(CASES)} pairs of F and W: wider, narrower and on a batch."


def _check_block(projection_block, name, branch, W, x):
    block = run(projection_block, branch, W, failure="projection_block(F, W) raised")
    block = function("what projection_block returns", block, is_answer=False)
    where = f"for {name}, W = {shown(W)} and x = {shown(x)}"
    got = numbers("your block's output", run(block, x, failure=f"{where}, your block raised"))
    expected = np.asarray(branch(x) + x @ W, np.float64)
    shape(f"{where}, your block's output", got, expected.shape)
    if not close(got, expected):
        raise NotYet(f"{where}, your block gives {shown(got)}, but F(x) + Wx is {shown(expected)}.")


@check
def check_norm_keeping(draw_W: Callable):
    """Whether draw_W(rng, a, b, share) makes E|F(x) + Wx|^2 = |x|^2 for every x if E|F(x)|^2 =
    share |x|^2.

    F's last weights have mean 0 and are independent of W, so that the two squares add up: E|x W|^2
    must be (1 - share) |x|^2, that is E[W W^T] = (1 - share) I.
    """
    function("draw_W", draw_W)
    for a, b, share in SIZES:
        drawn = _drawn(draw_W, a, b, share)
        squares = np.einsum("kij,klj->kil", drawn, drawn)
        mean, error = squares.mean(0), SIGMAS * squares.std(0) / np.sqrt(DRAWS)
        wanted = (1 - share) * np.eye(a)
        if (np.abs(mean - wanted) > error + 1e-4).any():
            raise NotYet(
                f"for a = {a}, b = {b} and share = {share:g}, "
                f"{_wrong(mean, wanted, error)}{_frozen(drawn)}"
            )
    return (
        "the squared norm is kept in expectation, for every x and at all "
        f"{len(SIZES)} sizes and shares tried."
    )


def _drawn(draw_W, a, b, share):
    rng = np.random.default_rng(0)
    where = f"draw_W(rng, {a}, {b}, {share:g})"
    drawn = np.empty((DRAWS, a, b))
    for number in range(DRAWS):
        W = numbers(where, run(draw_W, rng, a, b, share, failure=f"{where} raised"))
        shape(where, W, (a, b))
        drawn[number] = W
    return drawn


def _wrong(mean, wanted, error):
    size = np.trace(mean) / len(mean)
    if abs(size - wanted[0, 0]) > error.max() + 1e-4:
        return (
            f"E|Wx|^2 is {size:.3g} |x|^2 on average over x, but {wanted[0, 0]:.3g} "
            "|x|^2 is wanted."
        )
    return (
        "E|Wx|^2 has the right size on average over x, but not for every x: some "
        "directions come out larger than others."
    )


def _frozen(drawn):
    same = (drawn == drawn[0]).all()
    return " Your W is the same at every draw: take its numbers from rng." if same else ""


@check
def check_direct_gradient(direct_gradient):
    """Whether the two numbers are 0.95^54 and 0.98^54, to two digits."""
    got = numbers("direct_gradient", direct_gradient)
    shape("direct_gradient", got, (len(SCALES),))
    for scale, answer in zip(SCALES, got, strict=True):
        if abs(answer / scale**BLOCKS - 1) > 0.03:
            hint = "Every block multiplies it by λ once, also on the way back."
            raise NotYet(
                f"for λ = {scale:g} you give {answer:.3g}, and that is not what {BLOCKS} "
                f"shortcuts leave. {hint}"
            )
    return (
        "0.95^54 = 0.063 and 0.98^54 = 0.34: a twentieth less per block is a factor "
        "16 after 54 blocks, "
        "a fiftieth less is a factor 3."
    )
