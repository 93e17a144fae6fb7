"""The grey hill is the binomial law, the blue one its own with another probability."""

import math

import numpy as np
import pytest

from lessons.ensemble_of_paths.hill.experiment import measure_hill
from lessons.errors import LearnerError

BLOCKS = 54


@pytest.mark.parametrize("scale", [0.0, 0.3, 1.0, 1.5])
def test_the_number_of_paths_never_changes(scale):
    expected = [math.comb(BLOCKS, length) / 2**BLOCKS for length in range(BLOCKS + 1)]
    np.testing.assert_allclose(measure_hill(scale).counts, expected, rtol=1e-12)


@pytest.mark.parametrize("scale", [0.2, 0.3, 0.5, 1.0, 1.5])
def test_what_they_carry_is_that_of_coin_tosses_in_the_mean_over_networks(scale):
    """Wide networks pass a block's layer with probability β² / (1 + β²); these are 32 wide, and at
    one input."""
    found = [measure_hill(scale, seed).mean_length for seed in range(10)]
    assert np.mean(found) == pytest.approx(BLOCKS * scale**2 / (1 + scale**2), rel=0.2)


def test_the_blue_hill_follows_the_branch_scale():
    places = [measure_hill(scale).mean_length for scale in (0.1, 0.3, 0.5, 0.8, 1.0, 1.5)]
    assert (np.diff(places) > 0).all() and places[1] < 5 < 20 < places[4]


def test_without_branches_all_is_carried_by_the_path_of_length_0():
    assert measure_hill(0.0).carried[0] == 1 and measure_hill(0.0).mean_length == 0


def test_the_sentence_has_the_place_of_the_blue_hill_first():
    found = measure_hill(0.3)
    said = (
        f"What the paths carry has passed {found.mean_length:.1f} layers on average, with β = 0.3"
    )
    assert found.summary.startswith(said) and found.summary.endswith("have 27 of 54.")


def test_settings_are_checked():
    with pytest.raises(LearnerError, match="branch scale must be between 0 and 1.5, got 2"):
        measure_hill(2.0)
