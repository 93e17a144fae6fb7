"""How signal and gradient grow from state to state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..formatting import number, plural
from ..network.arrays import Float
from .blocks import as_cotangent, checked, pulls, square
from .drawn import Drawn
from .figure import GrowthView


@dataclass(frozen=True, eq=False, repr=False)
class Growth(Drawn):
    """Squared norms at every state, h_0 first: of the state, and of the gradient of
    sum(cotangent * h_n) with respect to it.

    Without normalisation a residual network of n blocks with p_l = 1/2 multiplies either by 2^n.
    """

    signal: Float[np.ndarray, " states"]
    gradient: Float[np.ndarray, " states"]

    view_type = GrowthView

    @property
    def summary(self) -> str:
        blocks = plural(len(self.signal) - 1, "block")
        return (
            f"{blocks}. The squared signal at the end is {_times(self.signal[-1], self.signal[0])} "
            f"that at the input; the squared gradient at the input is "
            f"{_times(self.gradient[0], self.gradient[-1])} that at the end."
        )


def growth(blocks: Sequence, x: Any, cotangent: Any) -> Growth:
    """Squared signal and squared gradient at every state of the network that `blocks` make, at x.

    blocks: see `instruments.blocks`; x: an input of any shape; cotangent: of the shape of the last
    state, the gradient there. n vector-Jacobian products. Raises BlockError.
    """
    found, states = checked(blocks, x)
    gradients = [as_cotangent(cotangent, states[-1])]
    for past, through in reversed(pulls(found, states)):
        gradients.append(past(gradients[-1]) + through(gradients[-1]))
    return Growth(
        np.array([square(state) for state in states]),
        np.array([square(gradient) for gradient in gradients[::-1]]),
    )


def _times(value, base):
    return f"{number(value / base)} times" if base else "more than 0 times"
