"""The digits: real, split without overlap, and noisy by as much as asked for."""

import subprocess
import sys

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

from lessons.errors import NetworkError
from lessons.network.datasets import TRAINING_EXAMPLES, digits, principal_components


def test_components_are_those_of_a_second_implementation():
    images = digits(2).train_inputs
    reference = PCA(8).fit(images)
    others = digits(2).test_inputs
    found, expected = principal_components(images, 8)(others), reference.transform(others)
    expected = expected / np.sqrt((reference.transform(images) ** 2).mean())
    signs = np.sign((found * expected).sum(0))
    np.testing.assert_allclose(found, signs * expected, atol=1e-4)


def test_reading_the_digits_imports_nothing_of_scikit_learn():
    code = (
        "import sys; from lessons.network.datasets import digits; digits(); "
        "sys.exit(any(name.split('.')[0] == 'sklearn' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def rows(inputs):
    return {row.tobytes() for row in inputs}


def test_train_and_test_together_are_the_digits_and_do_not_overlap():
    split = digits(seed=3)
    assert split.train_inputs.shape == (1297, 64) and split.test_inputs.shape == (500, 64)
    assert not rows(split.train_inputs) & rows(split.test_inputs)
    images, labels = load_digits(return_X_y=True)
    everything = np.concatenate([split.train_inputs, split.test_inputs])
    assert (
        np.bincount(np.concatenate([split.train_labels, split.test_labels])).tolist()
        == np.bincount(labels).tolist()
    )
    np.testing.assert_allclose(
        np.sort(everything.sum(1)),
        np.sort((images - images.mean()).sum(1) / images.std()),
        rtol=1e-4,
    )


def test_pixels_have_mean_0_and_mean_square_1():
    split = digits()
    everything = np.concatenate([split.train_inputs, split.test_inputs]).astype(np.float64)
    assert everything.mean() == pytest.approx(0, abs=1e-6) and (
        everything**2
    ).mean() == pytest.approx(1, abs=1e-6)


def test_fewer_examples_keep_the_test_set():
    np.testing.assert_array_equal(digits(1, 100).test_inputs, digits(1).test_inputs)
    np.testing.assert_array_equal(digits(1, 100).train_inputs, digits(1).train_inputs[:100])


def test_label_noise_hits_the_part_asked_for_and_every_other_class():
    clean, noisy = digits(5).train_labels, digits(5, label_noise=0.4).train_labels
    wrong = clean != noisy
    assert wrong.mean() == pytest.approx(0.4, abs=4 * np.sqrt(0.24 / TRAINING_EXAMPLES))
    assert np.bincount((noisy - clean)[wrong] % 10, minlength=10)[1:].min() > 0.5 * wrong.sum() / 9


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (dict(training_examples=0), "training examples must be between 1 and 1297, got 0."),
        (dict(training_examples=1298), "training examples must be between 1 and 1297, got 1298."),
        (dict(label_noise=1.5), "label noise must be between 0 and 1, got 1.5."),
    ],
)
def test_impossible_data_are_refused_in_a_sentence(options, message):
    with pytest.raises(NetworkError) as caught:
        digits(**options)
    assert str(caught.value) == message
