"""What is left of a gradient behind many skips that each carry a little less than they get."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural


@dataclass(frozen=True, eq=False)
class ScaledMeasurement:
    """A gradient on its way back through `blocks` blocks h_l = λ h_(l-1) + β f_l(h_(l-1)).

    Both curves are parts of its norm at the output, which is 1, after 0 ... blocks skips on the way
    back: along the skips alone, and on all paths together (root of the mean square over inputs).
    """

    blocks: int
    scale: float  # λ
    branch_scale: float  # β
    skips_alone: np.ndarray  # (blocks + 1,), from the output back to the input
    all_paths: np.ndarray

    @property
    def left(self) -> float:
        """What the skips alone bring to the input: |λ| to the number of blocks."""
        return float(self.skips_alone[-1])

    @property
    def summary(self) -> str:
        """The part that arrives, in percent."""
        return (
            f"{percent(self.left)} of the gradient is left after "
            f"{plural(self.blocks, 'skip')} that each carry {self.scale:g} of what they get; "
            f"with the ways through the layers (β = {self.branch_scale:g}), "
            f"{percent(float(self.all_paths[-1]))}."
        )


def percent(part: float) -> str:
    """0.34 %, 58 %; two digits, but 100 % and more are whole."""
    return f"{number(100 * part)} %"
