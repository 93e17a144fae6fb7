"""Plain and residual networks with the same weights, at any depth, weight variance and scale."""

from ..gradient_norm.experiment import measure_gradient_norm
from .measurement import GrowthMeasurement


def measure_growth(
    depth: int = 24, weight_variance: float = 2.0, branch_scale: float = 1.0, seed: int = 0
) -> GrowthMeasurement:
    """The gradients of `measure_gradient_norm`: 16 ReLU networks of width 48, no normalisation.

    A skip over every layer, or none. Raises LearnerError.
    """
    found = measure_gradient_norm(depth, weight_variance, branch_scale, seed=seed)
    return GrowthMeasurement(depth, weight_variance, branch_scale, found.plain, found.residual)
