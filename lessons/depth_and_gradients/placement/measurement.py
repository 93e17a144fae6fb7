"""How much gradient reaches each layer with a few skips, and with none."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural
from ...network.topology import Topology


@dataclass(frozen=True, eq=False)
class PlacementMeasurement:
    """Mean squared gradients at h_0 ... h_L relative to that at h_L, each (networks, L + 1).

    `gradient` is that of the networks with the skips of `topology`, `without` that of the same
    weights with no skip.
    """

    topology: Topology
    gradient: np.ndarray
    without: np.ndarray

    @property
    def median(self) -> np.ndarray:
        """The typical network, (L + 1,)."""
        return np.median(self.gradient, 0)

    @property
    def at_layer_1(self) -> float:
        """What layer 1 learns from: the median at h_1, the state behind it."""
        return float(self.median[1])

    @property
    def summary(self) -> str:
        """What layer 1 gets, what the poorest layer gets, and the skips that are there."""
        behind = self.median[1:]  # h_0 is the input: no weights learn from the gradient there
        least = 1 + int(behind.argmin())
        return (
            f"Layer 1 gets {number(self.at_layer_1)} times the squared gradient at the output "
            f"(median of {len(self.gradient)} networks). "
            f"The least, {number(behind.min())}, is at layer {least}. {self._skips}"
        )

    @property
    def _skips(self):
        skips, depth = self.topology.skips, self.topology.depth
        if not skips:
            return f"No skip: one path, through all {depth} layers."
        first, last = skips[0], skips[-1]
        where = f"from h_{first.start} to h_{last.stop}"
        shortest = plural(self.topology.shortest_path, "layer")
        return f"{plural(len(skips), 'skip')} {where}: the shortest path has {shortest}."
