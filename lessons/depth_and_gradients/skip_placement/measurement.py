"""How much gradient reaches each layer with given skips, and what any one skip is worth."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural
from ...network.topology import Topology


@dataclass(frozen=True, eq=False, kw_only=True)
class SkipPlacementMeasurement:
    """Mean squared gradient at h_0 ... h_L relative to that at h_L, and the paths from input to
    output.

    `gradient` is (networks, L + 1), `theory` its expectation (L + 1,). `missing` is (layers,
    networks): the square at h_1 when there is a skip over every layer but one of `left_out`,
    relative to that with all of them.
    """

    topology: Topology
    gradient: np.ndarray
    theory: np.ndarray
    left_out: tuple[int, ...]
    missing: np.ndarray

    @property
    def median(self) -> np.ndarray:
        """The typical network, (L + 1,)."""
        return np.median(self.gradient, 0)

    @property
    def summary(self) -> str:
        """Skips, paths, and how much gradient reaches the first layer."""
        topology, depth = self.topology, self.topology.depth
        paths = "1 path" if topology.path_count == 1 else f"{_whole(topology.path_count)} paths"
        return (
            f"{plural(len(topology.skips), 'skip')}: {paths}, the shortest through "
            f"{plural(topology.shortest_path, 'layer')}. "
            f"Squared gradient at h_1, behind layer 1: {number(self.median[1])} times "
            f"that at h_{depth} (median of "
            f"{len(self.gradient)} networks; closed form of the mean {number(self.theory[1])}); "
            f"the least is {number(self.median.min())}, at h_{self.median.argmin()}."
        )


def _whole(count):
    return f"{count:,}".replace(",", "\u202f")
