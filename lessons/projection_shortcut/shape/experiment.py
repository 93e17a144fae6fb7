"""One residual block from size a to size b, with any shortcut that fits, and what JAX says to
one that does not.
"""

import jax
import jax.numpy as jnp
import numpy as np

from ...errors import whole_number
from ...network.compiled_topology import WITHOUT_NORMS, compile_topology
from ...network.gradients import network_jacobian
from ...network.network import Parameters, draw, propagate, scale_draws
from ...network.topology import Skip, Topology
from ..shortcuts import KINDS, draw_shortcuts, skip_shortcut
from .measurement import ShapeMeasurement

WIDEST, LONGEST = 64, 4
SHORTCUTS = KINDS[:4]
ROUNDING = 1e-5  # of the largest singular value; float32 keeps 1e-7 per operation


def measure_shape(
    a: int = 24, b: int = 40, span: int = 2, shortcut: str = "zero-padding", seed: int = 0
) -> ShapeMeasurement:
    """Draws a block with `span` He layers, a and b 1 ... 64, and takes it apart at one x ~ N(0,
    I_a).

    Where the identity does not fit, the measurement holds what JAX says. Raises LearnerError.
    """
    for name, value, most in (
        ("size a", a, WIDEST),
        ("size b", b, WIDEST),
        ("span", span, LONGEST),
    ):
        whole_number(name, value, 1, most)
    fits = shortcut != "identity" or a == b
    rng = np.random.default_rng(seed)
    x = rng.normal(size=a).astype(np.float32)
    W = draw_shortcuts(shortcut, rng, a, b)[0].astype(np.float32) if fits else None
    widths = (a, *[b] * span)
    skips = (Skip(0, span, skip_shortcut(shortcut)),) if fits else ()
    compiled_topologies = [
        compile_topology(Topology(span, use, widths), WIDEST, max_depth=LONGEST, **WITHOUT_NORMS)
        for use in ((), skips)
    ]
    weights, outputs, jacobians = jax.device_get(
        _take_apart(np.uint32(seed), *compiled_topologies, _padded(x), _padded(W)[None])
    )
    values = [_singular_values(jacobian[:b, :a]) for jacobian in jacobians]
    jax_says, broadcast = ("", None) if fits else _jax_adds(outputs[0, :b], x)
    return ShapeMeasurement(
        a=a,
        b=b,
        span=span,
        shortcut=shortcut,
        x=x,
        weights=tuple(w[:m, :n] for w, m, n in zip(weights, widths, widths[1:], strict=False)),
        branch=outputs[0, :b],
        W=W,
        sum=outputs[1, :b] if fits else None,
        branch_values=values[0],
        shortcut_values=_singular_values(W) if fits else None,
        sum_values=values[1] if fits else None,
        jax_says=jax_says,
        broadcast=broadcast,
    )


@jax.jit
def _take_apart(seed, plain, residual, x, W):
    """Weights (LONGEST, WIDEST, WIDEST), F(x) and the sum (2, WIDEST), J_F and the sum's
    Jacobian (2, WIDEST, WIDEST).
    """
    draws = scale_draws(draw(jax.random.key(seed), width=WIDEST, max_depth=LONGEST), plain.widths)
    parameters = Parameters(draws.weights, draws.biases, W)
    states = [
        propagate(parameters, compiled, x[None])[compiled.depth, 0]
        for compiled in (plain, residual)
    ]
    jacobians = [
        network_jacobian(parameters, compiled, x[None], jnp.int32(0))
        for compiled in (plain, residual)
    ]
    return parameters.weights, jnp.stack(states), jnp.stack(jacobians)


def _padded(array):
    """`array` in the corner of zeros of the largest size; nothing but zeros for no W."""
    array = np.zeros((1, 1), np.float32) if array is None else array
    return np.pad(array, [(0, WIDEST - size) for size in array.shape])


def _singular_values(matrix):
    values = np.linalg.svd(np.float64(matrix), compute_uv=False)
    return np.where(values > ROUNDING * values[0], values, 0)


def _jax_adds(branch, x):
    """What JAX says to F(x) + x, and the shape that comes out if it says nothing."""
    try:
        # Shapes alone: an addition of arrays would compile for each pair of sizes.
        return "", jax.eval_shape(lambda branch, x: branch + x, branch, x).shape
    except TypeError as error:
        return str(error), None
