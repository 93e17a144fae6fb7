"""The same picture the way most notebooks make it: layers unrolled, jitted per topology, a new
pyplot figure each time.
"""

import io
import time

import jax
import jax.numpy as jnp
import matplotlib
import numpy as np

matplotlib.use("agg")
from matplotlib import pyplot

from lessons.residual_block.block.experiment import GRID, WIDTH
from lessons.residual_block.block.explorer import block_explorer
from tests.panels import compilations

from .timing import print_table

DEPTHS = (2, 8, 16, 24, 32, 8, 16)  # the last two a second time


def usual_move(weights, depth, branch_scale=0.25):
    """One move of the depth slider in a notebook without this package."""

    @jax.jit
    def network(x, skips_scale):
        plain = residual = x
        for w in weights[:depth]:
            plain = jax.nn.relu(plain) @ w
            residual = residual + skips_scale * jax.nn.relu(residual) @ w
        return plain, residual

    points = jnp.zeros((GRID.size // 2, WIDTH)).at[:, :2].set(GRID.reshape(-1, 2))
    plain, residual = network(points, branch_scale)
    figure, axes = pyplot.subplots(1, 2, figsize=(9.4, 4.4), dpi=200, layout="constrained")
    for ax, image in zip(axes, (plain, residual), strict=True):
        ax.plot(*np.asarray(image)[:, :2].T)
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close(figure)


def timed(move):
    compiled, start = compilations(), time.perf_counter()
    move()
    return 1e3 * (time.perf_counter() - start), compilations() - compiled


def main():
    """Prints both ways side by side."""
    panel = block_explorer(depth=1, span=1, placement="all skips", branch_scale=0.25)
    weights = [
        jnp.asarray(np.random.default_rng(l).normal(size=(WIDTH, WIDTH)) / 6, jnp.float32)
        for l in range(32)
    ]
    rows = []
    for depth in DEPTHS:
        here, compiled_here = timed(
            lambda depth=depth: setattr(panel.controls["depth"], "value", depth)
        )
        usual, compiled = timed(lambda depth=depth: usual_move(weights, depth))
        rows.append((depth, here, compiled_here, usual, compiled, usual / here))
    header = ("depth", "panel ms", "compilations", "usual way ms", "compilations", "usual / panel")
    print_table("One move of the depth slider, this panel and the usual way", header, rows)
