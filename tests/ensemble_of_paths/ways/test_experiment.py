"""A deletion leaves half of the paths; without skips there is one, as thick as its layers say."""

import itertools

import numpy as np
import pytest

from lessons.ensemble_of_paths.ways.experiment import BLOCKS, measure_ways
from lessons.errors import LearnerError
from lessons.network.digit_networks import components, initial

DELETIONS = [
    {f"delete_{block}": block in gone for block in range(1, BLOCKS + 1)}
    for count in range(BLOCKS + 1)
    for gone in itertools.combinations(range(1, BLOCKS + 1), count)
]


@pytest.mark.parametrize("deleted", DELETIONS)
def test_each_deletion_halves_the_paths_and_cuts_the_one_without_skips(deleted):
    found, count = measure_ways(**deleted), sum(deleted.values())
    assert (found.left, found.total) == (8 / 2**count, 8)
    assert found.is_cut == (found.plain_norm == 0) == (count > 0)
    assert found.paths.norms[0] > 0, "the path of length 0 goes around every block"


def test_without_skips_the_gradient_is_the_product_of_the_layers():
    """In NumPy, one layer after the other."""
    seed = 3
    network, readout = initial(seed).network, np.asarray(initial(seed).readout, float)
    h, product = components().test_inputs[0], readout.T
    weights, biases = np.asarray(network.weights, float), np.asarray(network.biases, float)
    jacobians = []
    for l in range(BLOCKS):
        jacobians.append(weights[l].T * (h > 0))
        h = np.maximum(h, 0) @ weights[l] + biases[l]
    for jacobian in reversed(jacobians):
        product = product @ jacobian
    found = measure_ways(seed)
    assert found.plain_norm == pytest.approx(np.linalg.norm(product), rel=1e-4)


def test_the_sentence_counts():
    assert measure_ways().summary == "3 blocks with skips have 8 paths. Without skips there is 1."
    assert measure_ways(delete_2=True).summary == "4 of 8 paths are left. Without skips: 0 of 1."
    assert measure_ways(**DELETIONS[-1]).summary.startswith("1 of 8 paths is left.")


def test_settings_are_checked():
    with pytest.raises(LearnerError, match="seed must be between 0"):
        measure_ways(seed=-1)
