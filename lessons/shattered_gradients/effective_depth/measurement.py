"""Effective depth s against the correlation of gradients, for several kinds of network at every
depth.
"""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural


@dataclass(frozen=True, eq=False, kw_only=True)
class OneNumberMeasurement:
    """s = sum of p_l over the layers, p_l the part of the squared gradient that layer l adds; and
    R, as in correlation_depth.

    A plain layer adds all there is, p_l = 1 and s = L. Both are means over networks.
    """

    depth: int  # the one that the panel points at
    centred: bool
    networks: int
    width: int
    names: tuple[str, ...]  # "plain", "residual, β = 1", ..., "pre-norm (batch)"
    effective_depths: np.ndarray  # (arms, 65)
    correlations: np.ndarray  # (arms, 65)
    reference: np.ndarray  # (points,) values of s
    large_steps: np.ndarray  # (points,) R of plain networks there, by theory
    small_steps: np.ndarray  # (points,) R of networks of very many, very small blocks

    @property
    def spread(self) -> float:
        """Largest factor between a measured R and the nearer of the two theories, where R is at
        least 0.1.
        """
        worst = 1.0
        for s, r in zip(self.effective_depths, self.correlations, strict=True):
            within = (r >= 0.1) & (s <= self.reference[-1])
            ends = np.array(
                [
                    np.interp(s[within], self.reference, theory)
                    for theory in (self.large_steps, self.small_steps)
                ]
            )
            outside = np.maximum(ends.min(0) / r[within], r[within] / ends.max(0))
            worst = max(worst, outside.max())
        return worst

    @property
    def summary(self) -> str:
        """Each network at the depth pointed at, and how well one number does."""
        here = "; ".join(
            f"{name} s = {number(s[self.depth])}, R = {max(r[self.depth], 0):.2f}"
            for name, s, r in zip(self.names, self.effective_depths, self.correlations, strict=True)
        )
        kind = "centred over the batch" if self.centred else "not centred"
        return (
            f"At {plural(self.depth, 'layer')}, {kind}: {here}. Where R is at least 0.1, "
            "no point lies outside the band between the "
            f"two theories by more than a factor {self.spread:.1f} (mean of "
            f"{plural(self.networks, 'network')} of width {self.width})."
        )
