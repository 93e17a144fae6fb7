"""Skips in a row end at the output, whoever asks; the gradient is that of NumPy."""

import numpy as np
import pytest

from lessons.depth_and_gradients.placement.experiment import (
    DEPTH,
    PLACEMENTS,
    measure_placement,
    place_skips,
)
from lessons.depth_and_gradients.skip_placement.experiment import NETWORKS
from lessons.depth_and_gradients.theory import mean_squares
from lessons.errors import LearnerError
from tests.depth_and_gradients.skip_placement.test_experiment import by_hand


@pytest.mark.parametrize("placement", PLACEMENTS)
@pytest.mark.parametrize("first", [0, 1, 15, 28, 30, 31])
def test_skips_lead_from_the_first_state_to_the_output_without_a_gap(placement, first):
    topology = place_skips(placement, first)
    most = {"none": 0, "one long": 1, "four in a row": 4, "all": DEPTH}[placement]
    assert len(topology.skips) == min(most, DEPTH - first)
    states = [first, *(skip.stop for skip in topology.skips)]
    assert [skip.start for skip in topology.skips] == states[:-1]
    assert states[-1] == DEPTH or not topology.skips
    spans = [skip.span for skip in topology.skips] or [0]
    assert max(spans) - min(spans) <= 1


@pytest.mark.parametrize("placement", ["none", "one long", "all"])
@pytest.mark.slow
def test_the_gradients_agree_with_numpy(placement):
    """The networks are those of the panel with a switch for each skip."""
    found = measure_placement(placement, branch_scale=0.7, seed=3)
    for gradient, topology in (
        (found.gradient, place_skips(placement, 0)),
        (found.without, place_skips("none", 0)),
    ):
        expected = by_hand(topology, NETWORKS, branch_scale=0.7, seed=3)
        differences = np.abs(gradient / expected - 1)
        assert np.median(differences, 0).max() < 1e-4
        assert differences.max() < 0.05  # rounding may turn one ReLU over


@pytest.mark.slow
def test_four_in_a_row_are_near_the_closed_form_of_the_mean():
    found = np.mean([measure_placement("four in a row", 1, seed=k).median for k in range(5)], 0)
    expected = mean_squares(place_skips("four in a row", 1), weight_variance=1.0).gradient
    assert np.abs(np.log(found / expected)).max() < np.log(3)


def test_one_skip_serves_the_layer_behind_its_start_and_no_other():
    none, long = measure_placement("none"), measure_placement("one long")
    assert long.at_layer_1 == pytest.approx(none.at_layer_1, rel=0.01) and long.median[0] > 0.9
    moved = measure_placement("one long", 1)
    assert moved.at_layer_1 == pytest.approx(1, rel=0.01)
    np.testing.assert_allclose(moved.median[2:-1], none.median[2:-1], rtol=0.05)


def test_the_sentence_says_what_layer_1_gets_and_who_gets_least():
    said = measure_placement("four in a row", 1).summary
    assert said.startswith("Layer 1 gets 1.0 times the squared gradient at the output (")
    assert "at layer 17. 4 skips from h_1 to h_32: the shortest path has 1 layer." in said
    assert "No skip: one path, through all 32 layers." in measure_placement("none").summary


def test_what_cannot_be_placed_is_said():
    with pytest.raises(LearnerError, match="skips must be one of none, one long"):
        place_skips("two", 0)
    with pytest.raises(LearnerError, match="first skip must be between 0 and 31, got 32"):
        place_skips("all", DEPTH)
