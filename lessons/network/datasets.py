"""Data for lessons that train. All of it comes with an installed package: nothing is downloaded."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..errors import real_number, whole_number
from .arrays import Array, Float, Int, Shaped

PIXELS = 64
CLASSES = 10
TEST_EXAMPLES = 500
TRAINING_EXAMPLES = 1797 - TEST_EXAMPLES


class Examples(NamedTuple):
    """Training data, padded to one size so that another number of examples compiles nothing.

    With a leading axis of seeds where each seed has a set of its own.
    """

    inputs: Float[Array, "*seeds examples width"]  # most examples
    # int32 classes, "*seeds examples", or numbers, "*seeds examples outputs"
    targets: Shaped[Array, "..."]
    count: Int[Array, "*seeds"]  # how many of them are used


class Split(NamedTuple):
    """Examples to learn from and examples to be judged by."""

    train_inputs: Float[np.ndarray, "training 64"]
    train_labels: Int[np.ndarray, " training"]
    test_inputs: Float[np.ndarray, "test 64"]
    test_labels: Int[np.ndarray, " test"]


def digits(
    seed: int = 0, training_examples: int = TRAINING_EXAMPLES, label_noise: float = 0.0
) -> Split:
    """Handwritten digits, 8 x 8 pixels, split at random by `seed`; 500 are always kept for the
    test.

    Pixels have mean 0 and mean square 1 over all images together. label_noise is the part of the
    training labels, 0 to 1, that are replaced by a class drawn uniformly from the other nine.
    Source: scikit-learn's copy of E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten
    Digits, UCI, 1998. Raises NetworkError.
    """
    count = whole_number("training examples", training_examples, 1, TRAINING_EXAMPLES)
    noise = real_number("label noise", label_noise, 0, 1)
    inputs, labels = _standardised()
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(labels))
    test, train = order[:TEST_EXAMPLES], order[TEST_EXAMPLES : TEST_EXAMPLES + count]
    wrong = rng.random(count) < noise
    shift = np.where(wrong, rng.integers(1, CLASSES, count), 0)
    noisy = ((labels[train] + shift) % CLASSES).astype(np.int32)
    return Split(inputs[train], noisy, inputs[test], labels[test])


def principal_components(
    images: Float[np.ndarray, "images pixels"], count: int
) -> Callable[[np.ndarray], np.ndarray]:
    """The map from images, (n, pixels), to their first `count` principal components, (n, count).

    The directions are those in which the given images vary most; their components have mean square
    1. NumPy's singular vectors: what sklearn.decomposition.PCA finds up to signs, whose import
    costs a kernel 83 MB and 0.9 s.
    """
    mean = images.mean(0)
    directions = np.linalg.svd(images - mean, full_matrices=False)[2][:count].T
    size = np.sqrt((((images - mean) @ directions) ** 2).mean())
    return lambda others: (others - mean) @ directions / size


@lru_cache(maxsize=1)
def _standardised():
    images, labels = _stored_digits()
    inputs = (images - images.mean()) / images.std()
    return inputs.astype(np.float32), labels.astype(np.int32)


def _stored_digits():
    """Pixels (1797, 64), 0 to 16, and classes (1797,): what sklearn.datasets.load_digits reads.

    Read without it, for its import costs a kernel 77 MB and 0.8 s.
    """
    installed = find_spec("sklearn")
    assert installed and installed.submodule_search_locations  # a requirement of this package
    [folder] = installed.submodule_search_locations
    with gzip.open(Path(folder, "datasets", "data", "digits.csv.gz"), "rt") as lines:
        rows = np.loadtxt(lines, delimiter=",")
    return rows[:, :-1], rows[:, -1].astype(int)
