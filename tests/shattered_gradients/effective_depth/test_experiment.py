"""Effective depths against theory and against squares written in NumPy; the points in their
band.
"""

import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.shattered_gradients.effective_depth.experiment import measure_one_number
from lessons.shattered_gradients.gradient_correlation import pair_moments
from lessons.shattered_gradients.theory import LOST_MEAN, shares

ARM = {"plain": 0, "beta 1": 1, "beta 0.5": 2, "beta 0.25": 3, "slider": 4, "pre-norm": 5}


@pytest.mark.parametrize("centred", [True, False])
def test_effective_depths_are_what_the_branch_scales_say(centred):
    found = measure_one_number(branch_scale=0.1, centred=centred, networks=6).effective_depths
    np.testing.assert_allclose(found[0], np.arange(65))
    for arm, scale in ((1, 1.0), (2, 0.5), (3, 0.25), (4, 0.1)):
        np.testing.assert_allclose(
            found[arm], np.arange(65) * scale**2 / (1 + scale**2), rtol=0.2, atol=0.1
        )
    # RMS norm: the harmonic numbers; batch norm: each block adds less to the variance, and so more
    # to the gradient
    harmonic = np.concatenate([[0], shares(64, 1.0, "batch").cumsum()])
    q = 1 / (1 + (1 - LOST_MEAN) * np.arange(64))
    expected = np.concatenate([[0], (q / (1 + q)).cumsum()]) if centred else harmonic
    np.testing.assert_allclose(found[5], expected, rtol=0.1, atol=0.1)


def test_a_deep_pre_norm_network_is_a_shallow_plain_one():
    found = measure_one_number(54, networks=6, centred=False)
    assert 3.2 < found.effective_depths[5, 54] < 4.0  # H_55 - 1 = 3.6
    plain, pre_norm = found.correlations[[0, 5]]
    assert plain[2] > pre_norm[54] > plain[5]


def test_points_of_all_networks_fall_into_one_band():
    assert measure_one_number(networks=8).spread < 1.25
    assert measure_one_number(networks=8, centred=False).spread < 1.6
    worst_against_depth = measure_one_number(networks=8).correlations[:, 16]
    assert worst_against_depth.max() > 10 * worst_against_depth.min()


def test_correlations_are_means_over_networks():
    found = measure_one_number(networks=2, seed=4)
    expected = np.mean(
        [
            pair_moments(seed, False, 0.5, "centre", 90.0, 100).all_pairs
            / pair_moments(seed, False, 0.5, "centre", 90.0, 100).squares
            for seed in (4, 5)
        ],
        0,
    )
    np.testing.assert_allclose(found.correlations[2], expected, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (dict(depth=65), "depth must be between 1 and 64, got 65."),
        (dict(branch_scale=-1), "branch scale must be between 0 and 100, got -1."),
        (dict(width=101), "width must be between 20 and 100, got 101."),
    ],
)
def test_bad_settings_are_refused_in_a_sentence(options, message):
    with pytest.raises(LearnerError) as caught:
        measure_one_number(**options)
    assert str(caught.value) == message
