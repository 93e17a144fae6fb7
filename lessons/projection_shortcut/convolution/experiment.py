"""A projection shortcut for images is W at every pixel: a 1x1 convolution, with a stride where
the image shrinks.
"""

import jax
import numpy as np
from jax import lax

from ...errors import whole_number
from ...network.arrays import Array
from ...network.datasets import digits
from ..shortcuts import draw_shortcuts
from .measurement import ConvolutionMeasurement

SIDE = 8


def measure_convolution(
    example: int = 0, channels: int = 5, stride: int = 2, seed: int = 0
) -> ConvolutionMeasurement:
    """Projects one digit of three channels, the picture and its slopes across and down, in three
    ways.

    example 0 ... 499 counts the test digits, channels 1 ... 16 are those of the result, stride is 1
    ... 8. Raises NetworkError.
    """
    picture = digits().test_inputs[whole_number("example", example, 0, 499)].reshape(SIDE, SIDE)
    slopes = [np.diff(picture, axis=axis, append=0) for axis in (1, 0)]
    image = np.stack([picture, *slopes], -1).astype(np.float32)
    b, stride = whole_number("channels", channels, 1, 16), whole_number("stride", stride, 1, SIDE)
    [W] = draw_shortcuts("Gaussian", np.random.default_rng(seed), image.shape[-1], b).astype(
        np.float32
    )
    pointwise = image[::stride, ::stride] @ W
    matrix = as_matrix(W, stride)
    multiplied = (image.reshape(-1) @ matrix).reshape(pointwise.shape)
    return ConvolutionMeasurement(
        image=image,
        W=W,
        matrix=matrix,
        stride=stride,
        convolved=np.asarray(convolve(image, W, stride)),
        pointwise=pointwise,
        multiplied=multiplied,
    )


def convolve(image: Array, W: Array, stride: int) -> Array:
    """W (a, b) as the kernel of a 1x1 convolution of one image (rows, columns, a)."""
    layout = ("NHWC", "HWIO", "NHWC")
    return lax.conv_general_dilated(
        image[None],
        W[None, None],
        (stride, stride),
        "VALID",
        dimension_numbers=layout,
        precision=jax.lax.Precision.HIGHEST,
    )[0]


def as_matrix(W: np.ndarray, stride: int) -> np.ndarray:
    """The same map as one matrix S ⊗ W on the numbers of a whole image, where S keeps every
    stride-th pixel both ways.
    """
    keep = np.eye(SIDE, dtype=W.dtype)[:, ::stride]
    return np.kron(np.kron(keep, keep), W)
