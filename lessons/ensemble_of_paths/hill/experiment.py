"""The exact sums over all 2^54 paths of an untrained network, at one test digit."""

from ..path_length.experiment import MAX_DEPTH, measure_path_length
from .measurement import HillMeasurement


def measure_hill(branch_scale: float = 1.0, seed: int = 0) -> HillMeasurement:
    """54 blocks of one layer and width 32, no normalisation. Raises LearnerError."""
    before_training = next(measure_path_length(MAX_DEPTH, branch_scale, seed=seed))
    return HillMeasurement(branch_scale, before_training)
