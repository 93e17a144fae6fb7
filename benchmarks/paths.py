"""The exact sums over all paths, against the bare products of matrices that they need. Promise:
60 ms at 54 blocks of width 64.
"""

import jax
import jax.numpy as jnp
import numpy as np

from lessons.network.compiled_topology import compile_topology
from lessons.network.network import draw, propagate, scale_draws
from lessons.network.path_sums import path_sums
from lessons.network.topology import Topology

from .timing import print_table, seconds

BLOCKS, OUTPUTS = 54, 10


def main(repeats: int = 30):
    rows = []
    for width in (32, 64):
        compiled = compile_topology(
            Topology.residual(BLOCKS), width, max_depth=BLOCKS, branch_scale=0.2
        )
        parameters = scale_draws(
            draw(jax.random.key(0), width=width, max_depth=BLOCKS), compiled.widths
        )
        states = jax.jit(propagate)(
            parameters, compiled, jax.random.normal(jax.random.key(1), (1, width))
        )
        cotangents = jax.random.normal(jax.random.key(2), (OUTPUTS, width))
        arguments = (parameters, compiled, states, jnp.int32(0), cotangents)
        sums = seconds(
            lambda: jax.block_until_ready(path_sums(*arguments, longest_skip=8)), repeats
        )
        any_skip = seconds(lambda: jax.block_until_ready(path_sums(*arguments)), repeats)
        bare = seconds(
            lambda: jax.block_until_ready(_products(states[0, 0], jnp.eye(width))), repeats
        )
        rows.append(
            (
                width,
                *(
                    1e3 * float(statistic(times))
                    for times in (sums, any_skip, bare)
                    for statistic in (np.min, np.median)
                ),
            )
        )
    header = (
        "width",
        "spans to 8: least",
        "median",
        "any span: least",
        "median",
        "bare products: least",
        "median",
    )
    print_table(f"All 2^{BLOCKS} paths by length, ms", header, rows)


@jax.jit
def _products(start, jacobian):
    """The two products for every block and every length up to its distance from the nearer end,
    and nothing else.
    """
    width = jacobian.shape[0]
    lengths = jnp.broadcast_to(start[None, None, :], (width, BLOCKS // 4, width))

    def step(_, sums):
        half = (jacobian.T @ sums.reshape(width, -1)).reshape(sums.shape)
        return (half.reshape(-1, width) @ jacobian).reshape(sums.shape)

    return jax.lax.fori_loop(0, BLOCKS, step, lengths)


if __name__ == "__main__":
    main()
