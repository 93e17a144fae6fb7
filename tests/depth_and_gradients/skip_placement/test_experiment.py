"""The gradient for any placement against NumPy; one skip left out against a network that never
had it.
"""

import numpy as np
import pytest

from lessons.depth_and_gradients.random_networks import draw_data, draw_networks
from lessons.depth_and_gradients.skip_placement.experiment import (
    BATCH,
    DEPTH,
    FEW,
    LEFT_OUT,
    LONG,
    NETWORKS,
    NORMS,
    PRESETS,
    ROWS,
    WIDTH,
    measure_skip_placement,
)
from lessons.errors import LearnerError
from lessons.network.topology import Skip, Topology
from tests import oracle
from tests.chain_rule import mean_square_gradients

SEED = 2


def by_hand(topology, networks, norm="none", weight_variance=1.0, branch_scale=1.0, seed=SEED):
    """Relative squares (networks, DEPTH + 1) in float64."""
    weights = np.asarray(
        draw_networks(seed, DEPTH, NETWORKS, WIDTH, ROWS).weights, np.float64
    ) * np.sqrt(weight_variance / WIDTH)
    inputs, readouts = (np.asarray(a, np.float64) for a in draw_data(seed, NETWORKS, BATCH, WIDTH))
    settings, found = dict(branch_scale=branch_scale, normalisation=NORMS[norm]), []
    for k in range(networks):
        states = oracle.states(
            topology, weights[:, k], np.zeros((DEPTH, WIDTH)), inputs[k], **settings
        )
        found.append(
            mean_square_gradients(topology, weights[:, k], states, readouts[k], **settings)
        )
    found = np.array(found)
    return found / found[:, -1:]


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("preset", ["none", "every 4th", "one long", "random half"])
@pytest.mark.slow
def test_the_gradient_agrees_with_numpy(preset, norm):
    topology = Topology(DEPTH, tuple(Skip(*ends) for ends in PRESETS[preset]))
    found = measure_skip_placement(PRESETS[preset], norm=norm, branch_scale=0.7, seed=SEED).gradient
    expected = by_hand(topology, NETWORKS, norm, branch_scale=0.7)
    # Of the typical network: where rounding turns one ReLU over, a network may be 11 % off. 32
    # layers of batch norm amplify what float32 rounds away in all of them.
    errors = np.median(np.abs(found / expected - 1), 0)
    assert errors.max() < (0.05 if norm == "batch" else 0.001)


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.slow
def test_one_skip_left_out_is_a_network_without_it(norm):
    found = measure_skip_placement(norm=norm, branch_scale=0.7, seed=SEED).missing
    assert found.shape == (len(LEFT_OUT), FEW)
    whole = by_hand(Topology.residual(DEPTH), FEW, norm, branch_scale=0.7)[:, 1]
    for row in (0, 4, len(LEFT_OUT) - 1):
        without = by_hand(
            Topology.residual(DEPTH, without=[LEFT_OUT[row] - 1]), FEW, norm, branch_scale=0.7
        )[:, 1]
        np.testing.assert_allclose(
            found[row], without / whole, rtol=0.1 if norm == "batch" else 0.01
        )


def test_presets_are_what_their_names_say():
    assert [len(PRESETS[name]) for name in PRESETS] == [0, 32, 16, 8, 16, 1, 31, 16]
    assert PRESETS["one long"] == (LONG,) == ((0, 32),)
    assert PRESETS["first half"][-1] == (15, 16) and (15, 16) not in PRESETS["all but one"]
    assert len(set(PRESETS["random half"])) == 16 and all(
        stop == start + 1 for start, stop in PRESETS["random half"]
    )


def test_paths_are_counted_exactly():
    assert (
        "32 skips: 4 294 967 296 paths, the shortest through 0 layers."
        in measure_skip_placement().summary.replace("\u202f", " ")
    )
    assert measure_skip_placement(()).summary.startswith(
        "0 skips: 1 path, the shortest through 32 layers."
    )
    assert measure_skip_placement((LONG, (3, 4))).summary.startswith(
        "2 skips: 3 paths, the shortest through 0 layers."
    )


def test_the_numbers_of_the_lesson():
    typical = {name: measure_skip_placement(skips) for name, skips in PRESETS.items()}
    assert typical["none"].theory[1] == pytest.approx(0.5**31) and typical["all"].theory[
        1
    ] == pytest.approx(1.5**31)
    assert typical["one long"].theory[0] == pytest.approx(1, rel=1e-6)
    assert typical["one long"].theory[1] == pytest.approx(typical["none"].theory[1])
    assert (
        typical["one long"].median[0] == pytest.approx(1, rel=1e-3)
        and typical["one long"].median[1] < 1e-8
    )
    assert typical["first half"].median.argmin() == 16
    worth = np.median(measure_skip_placement(norm="RMS").missing, 1)
    assert worth[-1] < 0.2 < worth[2], "with pre-norm the last skip is worth most"


def test_what_cannot_be_measured_is_said():
    with pytest.raises(LearnerError, match="skip 5 -> 3: stop must be greater than start"):
        measure_skip_placement(((5, 3),))
    with pytest.raises(LearnerError, match="normalisation must be one of none, batch, RMS, layer"):
        measure_skip_placement(norm="group")
