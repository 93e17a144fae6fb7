"""Whether the gradients at different inputs have anything to do with each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ..errors import whole_number
from ..formatting import plural
from ..network.arrays import Float
from .blocks import BlockError, as_cotangent, as_floats, checked, pulls
from .drawn import Drawn
from .figure import CorrelationView
from .programs import prepare


@dataclass(frozen=True, eq=False, repr=False)
class GradientCorrelation(Drawn):
    """Correlation of the gradients at two inputs, at every state, h_0 first; 1 at the last, where
    all have the same.

    The mean of g . g' over the pairs of inputs, divided by the mean of |g|^2: of neighbours in the
    list, and of all pairs. Near 0 the gradients are shattered: as different as white noise
    (Balduzzi et al., 2017, arXiv:1702.08591; lesson 5).
    """

    neighbours: Float[np.ndarray, " states"]
    all_pairs: Float[np.ndarray, " states"]
    inputs: int

    view_type = CorrelationView

    @property
    def summary(self) -> str:
        return (
            f"{plural(len(self.neighbours) - 1, 'block')}, {self.inputs} inputs: the gradients at "
            f"the input correlate {_signed(self.neighbours[0])} between neighbours and "
            f"{_signed(self.all_pairs[0])} over all pairs; 1 would be a network that treats all "
            "inputs alike, 0 white noise."
        )


def gradient_correlation(
    blocks: Sequence, inputs: Any, cotangent: Any = None, *, seed: int = 0
) -> GradientCorrelation:
    """How alike the gradients of sum(cotangent * h_n) are at the inputs, at every state.

    inputs: (inputs, ...), at least two, each what a block takes; neighbours in this list should be
    neighbours in space, such as points of a line. cotangent: of the shape of the last state; if not
    given, standard normal numbers by `seed`. Raises BlockError.
    """
    inputs = as_floats("inputs", inputs)
    if inputs.ndim < 2 or len(inputs) < 2:
        raise BlockError(
            "inputs must be a stack of at least two inputs, one in each row, got an array of shape "
            f"{inputs.shape}."
        )
    found, states = checked(blocks, inputs[0])
    if cotangent is None:
        cotangent = drawn_cotangent(states[-1], seed)
    cotangent = as_cotangent(cotangent, states[-1])

    def gradients(x):
        states = [x]
        for block in found:
            states.append(block(states[-1]))
        at = [cotangent]
        for past, through in reversed(pulls(found, states)):
            at.append(past(at[-1]) + through(at[-1]))
        return at[::-1]

    at_states = prepare(jax.vmap(gradients), inputs)(inputs)
    rows = [np.asarray(each, np.float64).reshape(len(inputs), -1) for each in at_states]
    neighbours, all_pairs = zip(*map(correlations, rows), strict=True)
    return GradientCorrelation(np.array(neighbours), np.array(all_pairs), len(inputs))


def drawn_cotangent(last, seed: int):
    """Standard normal numbers in the shape of the last state."""
    seed = whole_number("seed", seed, 0, 2**32 - 1, BlockError)
    return jnp.asarray(np.random.default_rng(seed).standard_normal(last.shape), last.dtype)


def correlations(gradients: Float[np.ndarray, "inputs size"]) -> tuple[float, float]:
    """Of neighbouring rows, and of all pairs of rows."""
    square, total = (gradients**2).sum(1).mean(), gradients.sum(0)
    if not square:
        raise BlockError("gradients must not all be 0 to be compared; no gradient comes through.")
    count = len(gradients)
    neighbours = (gradients[1:] * gradients[:-1]).sum(1).mean()
    pairs = (total @ total / count - square) / (count - 1)
    return float(neighbours / square), float(pairs / square)


def _signed(value):
    return f"{value:.2f}".replace("-", "−")
