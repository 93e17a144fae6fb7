"""All single paths of a small residual network, and the gradient that each of them carries."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...formatting import number, plural

EVERY_LENGTH = "all"


@dataclass(frozen=True, eq=False, kw_only=True)
class UnraveledMeasurement:
    """2^n paths through n blocks, shortest first; a path passes block l or goes around it over the
    skip.

    Norms are those of gradients of the ten scores with respect to the input, a 10 x 32 matrix. A
    path through a deleted block carries nothing.
    """

    deleted: tuple[bool, ...]  # (blocks,)
    passes: np.ndarray  # (paths, blocks), bool
    norms: np.ndarray  # (paths,)
    length_norms: np.ndarray  # (blocks + 1,) of the sum of the paths of each length
    gradient_norm: float  # of the network's own gradient, from back-propagation
    difference: float  # norm of the sum of all paths minus that gradient
    highlight: str  # a length, or "all"

    @property
    def blocks(self) -> int:
        """n."""
        return len(self.deleted)

    @cached_property
    def lengths(self) -> np.ndarray:
        """The number of blocks on each path."""
        return self.passes.sum(1)

    @cached_property
    def alive(self) -> np.ndarray:
        """Which paths pass no deleted block."""
        return np.logical_not((self.passes & np.array(self.deleted)).any(1))

    @cached_property
    def highlighted(self) -> np.ndarray:
        """Which paths stand out: those of the length chosen, as far as they are alive."""
        if self.highlight == EVERY_LENGTH:
            return self.alive
        return self.alive & (self.lengths == int(self.highlight))

    @property
    def summary(self) -> str:
        """How many paths are left, what the highlighted ones carry, and that all together are
        the gradient.
        """
        relative = self.difference / self.gradient_norm
        agreement = "to within rounding" if relative < 1e-4 else f"but for {number(relative)} of it"
        return (
            f"{plural(self.blocks, 'block')}, {self._counted}.{self._of_length} The "
            "gradients of the paths add up to that "
            f"of the network, norm {number(self.gradient_norm, 3)}, {agreement}."
        )

    @property
    def _counted(self):
        total, left = len(self.passes), int(self.alive.sum())
        if left == total:
            return f"2^{self.blocks} = {total} paths"
        return f"{sum(self.deleted)} of them deleted: {left} of {total} paths left"

    @property
    def _of_length(self):
        if self.highlight == EVERY_LENGTH:
            return ""
        count = int(self.highlighted.sum())
        if not count:
            return (
                f" No path of length {self.highlight} is left."
                if int(self.highlight) <= self.blocks
                else (f" No path has length {self.highlight}: the longest has {self.blocks}.")
            )
        norm = number(self.length_norms[int(self.highlight)], 3)
        carries = "carries a gradient" if count == 1 else "together carry a gradient"
        return f" The {plural(count, 'path')} of length {self.highlight} {carries} of norm {norm}."
