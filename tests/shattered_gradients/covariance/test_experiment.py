"""Matrices of correlations against NumPy networks with the same weights, and their structure."""

import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.network.forward_sweep import network_draws, padded
from lessons.network.network import scale_draws
from lessons.network.topology import Topology
from lessons.shattered_gradients.covariance.experiment import INPUTS, X, _ends, measure_covariance
from lessons.shattered_gradients.covariance.measurement import DIGITS, GRID, RANDOM
from tests.tangents import prefixes

WIDTH, DEPTH = 40, 6


@pytest.mark.parametrize("inputs", INPUTS)
def test_matrices_agree_with_numpy(inputs):
    found = measure_covariance(DEPTH, inputs, "batch", 0.6, 0.1, WIDTH, seed=2)
    draws = network_draws(2, padded(WIDTH))
    scaled = scale_draws(draws.parameters, np.full(65, WIDTH, np.int32), 2.0, 0.01)
    weights, biases = (
        np.asarray(a, np.float64)
        for a in (scaled.weights[:, :WIDTH, :WIDTH], scaled.biases[:, :WIDTH])
    )
    h, direction = _ends(inputs, 0.1, WIDTH, 2, draws)
    for signal, topology in enumerate((Topology.plain(DEPTH), Topology.residual(DEPTH))):
        _, g = prefixes(
            topology, weights, biases, h, direction, branch_scale=0.6, normalisation="batch"
        )
        lengths = np.linalg.norm(g[-1], axis=1)
        np.testing.assert_allclose(
            found.matrices[signal], g[-1] @ g[-1].T / np.outer(lengths, lengths), atol=0.02
        )


@pytest.mark.parametrize("inputs", INPUTS)
def test_every_matrix_is_a_correlation_matrix(inputs):
    found = measure_covariance(24, inputs)
    np.testing.assert_allclose(found.matrices, found.matrices.swapaxes(1, 2), atol=1e-6)
    np.testing.assert_allclose(np.diagonal(found.matrices, 0, 1, 2), 1, atol=1e-5)
    assert np.linalg.eigvalsh(found.matrices).min() > -1e-4


def test_plain_is_a_diagonal_and_residual_has_structure():
    found = [measure_covariance(24, seed=seed).neighbours for seed in range(5)]
    plain, residual, white, brown = np.mean(found, 0)
    assert abs(plain) < 0.1 and abs(white) < 0.05 and residual > 0.3 and brown > 0.9


def test_gradients_of_one_class_are_more_alike_in_a_residual_network():
    found = [measure_covariance(24, DIGITS, seed=seed) for seed in range(5)]
    assert np.mean([m.same_class[1] - m.other_class[1] for m in found]) > 0.03
    assert abs(np.mean([m.same_class[0] for m in found])) < 0.05
    for m in found:
        assert (np.diff(m.labels) >= 0).all() and len(set(m.labels)) > 5


def test_means_are_those_of_their_pairs():
    found = measure_covariance(12, DIGITS, width=30)
    same, other = [], []
    for i, j in np.ndindex(64, 64):
        if i != j:
            (same if found.labels[i] == found.labels[j] else other).append(found.matrices[:, i, j])
    np.testing.assert_allclose(found.same_class, np.mean(same, 0))
    np.testing.assert_allclose(found.other_class, np.mean(other, 0))
    np.testing.assert_allclose(found.elsewhere, np.mean(same + other, 0))


def test_inputs_are_what_they_say():
    draws = network_draws(0, 100)
    grid, direction = _ends(GRID, 0.5, 100, 0, draws)
    np.testing.assert_allclose(
        np.diff(grid, axis=0), np.broadcast_to((X[1] - X[0]) * direction[0], (63, 100)), atol=1e-5
    )
    for inputs in (RANDOM, DIGITS):
        assert _ends(inputs, 0.0, 200, 0, network_draws(0, 200))[0].var() == pytest.approx(
            1, abs=0.15
        )


def test_bad_settings_are_refused_in_a_sentence():
    with pytest.raises(
        LearnerError,
        match="inputs must be one of a grid of x, random vectors, digits, sorted by "
        "class, got 'photos'.",
    ):
        measure_covariance(inputs="photos")
    with pytest.raises(
        LearnerError, match="normalisation must be one of none, centre, batch, got 'rms'."
    ):
        measure_covariance(normalisation="rms")
