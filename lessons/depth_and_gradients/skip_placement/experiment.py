"""Where skips have to be: the gradient at every layer for any choice of them."""

from functools import lru_cache, partial

import jax
import numpy as np

from ...errors import one_of, real_number
from ...network.compiled_topology import compile_topology
from ...network.normalisations import DIVIDING, NONE
from ...network.side_by_side import side_by_side
from ...network.topology import Skip, Topology
from ..random_networks import draw_data, draw_networks, relative_squares, root_mean_squares
from ..theory import mean_squares
from .measurement import SkipPlacementMeasurement

DEPTH, WIDTH, BATCH = 32, 32, 16
NETWORKS, FEW = 16, 6
ROWS = DEPTH + 1  # one more state than the network has
NORMS = {norm.name: norm.key for norm in (NONE, *DIVIDING)}
LONG = (0, DEPTH)
LEFT_OUT = (
    1,
    4,
    8,
    12,
    16,
    20,
    24,
    28,
    32,
)  # one at a time; all 32 would take more time than all the rest


def _blocks(layers):
    return tuple((layer - 1, layer) for layer in layers)


PRESETS = {
    "none": (),
    "all": _blocks(range(1, DEPTH + 1)),
    "every 2nd": _blocks(range(2, DEPTH + 1, 2)),
    "every 4th": _blocks(range(4, DEPTH + 1, 4)),
    "first half": _blocks(range(1, DEPTH // 2 + 1)),
    "one long": (LONG,),
    "all but one": _blocks(layer for layer in range(1, DEPTH + 1) if layer != DEPTH // 2),
    "random half": _blocks(
        sorted(1 + np.random.default_rng(0).permutation(DEPTH)[: DEPTH // 2].astype(object))
    ),
}


def measure_skip_placement(
    skips: tuple = PRESETS["all"],
    weight_variance: float = 1.0,
    branch_scale: float = 1.0,
    norm: str = "none",
    seed: int = 0,
) -> SkipPlacementMeasurement:
    """Mean squared gradient at h_0 ... h_32 of 16 ReLU networks of width 32 whose skips are (start,
    stop) in `skips`.

    W ~ N(0, weight_variance / 32), no biases, 16 inputs ~ N(0, 1) each, statistics of the batch as
    constants. Beside it what the gradient at h_1 loses when one of 32 skips over one layer is left
    out, in 6 networks. Raises LearnerError.
    """
    topology = Topology(DEPTH, tuple(Skip(*ends) for ends in skips))
    normalisation = tuple(NORMS.values())[one_of("normalisation", norm, tuple(NORMS))]
    variance = real_number("weight variance", weight_variance, 0.01, 100)
    settings = dict(branch_scale=branch_scale, normalisation=normalisation)
    compiled = compile_topology(topology, WIDTH, max_depth=ROWS, post_norm=None, **settings)
    parameters, inputs, readouts = drawn(seed)
    found, missing = side_by_side(
        lambda measure: measure(),
        [
            lambda: gradients(parameters, compiled, inputs, readouts, np.float32(variance)),
            lambda: _one_missing(seed, variance, branch_scale, normalisation),
        ],
    )
    relative = relative_squares(np.asarray(found)[:, : DEPTH + 1], -1)
    theory = mean_squares(topology, weight_variance=variance, batch=BATCH, **settings).gradient
    return SkipPlacementMeasurement(
        topology=topology, gradient=relative, theory=theory, left_out=LEFT_OUT, missing=missing
    )


@lru_cache(maxsize=8)
def drawn(seed):
    """Weights of the 16 networks, their inputs and their readouts."""
    return draw_networks(seed, DEPTH, NETWORKS, WIDTH, ROWS), *draw_data(
        seed, NETWORKS, BATCH, WIDTH
    )


gradients = jax.jit(partial(root_mean_squares, gradient=True))


@lru_cache(maxsize=64)
def _one_missing(seed, weight_variance, branch_scale, normalisation):
    """Squared gradient at h_1 without the skip over one layer of LEFT_OUT, relative to that with
    all: (9, FEW).
    """
    parameters, inputs, readouts = drawn(seed)
    settings = dict(branch_scale=branch_scale, normalisation=normalisation, post_norm=None)
    compiled = compile_topology(Topology.residual(DEPTH), WIDTH, max_depth=ROWS, **settings)
    # Skips cannot be mapped over cheaply if their number differs. So the one left out starts at a
    # state beyond the network, which is 0; the layer below it computes without the branch scale,
    # like any layer without a skip.
    starts, scales = (
        np.tile(a, (len(LEFT_OUT) + 1, 1)) for a in (compiled.starts, compiled.scales)
    )
    for row, layer in enumerate(LEFT_OUT, 1):
        starts[row, layer - 1], scales[row, layer] = ROWS, 1
    found = np.asarray(
        _of_placements(
            parameters, compiled, starts, scales, inputs, readouts, np.float32(weight_variance)
        )
    )
    at_h_1 = relative_squares(found[:, :, : DEPTH + 1], -1)[:, :, 1]
    return at_h_1[1:] / at_h_1[0]


@jax.jit
def _of_placements(parameters, compiled, starts, scales, inputs, readouts, weight_variance):
    few = jax.tree.map(lambda p: p[:, :FEW], parameters)

    def one(starts, scales):
        return gradients(
            few,
            compiled._replace(starts=starts, scales=scales),
            inputs[:FEW],
            readouts[:FEW],
            weight_variance,
        )

    return jax.vmap(one)(starts, scales)
