"""What a plane of inputs looks like behind a plain network and behind the same weights with
skips.
"""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural
from ...network.topology import Topology


@dataclass(frozen=True, kw_only=True)
class BlockMeasurement:
    """Points on a plane in R^width, and where two networks send them.

    Coordinates are those along the plane's two orthonormal directions, of shape (rows, columns, 2).
    A distance is mean |h_L - h_0|^2 / mean |h_0|^2 over the points, in all of R^width: 0 for the
    identity, about 2 for an output of the input's size that has nothing to do with it.
    """

    topology: Topology
    branch_scale: float
    grid: np.ndarray
    plain: np.ndarray
    residual: np.ndarray
    plain_distance: float
    residual_distance: float

    @property
    def formula(self) -> str:
        """The state behind the first skip, with the numbers filled in. Without a skip there is
        none.
        """
        scale = "" if self.branch_scale == 1 else f"{number(self.branch_scale)} "
        first = self.topology.skips[0]
        return f"h_{first.stop} = {scale}F(h_{first.start}) + h_{first.start}"

    @property
    def summary(self) -> str:
        """Formula, and how far both outputs are from the input."""
        distances = (
            f"{number(self.plain_distance)} without skips, "
            f"{number(self.residual_distance)} with them"
        )
        if not self.topology.skips:
            distances = number(self.plain_distance)
        return (
            f"{self._skips()} Relative squared distance of the output from the input: {distances}."
        )

    def _skips(self):
        skips = self.topology.skips
        if not skips:
            return (
                f"Skips off: nothing is added to what {plural(self.topology.depth, 'layer')} "
                "make of h_0."
            )
        first, last = skips[0], skips[-1]
        layers = (
            f"layer {first.stop}"
            if first.span == 1
            else f"layers {first.start + 1} to {first.stop}"
        )
        more = (
            ""
            if len(skips) == 1
            else f" So on for {len(skips)} skips, the last from h_{last.start} to h_{last.stop}."
        )
        return f"{self.formula}, where F is {layers}.{more}"
