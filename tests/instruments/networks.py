"""Networks that the tests of the instruments measure, and the gradient along each single path."""

from functools import partial
from itertools import product

import jax
import jax.numpy as jnp
import numpy as np

from lessons.network.compiled_topology import compile_topology
from lessons.network.network import draw, scale_draws
from lessons.network.topology import Topology

WIDTH, BLOCKS, SCALE = 6, 5, 0.5


def course_network(blocks=BLOCKS, seed=0):
    """Parameters and topology of one of the course's residual networks, and the same as a list of
    functions; an input and a readout.
    """
    compiled = compile_topology(
        Topology.residual(blocks), WIDTH, max_depth=blocks, branch_scale=SCALE
    )
    parameters = _drawn(seed, blocks, compiled.widths)
    layers = zip(np.asarray(parameters.weights), np.asarray(parameters.biases), strict=True)
    branches = [layer(W, b) for W, b in layers]
    rng = np.random.default_rng(seed)
    x, readout = jnp.asarray(rng.normal(size=(2, WIDTH)), jnp.float32)
    return parameters, compiled, branches, x, readout


@partial(jax.jit, static_argnums=1)
def _drawn(seed, blocks, widths):
    draws = draw(jax.random.key(seed), width=WIDTH, max_depth=blocks)
    return scale_draws(draws, widths, bias_variance=0.1)


def layer(W, b):
    """β (W relu(h) + b), the course's branch."""
    return lambda h: SCALE * (jax.nn.relu(h) @ W + b)


def mixed_network(seed=0):
    """Blocks on tokens x width: two that keep the shape, and one with a shortcut that changes it;
    an input and a cotangent.
    """
    rng = np.random.default_rng(seed)
    matrix = lambda *shape: jnp.asarray(rng.normal(size=shape) / np.sqrt(shape[0]), jnp.float32)
    among, within, narrow, past = matrix(3, 3), matrix(4, 4), matrix(4, 2), matrix(4, 2)
    blocks = [
        lambda h: jnp.tanh(among @ h),
        lambda h: jax.nn.relu(h) @ within,
        (lambda h: jnp.tanh(h) @ narrow, lambda h: h @ past),
    ]
    return blocks, matrix(3, 4), matrix(3, 2)


def along_every_path(blocks, x, cotangent):
    """The gradient along each path by brute force, from whole Jacobians: {which branches it takes:
    gradient, flat}. float64.
    """
    ways, state = [], x
    for block in blocks:
        branch, past = block if isinstance(block, tuple) else (block, lambda h: h)
        ways.append([_jacobian(past, state), _jacobian(branch, state)])
        state = past(state) + branch(state)
    found = {}
    for path in product((0, 1), repeat=len(blocks)):
        gradient = np.float64(cotangent).ravel()
        for way, chosen in zip(ways[::-1], path[::-1], strict=True):
            gradient = gradient @ way[chosen]
        found[path] = gradient
    return found


def _jacobian(function, x):
    made = jax.jit(jax.jacobian(function))(x)
    return np.asarray(made, np.float64).reshape(-1, x.size)


def sums_by_length(paths):
    """Squared norm of the sum of the paths of each length, and the sum of their squared norms."""
    most = max(map(sum, paths))
    by_length = [[g for path, g in paths.items() if sum(path) == k] for k in range(most + 1)]
    vectors = [(np.sum(group, 0) ** 2).sum() for group in by_length]
    return np.array(vectors), np.array([np.sum(np.square(group)) for group in by_length])
