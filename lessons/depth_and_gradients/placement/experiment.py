"""The gradient at every layer with no skip, one long skip, four in a row or one over each layer."""

from functools import lru_cache

import numpy as np

from ...errors import one_of, real_number, whole_number
from ...network.compiled_topology import WITHOUT_NORMS, compile_topology
from ...network.side_by_side import side_by_side
from ...network.topology import Skip, Topology
from ..random_networks import relative_squares
from ..skip_placement.experiment import DEPTH, ROWS, WIDTH, drawn, gradients
from .measurement import PlacementMeasurement

FOUR = 4
PLACEMENTS = ("none", "one long", "four in a row", "all")


def place_skips(placement: str, first: int) -> Topology:
    """A network of 32 layers whose skips lead from h_first to h_32, one behind the other.

    Where fewer layers are left than skips, each layer has one. Raises LearnerError.
    """
    kind = one_of("skips", placement, PLACEMENTS)
    first = whole_number("first skip", first, 0, DEPTH - 1)
    count = min((0, 1, FOUR, DEPTH)[kind], DEPTH - first)
    ends = np.rint(np.linspace(first, DEPTH, count + 1)).astype(int).tolist()
    return Topology(DEPTH, tuple(map(Skip, ends[:-1], ends[1:])))


def measure_placement(
    placement: str = "one long",
    first: int = 0,
    weight_variance: float = 1.0,
    branch_scale: float = 1.0,
    seed: int = 0,
) -> PlacementMeasurement:
    """Mean squared gradients of 16 ReLU networks of width 32 and depth 32, with and without skips.

    W ~ N(0, weight_variance / 32), no biases, no normalisation, 16 inputs ~ N(0, 1) each. Raises
    LearnerError.
    """
    topology = place_skips(placement, first)
    settings = real_number("weight variance", weight_variance, 0.01, 100), branch_scale, seed
    found = side_by_side(lambda each: _relative(each, *settings), (topology, Topology(DEPTH)))
    return PlacementMeasurement(topology, *found)


@lru_cache(maxsize=64)  # the networks without skips are the same at most moves
def _relative(topology, weight_variance, branch_scale, seed):
    settings = dict(max_depth=ROWS, branch_scale=branch_scale, **WITHOUT_NORMS)
    compiled = compile_topology(topology, WIDTH, **settings)
    parameters, inputs, readouts = drawn(seed)
    found = gradients(parameters, compiled, inputs, readouts, np.float32(weight_variance))
    return relative_squares(np.asarray(found)[:, : DEPTH + 1], -1)
