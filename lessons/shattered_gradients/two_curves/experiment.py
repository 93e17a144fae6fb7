"""A plain and a residual network with one input, batch norm and the same weights."""

from ..gradient_curve.experiment import measure_gradient_curve
from .measurement import TwoCurvesMeasurement

ARMS = slice(1, 3)  # of the signals there: deep plain, deep residual


def measure_two_curves(
    depth: int = 24, span: int = 1, branch_scale: float = 1.0, seed: int = 0
) -> TwoCurvesMeasurement:
    """256 inputs between -2 and 2, width 100, batch norm with frozen statistics, He's variance.

    Biases have standard deviation 0.1. `measure_gradient_curve` says what may be set besides.
    Raises LearnerError.
    """
    found = measure_gradient_curve(depth, branch_scale=branch_scale, span=span, seed=seed)
    agreement = found.neighbours[ARMS]
    return TwoCurvesMeasurement(depth, span, branch_scale, found.curves[ARMS], agreement)
