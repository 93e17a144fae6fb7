"""Two gradients as curves over the input, and how much neighbours agree in each."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural

NOISE = 0.125  # two standard errors of the correlation of neighbours in 256 independent numbers


@dataclass(frozen=True, eq=False)
class TwoCurvesMeasurement:
    """dy/dx at 256 inputs of a plain network, and of one with the same weights and skips."""

    depth: int
    span: int
    branch_scale: float
    curves: np.ndarray  # (2, 256), plain and residual, each divided by its root mean square
    agreement: np.ndarray  # (2,), correlation of dy/dx at neighbouring inputs

    @property
    def summary(self) -> str:
        """How much neighbours agree in each, and in which networks."""
        plain, residual = map(agreed, self.agreement)
        skips = "a skip over each layer"
        if self.span > 1:
            skips = f"skips over {self.span} layers each"
        scale = "" if self.branch_scale == 1 else f", β = {number(self.branch_scale)}"
        return (
            f"Correlation of neighbours: plain {plain}, residual {residual} "
            f"({plural(self.depth, 'layer')}, {skips}{scale}). 1: a smooth curve; 0: noise."
        )


def agreed(value: float) -> str:
    """A correlation of neighbours in words: what noise has by chance is about 0."""
    return "about 0" if abs(value) < NOISE else f"{value:.2f}".replace("-", "−")
