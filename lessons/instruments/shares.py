"""How much each block adds: p_l, and their sum s."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..formatting import number, plural
from ..network.arrays import Float
from .blocks import as_cotangent, checked, pulls, square
from .drawn import Drawn
from .figure import SharesView


@dataclass(frozen=True, eq=False, repr=False)
class Shares(Drawn):
    """p_l of every block, 0 to 1: the part of |shortcut|^2 + |F|^2 that F brings.

    `signal` compares what F and the shortcut send on to the next state, `gradient` what they send
    back to the one before. Their sum s is the mean length of the paths: exactly if the two are
    orthogonal, as they are in expectation before training. n/2 where F is as large as what it is
    added to, H_(n+1) - 1 with pre-norm (lesson 5).
    """

    signal: Float[np.ndarray, " blocks"]
    gradient: Float[np.ndarray, " blocks"]

    view_type = SharesView

    @property
    def signal_depth(self) -> float:
        """s, by the signal."""
        return float(self.signal.sum())

    @property
    def gradient_depth(self) -> float:
        """s, by the gradient."""
        return float(self.gradient.sum())

    @property
    def summary(self) -> str:
        most, least = int(self.signal.argmax()), int(self.signal.argmin())
        return (
            f"{plural(len(self.signal), 'block')}, s = {number(self.signal_depth)} by the signal "
            f"and {number(self.gradient_depth)} by the gradient. Block {most + 1} adds most to the "
            f"signal, p = {number(self.signal[most])}, and block {least + 1} least, "
            f"{number(self.signal[least])}."
        )


def shares(blocks: Sequence, x: Any, cotangent: Any) -> Shares:
    """What part of the squared signal and of the squared gradient each block adds, at x.

    Arguments as in `growth`. n vector-Jacobian products. Raises BlockError.
    """
    found, states = checked(blocks, x)
    gradient, signal, returned = as_cotangent(cotangent, states[-1]), [], []
    for block, state in zip(found, states[:-1], strict=True):
        signal.append(_share(square(block.branch(state)), square(block.past(state))))
    for past, through in reversed(pulls(found, states)):
        before, behind = past(gradient), through(gradient)
        returned.append(_share(square(behind), square(before)))
        gradient = before + behind
    return Shares(np.array(signal), np.array(returned[::-1]))


def _share(part, rest):
    return part / (part + rest) if part else 0.0
