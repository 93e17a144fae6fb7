"""The size of signal and gradient at every layer: plain and residual networks with the same
weights.
"""

from functools import lru_cache
from typing import Any

import jax
import numpy as np

from ...errors import one_of, real_number
from ...network.compiled_topology import ACTIVATIONS, compile_topology
from ...network.initialisation import layers_to_draw
from ...network.normalisations import DIVIDING, NONE, NORMALISATIONS
from ...network.side_by_side import side_by_side
from ...network.topology import Topology
from ..random_networks import (
    draw_data,
    draw_networks,
    relative_squares,
    root_mean_squares,
)
from ..theory import MeanSquares, mean_squares, relu_branch_growth
from .measurement import GradientNormMeasurement

NETWORKS, BATCH, WIDTH = 16, 24, 48
NORMS = {  # for `compile_topology`
    NONE.name: {},
    **{norm.name: {"normalisation": norm.key} for norm in NORMALISATIONS if norm != NONE},
    **{f"{norm.name}, after the addition": {"post_norm": norm.key} for norm in DIVIDING},
}
RELUS = ("before the weights only", "also after the addition", "also on the branch's output")
SCALINGS = ("as the slider says", "1 / sqrt(L)")
QUANTITIES = ("signal", "gradient")


def measure_gradient_norm(
    depth: int = 24,
    weight_variance: float = 2.0,
    branch_scale: float = 1.0,
    scaling: str = SCALINGS[0],
    norm: str = "none",
    activation: str = "relu",
    relu: str = RELUS[0],
    span: int = 1,
    first: int = 0,
    quantity: str = "gradient",
    seed: int = 0,
) -> GradientNormMeasurement:
    """Mean squares at h_0 ... h_L of 16 networks of width 48, each with 24 inputs ~ N(0, 1).

    W ~ N(0, weight_variance / 48), no biases. The gradient is that of a random readout of h_L, with
    statistics of the batch as constants. With a second ReLU the inputs are |x|, as behind an
    earlier ReLU. Raises LearnerError.
    """
    options = NORMS[tuple(NORMS)[one_of("normalisation", norm, tuple(NORMS))]]
    placed = one_of("ReLU", relu, RELUS)
    index = one_of("quantity", quantity, QUANTITIES)
    beta = depth**-0.5 if one_of("scaling", scaling, SCALINGS) else branch_scale
    variance = real_number("weight variance", weight_variance, 0.01, 100)
    topologies = Topology.plain(depth), Topology.residual(depth, span, first)
    options: dict[str, Any] = dict(options, activation=activation)
    ends = dict(relu_after=placed == 1, relu_branch=placed == 2)
    compiled_topologies = [
        compile_topology(topology, WIDTH, branch_scale=beta, **options, **ends)
        for topology in topologies
    ]
    plain, residual = squares(
        compiled_topologies, depth, variance, seed, quantity == "gradient", bool(placed)
    )
    plain_theory, residual_theory = (
        predict(
            topology, placed, branch_scale=beta, weight_variance=variance, batch=BATCH, **options
        )[index]
        for topology in topologies
    )
    return GradientNormMeasurement(
        topology=topologies[1],
        weight_variance=variance,
        branch_scale=beta,
        quantity=quantity,
        plain=plain,
        residual=residual,
        plain_theory=plain_theory,
        residual_theory=residual_theory,
        norm=norm,
    )


def squares(compiled_topologies, depth, weight_variance, seed, gradient, positive=False):
    """Mean squares in the 16 networks of each topology, relative to that at h_L if they are of
    gradients and at h_0 if not: (topologies, networks, depth + 1). `positive`: inputs are |x|.
    """
    inputs, readouts = draw_data(seed, NETWORKS, BATCH, WIDTH)
    inputs = np.abs(inputs) if positive else inputs
    parameters = draw_networks(seed, layers_to_draw(depth), NETWORKS, WIDTH)
    settings = inputs, readouts, np.float32(weight_variance), np.bool_(gradient)
    found = np.array(
        side_by_side(
            lambda compiled: _root_mean_squares(parameters, compiled, *settings),
            compiled_topologies,
        )
    )
    return relative_squares(found[:, :, : depth + 1], -1 if gradient else 0)


_root_mean_squares = jax.jit(root_mean_squares)


@lru_cache(maxsize=64)
def predict(topology: Topology, relu: int, **settings) -> MeanSquares:
    """Closed forms for one of RELUS; NaN where there is none."""
    if relu == 0:
        return mean_squares(topology, **settings)
    nothing = np.full(topology.depth + 1, np.nan)
    normalised = settings.keys() & {"normalisation", "post_norm"}
    if normalised or settings["activation"] != ACTIVATIONS[0]:
        return MeanSquares(nothing, nothing)
    if not topology.skips:  # a ReLU behind a ReLU changes nothing
        return mean_squares(topology, **settings)
    one_layer_blocks = (
        all(skip.span == 1 for skip in topology.skips) and len(topology.skips) == topology.depth
    )
    if relu == 2 and one_layer_blocks:
        growth = relu_branch_growth(settings["branch_scale"], settings["weight_variance"])
        return MeanSquares(growth ** np.arange(topology.depth + 1.0), nothing)
    return MeanSquares(nothing, nothing)
