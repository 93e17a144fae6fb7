"""Data for lessons that train. All of it comes with an installed package: nothing is downloaded."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_digits

from ..errors import real_number, whole_number

PIXELS = 64
CLASSES = 10
TEST_EXAMPLES = 500
TRAINING_EXAMPLES = 1797 - TEST_EXAMPLES


class Split(NamedTuple):
    """Examples to learn from and examples to be judged by. Inputs (n, 64) float32, labels (n,)
    int32.
    """

    train_inputs: np.ndarray
    train_labels: np.ndarray
    test_inputs: np.ndarray
    test_labels: np.ndarray


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


@lru_cache(maxsize=1)
def _standardised():
    images, labels = load_digits(return_X_y=True)
    inputs = (images - images.mean()) / images.std()
    return inputs.astype(np.float32), labels.astype(np.int32)
