"""Lesson 1: a residual block, the identity as a plain network, and a block whose gradient is 0."""

from collections.abc import Callable
from itertools import product

import jax
import jax.numpy as jnp
import numpy as np

from ..teaching.exercise import NotYet, check, close, function, numbers, run, shape, shown

WIDTH = 3
FEWEST_UNITS = 2 * WIDTH
# Powers of 2 and small whole numbers: every machine prints the same.
MATRIX = ((1.0, -2.0), (0.5, 1.0))
CASES = (
    ("F(x) = x * x", lambda x: x * x, (2.0, -3.0)),
    ("F(x) = 0", lambda x: x * 0, (1.0, -2.0, 3.0)),
    ("F(x) = 4 - x", lambda x: 4 - x, (1.0, -2.0)),
    (
        "F(x) = relu(x) W",
        lambda x: jax.nn.relu(x) @ jnp.asarray(MATRIX, x.dtype),
        ((1.0, 2.0), (-1.0, 3.0), (0.0, -4.0)),
    ),
)
# No zeros: -x written with relu has no derivative there.
POINTS = ((1.0, 2.0, 3.0), (-2.0, 0.5, 1.0), (0.25, -1.0, -4.0), (8.0, -8.0, 5.0))


@check
def check_residual(residual: Callable):
    """Whether residual(F) is the function x -> F(x) + x, for several F and x, one of them a
    batch.
    """
    function("residual", residual)
    for name, branch, point in CASES:
        check_block(residual, name, branch, jnp.asarray(point, jnp.float32))
    return (
        f"residual(F) gives F(x) + x for all {len(CASES)} functions F tried, on "
        "single inputs and on a batch."
    )


def check_block(residual, name, branch, x):
    """NotYet unless residual(branch) gives branch(x) + x."""
    seen = []

    def observed(h):
        seen.append(jnp.array(h))  # a copy: the block may write into h later
        return branch(seen[-1])

    block = run(residual, observed, failure="residual(F) raised")
    block = function("what residual returns", block, is_answer=False)
    got = numbers("your block's output", run(block, x, failure=f"for {name}, your block raised"))
    where = f"for {name} and x = {shown(x)}"
    expected = np.asarray(branch(x) + x, np.float64)
    shape(f"{where}, your block's output", got, expected.shape)
    if not close(got, expected):
        raise NotYet(
            f"{where}, your block gives {shown(got)}, but F(x) + x is "
            f"{shown(expected)}.{elsewhere(seen, x)}"
        )


def elsewhere(seen, x) -> str:
    """A hint for a block that evaluates F at something else than x."""
    others = [h for h in seen if not same_values(h, x)]
    return f" It calls F on {shown(others[0])}, and F must see x itself." if others else ""


def same_values(h, x) -> bool:
    """Whether h equals x; true inside jax.jit, where h has no values yet."""
    if isinstance(h, jax.core.Tracer):
        return True
    return h.shape == x.shape and close(np.asarray(h, np.float64), np.asarray(x, np.float64))


@check
def check_identity_weights(W1, W2):
    """Whether relu(x W1) W2 is x for every x of size 3; x is a row."""
    # One answer is x = relu(x) - relu(-x): W1 = [I, -I], W2 = [I; -I]. Nothing does it with fewer
    # units: in f(x) + f(-x) = sum_j |x . w_j| v_j = 0 each kink needs a second one, and W1 W2 = 2 I
    # needs rank 3 of such pairs.
    W1, W2 = numbers("W1", W1), numbers("W2", W2)
    units = W1.shape[-1] if W1.ndim else 0
    shape("W1", W1, (WIDTH, units))
    shape("W2", W2, (units, WIDTH))
    x = inputs()
    outputs = np.maximum(x @ W1, 0) @ W2
    for point, output in zip(x, outputs, strict=True):
        if not close(output, point):
            raise NotYet(
                f"for x = {shown(point)} your network gives {shown(output)}.{too_few(units)}"
            )
    return f"relu(x W1) W2 is x at all {len(x)} inputs tried. {counted(units)}"


def inputs() -> np.ndarray:
    """Where a network is compared with the identity, simplest first: axes, corners, then random
    directions.
    """
    axes = np.concatenate([np.eye(WIDTH), -np.eye(WIDTH)])
    corners = np.array(list(product((1.0, -1.0), repeat=WIDTH)))
    return np.concatenate([axes, corners, np.random.default_rng(0).normal(size=(200, WIDTH))])


def too_few(units: int) -> str:
    """A hint for a hidden layer that cannot do it whatever its weights."""
    if units >= FEWEST_UNITS:
        return ""
    return (
        f" No choice of weights can do it with fewer than 2 x {WIDTH} = "
        f"{FEWEST_UNITS} hidden units, yours has {units}."
    )


def counted(units: int) -> str:
    """How many hidden units were used, beside the fewest that do it."""
    if units == FEWEST_UNITS:
        return f"Its {units} hidden units, two for each direction, are the fewest that can do it."
    return f"It has {units} hidden units; {FEWEST_UNITS}, two for each direction, would do."


@check
def check_zero_gradient(F: Callable):
    """Whether the Jacobian of x -> F(x) + x is 0 at several x of size 3: then no gradient passes
    the block.
    """
    function("F", F)
    for point in POINTS:
        x = jnp.asarray(point, jnp.float32)
        shape(
            f"F(x) for x = {shown(x)}",
            numbers("F(x)", run(F, x, failure=f"for x = {shown(x)}, F raised")),
            x.shape,
        )
        jacobian = run(
            block_jacobian, F, x, failure="JAX cannot differentiate F, so write it with jax.numpy:"
        )
        jacobian = numbers("the Jacobian of F(x) + x", jacobian)
        if not close(jacobian, np.zeros_like(jacobian)):
            raise NotYet(
                f"for x = {shown(x)} the Jacobian of F(x) + x is {shown(jacobian)}, and it "
                "must be 0 everywhere."
            )
    return (
        "F(x) + x has Jacobian 0 at every x tried, so no gradient passes. "
        "The + 1 in 1 + dF/dx does not keep it at 1 or more: dF/dx can be -1."
    )


def block_jacobian(F, x):
    """d (F(x) + x) / dx."""
    return jax.jacobian(lambda x: jnp.asarray(F(x), x.dtype) + x)(x)
