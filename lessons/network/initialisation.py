"""How standard normal numbers become layers, and where they come from when a slider draws them.

Numbers come from one of two streams. `network.draw` has a key per layer and runs inside compiled
functions; `normal_layers` is NumPy's generator, which draws a network of width 200 in a third of
the time: where the seed is a slider that is what a move costs. Both begin a deeper network with
the layers of the shallower one, and both are scaled by `scale_layer`.
"""

import jax.numpy as jnp
import numpy as np

from .arrays import Array, Float, Int
from .topology import MAX_DEPTH

DRAWN_TOGETHER = 16  # layers


def scale_layer(
    weights: Float[Array, "*layers rows width"],
    bias: Float[Array, "*layers width"],
    fan_in: Int[Array, "..."],
    weight_variance: Float[Array, ""] | float,
    bias_variance: Float[Array, ""] | float,
) -> tuple[Float[Array, "*layers rows width"], Float[Array, "*layers width"]]:
    """W ~ N(0, weight_variance / fan_in) and b ~ N(0, bias_variance) from standard normal numbers.

    weight_variance 2 is He's initialisation (He et al., 2015, arXiv:1502.01852, equation 10).
    """
    dtype = weights.dtype
    deviation = jnp.sqrt(jnp.asarray(weight_variance, dtype) / fan_in.astype(dtype))
    return deviation * weights, jnp.sqrt(jnp.asarray(bias_variance, dtype)) * bias


def normal_layers(
    rng: np.random.Generator, layers: int, shape: tuple[int, ...], max_depth: int = MAX_DEPTH
) -> np.ndarray:
    """N(0, 1) of the first `layers` layers and 0 beyond, (max_depth, *shape) float32."""
    numbers = np.zeros((max_depth, *shape), np.float32)
    rng.standard_normal(out=numbers[:layers], dtype=np.float32)
    return numbers


def layers_to_draw(depth: int) -> int:
    """`depth` rounded up, so that a moving depth seldom draws anew."""
    return min(MAX_DEPTH, -(-depth // DRAWN_TOGETHER) * DRAWN_TOGETHER)
