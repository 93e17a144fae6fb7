"""A 1x1 convolution with a stride against its definition as a sum, one output at a time."""

import numpy as np
import pytest

from lessons.errors import NetworkError
from lessons.projection_shortcut.convolution.experiment import SIDE, as_matrix, measure_convolution


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_the_convolution_takes_w_times_the_pixels_kept(stride):
    m = measure_convolution(example=3, channels=4, stride=stride, seed=1)
    image, W = np.float64(m.image), np.float64(m.W)
    for row, column in np.ndindex(m.convolved.shape[:2]):
        for channel in range(4):
            expected = sum(
                image[row * stride, column * stride, a] * W[a, channel] for a in range(3)
            )
            assert m.convolved[row, column, channel] == pytest.approx(expected, rel=1e-5, abs=1e-5)
    assert m.difference < 1e-5 and m.summary.endswith("agree to rounding.")


def test_the_matrix_carries_each_channel_of_each_pixel_to_its_place(rng):
    W = rng.normal(size=(2, 3))
    matrix = as_matrix(W, 2).reshape(SIDE, SIDE, 2, SIDE // 2, SIDE // 2, 3)
    for row, column, kept_row, kept_column in np.ndindex(SIDE, SIDE, SIDE // 2, SIDE // 2):
        expected = W if (row, column) == (2 * kept_row, 2 * kept_column) else 0 * W
        np.testing.assert_array_equal(matrix[row, column, :, kept_row, kept_column], expected)


def test_what_does_not_exist_is_refused():
    with pytest.raises(NetworkError, match="stride must be between 1 and 8, got 0."):
        measure_convolution(stride=0)
    with pytest.raises(NetworkError, match="example must be between 0 and 499, got 500."):
        measure_convolution(example=500)
