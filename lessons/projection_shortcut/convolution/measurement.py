"""A projection of images: one linear map written in three ways."""

from dataclasses import dataclass

import numpy as np

ROUNDING = 1e-5  # of the largest number; float32 keeps 1e-7 per operation


@dataclass(frozen=True, eq=False, kw_only=True)
class ConvolutionMeasurement:
    """A 1x1 convolution with a stride, the same W at every pixel that the stride keeps, and one
    matrix on all numbers.
    """

    image: np.ndarray  # (rows, columns, a)
    W: np.ndarray  # (a, b)
    matrix: np.ndarray  # (rows columns a, kept rows kept columns b)
    stride: int
    convolved: np.ndarray  # (kept rows, kept columns, b), and so are the next two
    pointwise: np.ndarray
    multiplied: np.ndarray

    @property
    def difference(self) -> float:
        """The largest difference between the three results, as a part of the largest number in
        them.
        """
        others = np.stack([self.pointwise, self.multiplied])
        return float(np.abs(others - self.convolved).max() / np.abs(self.convolved).max())

    @property
    def summary(self) -> str:
        """Shapes, and whether the three agree."""
        agree = "agree to rounding" if self.difference < ROUNDING else "do not agree"
        shapes = " → ".join(
            " × ".join(map(str, array.shape)) for array in (self.image, self.convolved)
        )
        return (
            f"{shapes}, 1x1 convolution, stride {self.stride}. W has {self.W.size} numbers. "
            f"As one matrix of {' × '.join(map(str, self.matrix.shape))} it has "
            f"{np.count_nonzero(self.matrix)} that are not 0, "
            f"the same {self.W.size} at each pixel kept. The convolution, W at each of "
            f"these pixels and the matrix {agree}."
        )
