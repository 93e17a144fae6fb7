"""What four streams are made of behind many skips that mix them."""

from dataclasses import dataclass

import numpy as np

from ...formatting import number, plural


@dataclass(frozen=True, eq=False, kw_only=True)
class MixingMeasurement:
    """The product of the mixing matrices of the first 0, 1, ... `blocks` blocks, without branches.

    Row i of a product says what stream i is made of: so much of each of the four streams at the
    start. The gain is the product's largest singular value, the factor by which it carries the
    combination of streams that it carries best; `second` is the next one. Where it is 0, all four
    say the same, but for a factor.
    """

    kind: str  # one of lessons.residual_stream.mixing_matrices.KINDS
    block: int  # after which the sentence looks
    averages: bool  # whether Sinkhorn's iterations made the matrices
    products: np.ndarray  # (blocks + 1, 4, 4), float64
    gain: np.ndarray  # (blocks + 1,)
    second: np.ndarray  # (blocks + 1,)
    predicted: np.ndarray | None  # of `second`, (blocks + 1,), where there is a closed form
    column_error: float  # the largest |sum of a column - 1| of a single matrix

    @property
    def shares(self) -> np.ndarray:
        """Size of each weight by the sum of sizes in its row, (blocks + 1, 4, 4), 0 to 1.

        Where no weight is negative and rows sum to 1, these are the weights themselves.
        """
        sizes = np.abs(self.products)
        return sizes / sizes.sum(-1, keepdims=True)

    @property
    def summary(self) -> str:
        """What is left of the second direction, and the gain."""
        where = f"after {plural(self.block, 'block')}"
        gain, second = _three(self.gain[self.block]), _three(self.second[self.block])
        if not self.block:
            return "1.00 of every stream is there: this is where the four streams begin."
        if not self.averages:
            return f"{second} is the second singular value {where}, next to a gain of {gain}."
        return (
            f"{second} of what tells the four streams apart is left {where}; the gain is {gain} "
            f"(columns sum to 1 within {number(self.column_error, 1)})."
        )


def _three(value):
    """Two decimals near 1; no more digits than another machine has where it is tiny."""
    return f"{value:.2f}" if 0.1 <= value < 10 else number(float(value))
