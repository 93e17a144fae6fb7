"""Autocorrelation and correlation against their definitions written as loops; both noises
against their distribution.
"""

import numpy as np
import pytest

from lessons.shattered_gradients.autocorrelation import (
    autocorrelation,
    brown_noise,
    correlation_matrix,
    white_noise,
)


@pytest.mark.parametrize("remove_mean", [False, True])
def test_autocorrelation_is_its_definition(rng, remove_mean):
    curves = rng.normal(size=(3, 2, 50)) + 0.7
    found = autocorrelation(curves, 9, remove_mean)
    for index in np.ndindex(3, 2):
        g = curves[index] - (curves[index].mean() if remove_mean else 0)
        expected = [
            np.mean([g[i] * g[i + k] for i in range(50 - k)]) / np.mean(g**2) for k in range(10)
        ]
        np.testing.assert_allclose(found[index], expected, atol=1e-12)


def test_a_constant_curve_is_all_offset():
    ripple = 3 + 0.1 * (-1.0) ** np.arange(256)
    np.testing.assert_allclose(autocorrelation(ripple, 4), 1, atol=3e-3)
    np.testing.assert_allclose(
        autocorrelation(ripple, 4, remove_mean=True), [1, -1, 1, -1, 1], atol=1e-9
    )
    assert not autocorrelation(np.zeros(256), 4).any()


def test_correlation_matrix_is_cosines(rng):
    vectors = rng.normal(size=(5, 11))
    vectors[3] = 0
    found = correlation_matrix(vectors)
    for i, j in np.ndindex(5, 5):
        a, b = vectors[i], vectors[j]
        expected = 0 if 3 in (i, j) else a @ b / (np.linalg.norm(a) * np.linalg.norm(b))
        assert found[i, j] == pytest.approx(expected)


def test_white_noise_is_standard_normal_and_remembers_nothing(rng):
    noise = white_noise(rng, 40, 256)
    assert noise.mean() == pytest.approx(0, abs=4 / np.sqrt(noise.size))
    assert noise.var() == pytest.approx(1, abs=4 * np.sqrt(2 / noise.size))
    assert (noise**4).mean() == pytest.approx(3, abs=4 * np.sqrt(96 / noise.size))
    assert np.abs(autocorrelation(noise, 8)[:, 1:].mean(0)).max() < 4 / np.sqrt(noise.size)


def test_brown_noise_is_a_sum_of_white_noise_and_remembers(rng):
    walks = brown_noise(rng, 2000, 100)
    steps = np.diff(walks, axis=1, prepend=0)
    assert np.abs(autocorrelation(steps, 4)[:, 1:].mean(0)).max() < 4 / np.sqrt(steps.size)
    np.testing.assert_allclose(walks.var(0), np.arange(1, 101), rtol=5 * np.sqrt(2 / 2000))
    assert autocorrelation(walks, 1)[:, 1].mean() > 0.9
