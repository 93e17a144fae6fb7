"""The input gradient at several depths, against the bare matrix products and, if it is
installed, PyTorch.
"""

import importlib.util

import jax
import jax.numpy as jnp
from jax import lax

from lessons.network.compiled_topology import compile_topology
from lessons.network.gradients import derivatives_at_all_depths, state_gradients
from lessons.network.network import draw, scale_draws
from lessons.network.topology import Topology

from .timing import milliseconds, print_table

WIDTH, BATCH = 200, 256
DEPTHS = (1, 8, 24, 64)


@jax.jit
def bare_products(weights, depth, inputs):
    """What a pass costs at the least: one product per layer, and nothing else."""
    return lax.fori_loop(0, depth, lambda l, h: h @ weights[l], inputs)


def torch_gradient(weights, depth, inputs):
    """A function that computes the same gradient of a residual network in PyTorch, eagerly; None
    without PyTorch.
    """
    if importlib.util.find_spec("torch") is None:
        return None
    import numpy as np
    import torch

    layers = [torch.tensor(np.array(w)) for w in weights[:depth]]
    x = torch.tensor(np.array(inputs), requires_grad=True)

    def gradient():
        h = x
        for w in layers:
            h = h + torch.relu(h) @ w
        return torch.autograd.grad(h.sum(), x)[0]

    return gradient


def row_of(depth, parameters, inputs):
    compiled, ones = compile_topology(Topology.residual(depth), WIDTH), jnp.ones(WIDTH)
    products = milliseconds(
        lambda: bare_products(parameters.weights, compiled.depth, inputs).block_until_ready()
    )
    reverse = milliseconds(
        lambda: jax.block_until_ready(state_gradients(parameters, compiled, inputs, ones))
    )
    forward = milliseconds(
        lambda: jax.block_until_ready(
            derivatives_at_all_depths(parameters, compiled, inputs, inputs)
        )
    )
    gradient = torch_gradient(parameters.weights, depth, inputs)
    torch = milliseconds(gradient) if gradient else "not installed"
    # Reverse mode needs two products per layer, one forwards and one back; forward mode two as
    # well.
    return (
        depth,
        products,
        reverse,
        reverse / (2 * products),
        forward,
        forward / (2 * products),
        torch,
    )


def main():
    """Prints the table."""
    widths = compile_topology(Topology.plain(64), WIDTH).widths
    parameters = scale_draws(draw(jax.random.key(0), width=WIDTH), widths)
    inputs = jax.random.normal(jax.random.key(1), (BATCH, WIDTH))
    header = (
        "depth",
        "products ms",
        "reverse ms",
        "/ 2 products",
        "all depths, forward ms",
        "/ 2 products",
        "PyTorch reverse ms",
    )
    rows = (row_of(depth, parameters, inputs) for depth in DEPTHS)
    print_table(
        f"Input gradient of a residual network, width {WIDTH}, {BATCH} inputs", header, rows
    )
