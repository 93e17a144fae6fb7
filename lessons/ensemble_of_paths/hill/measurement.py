"""Two hills over the path length: how many paths there are, and what they carry."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number
from ..path_length.measurement import PathLengthMeasurement

IN_QUADRATURE = 1  # in path_length.measurement.WAYS


@dataclass(frozen=True, eq=False)
class HillMeasurement:
    """Paths from the input to the ten scores of one untrained network, by length."""

    branch_scale: float
    found: PathLengthMeasurement

    @property
    def counts(self) -> np.ndarray:
        """The part of all paths that has length 0 ... n, (n + 1,)."""
        return self.found.counts / self.found.counts.sum()

    @property
    def carried(self) -> np.ndarray:
        """The part of the squared gradients, added over single paths, by length, (n + 1,)."""
        return self.found.shares[IN_QUADRATURE]

    @property
    def mean_length(self) -> float:
        """Where the hill of what they carry lies: layers, each path counted by its square."""
        return float(self.found.mean_lengths[IN_QUADRATURE])

    @property
    def summary(self) -> str:
        """Where both hills lie."""
        blocks = self.found.topology.depth
        return (
            f"What the paths carry has passed {number(self.mean_length)} layers on average, with "
            f"β = {self.branch_scale:g}. The {number(self.found.topology.path_count)} paths "
            f"themselves have {number(self.found.mean_count)} of {blocks}."
        )
