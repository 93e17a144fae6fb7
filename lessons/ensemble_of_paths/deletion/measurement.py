"""Errors of trained networks with some of their blocks deleted at random."""

from dataclasses import dataclass

import numpy as np

from ..lesion.measurement import KINDS as ALL_KINDS

KINDS = ALL_KINDS[:3]  # pre-norm is in the panel with everything


@dataclass(frozen=True, eq=False)
class DeletionMeasurement:
    """One trained network of each of KINDS; errors on 500 test digits, 0 to 1; guessing has 0.9."""

    deleted: int  # how many blocks
    errors: np.ndarray  # (kinds, blocks, choices); with 0 ... blocks - 1 of them deleted

    @property
    def blocks(self) -> int:
        """n."""
        return self.errors.shape[1]

    @property
    def medians(self) -> np.ndarray:
        """Over the random choices, (kinds, blocks)."""
        return np.median(self.errors, axis=2)

    @property
    def summary(self) -> str:
        """The errors that are left, the least first."""
        plain, residual, small = (f"{100 * error:.0f} %" for error in self.medians[:, self.deleted])
        choices = self.errors.shape[2]
        how = f", medians of {choices} random choices" if self.deleted else ""
        return (
            f"{self.deleted} of {self.blocks} blocks deleted: {small} wrong with β = 1/√n, "
            f"{residual} with β = 1, {plain} without skips (networks trained beforehand{how})."
        )
