"""Plain and residual networks with the same weights, at any depth, weight variance and scale."""

from ...errors import real_number
from ...network.compiled_topology import WITHOUT_NORMS, compile_topology
from ...network.topology import Topology
from ..gradient_norm.experiment import WIDTH, squares
from .measurement import GrowthMeasurement


def measure_growth(
    depth: int = 24, weight_variance: float = 2.0, branch_scale: float = 1.0, seed: int = 0
) -> GrowthMeasurement:
    """The gradients of `measure_gradient_norm`: 16 ReLU networks of width 48, no normalisation.

    A skip over every layer, or none. Raises LearnerError.
    """
    variance = real_number("weight variance", weight_variance, 0.01, 100)
    settings = dict(branch_scale=branch_scale, **WITHOUT_NORMS)
    networks = [
        compile_topology(topology, WIDTH, **settings)
        for topology in (Topology.plain(depth), Topology.residual(depth))
    ]
    plain, residual = squares(networks, depth, variance, seed, gradient=True)
    return GrowthMeasurement(depth, weight_variance, branch_scale, plain, residual)
