"""Networks of lesson 4: digits as their first 32 principal components, one layer to a block, ten
scores at the end.
"""

from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ..errors import whole_number
from .arrays import Array, Float, Int
from .classifiers import Classifier, error_rate, init_classifier
from .compiled_topology import CompiledTopology, compile_topology
from .datasets import Examples, digits, principal_components
from .topology import Topology

WIDTH = 32  # these components hold 97 % of the variance of the 64 pixels
MAX_DEPTH = 54


class Digits(NamedTuple):
    """Inputs of the size of h_0, with mean square 1 over all training examples and
    components.
    """

    training: Examples
    test_inputs: Float[np.ndarray, "test 32"]
    test_labels: Int[np.ndarray, " test"]


@lru_cache(maxsize=1)
def components() -> Digits:
    """The digits in the 32 directions in which the training images vary most."""
    split = digits()
    reduced = principal_components(split.train_inputs, WIDTH)
    count = np.int32(len(split.train_labels))
    return Digits(
        Examples(reduced(split.train_inputs), split.train_labels, count),
        reduced(split.test_inputs),
        split.test_labels,
    )


def compile_digit_topology(topology: Topology, **settings) -> CompiledTopology:
    """A topology of this lesson's size as arrays; settings as in `compile_topology`."""
    return compile_topology(topology, WIDTH, max_depth=MAX_DEPTH, **settings)


@lru_cache(maxsize=8)
def initial(seed: int, projection_count: int = 1) -> Classifier:
    """A classifier of 54 layers with He weights. A shallower network has its first layers."""
    return _initial(
        np.uint32(whole_number("seed", seed, 0, 2**32 - 1)), np.zeros(projection_count, np.float32)
    )


@jax.jit
def _initial(seed, projection_count):
    widths = jnp.full(MAX_DEPTH + 1, WIDTH, jnp.int32)
    return init_classifier(
        jax.random.key(seed),
        widths,
        width=WIDTH,
        max_depth=MAX_DEPTH,
        projection_count=projection_count.shape[0],
    )


@jax.jit
def test_error(
    classifier: Classifier,
    compiled: CompiledTopology,
    inputs: Float[Array, "test width"],
    labels: Int[Array, " test"],
) -> Float[Array, ""]:
    """The part of the test examples that the classifier gets wrong."""
    return error_rate(classifier, compiled, inputs, labels)
