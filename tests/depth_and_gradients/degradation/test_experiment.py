"""Equal trials for both arms, the gradient before training against NumPy, and the gap that the
lesson names.
"""

import numpy as np
import pytest

from lessons.depth_and_gradients.degradation import experiment as degradation
from lessons.depth_and_gradients.degradation.experiment import (
    DEPTHS,
    LEARNING_RATES,
    NORMS,
    SEEDS,
    measure_degradation,
)
from lessons.depth_and_gradients.degradation.measurement import ARMS, DegradationMeasurement
from lessons.errors import LearnerError
from lessons.network.topology import Topology
from tests import oracle
from tests.chain_rule import mean_square_gradients

ENDS = DEPTHS[0], DEPTHS[-1]


@pytest.fixture(scope="module")
def run():
    """The shallowest and the deepest networks: what is claimed of training is claimed of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(degradation, "DEPTHS", ENDS)
        return list(measure_degradation(steps=50, seed=3))


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.slow
def test_gradients_before_training_agree_with_numpy(norm):
    found = next(measure_degradation(norm, seed=1)).gradients
    networks, inputs = (
        degradation._networks(1),
        np.asarray(degradation._examples()[0].inputs, np.float64)[:64],
    )
    for column, depth in enumerate(DEPTHS[:3]):
        for row, topology in enumerate((Topology.plain(depth), Topology.residual(depth, 2))):
            settings = dict(normalisation=NORMS[norm], branch_scale=(depth / 2) ** -0.5)
            for k in range(SEEDS):
                weights, readout = (
                    np.asarray(a[k], np.float64)
                    for a in (networks.network.weights, networks.readout)
                )
                states = oracle.states(topology, weights, np.zeros((54, 32)), inputs, **settings)
                squares = mean_square_gradients(
                    topology, weights, states, readout[:, 0], **settings
                )
                assert found[row, column, k] == pytest.approx(squares[1] / squares[-1], rel=0.01)


@pytest.mark.slow
def test_training_goes_from_shallow_to_deep_and_fills_in_what_is_done(run):
    progress = [found.progress for found in run]
    assert progress[0] == 0 and progress[-1] == pytest.approx(1) and progress == sorted(progress)
    done = np.array([found.trained for found in run])
    assert not done[0].any() and done[-1].all()
    assert (np.diff(done.astype(int), axis=0) >= 0).all(), "what is trained stays"
    assert all((found.trained[0].astype(int) >= found.trained[1]).all() for found in run), (
        "one arm after the other"
    )


@pytest.mark.slow
def test_a_measurement_does_not_change_while_training_goes_on(run):
    assert np.isnan(run[0].train_errors).all() and not np.isnan(run[-1].train_errors).any()


@pytest.mark.slow
def test_both_arms_have_the_same_trials(run):
    assert run[-1].train_errors.shape == (len(ARMS), len(ENDS), len(LEARNING_RATES), SEEDS)
    assert run[-1].test_errors.shape == run[-1].train_errors.shape


@pytest.mark.slow
def test_deep_plain_networks_fit_the_training_data_worse_and_residual_ones_do_not(run):
    errors = np.median(run[-1].of_best(run[-1].train_errors), 2)
    plain, residual = errors
    assert plain[-1] > 0.4 > 0.25 > plain[0] and residual.max() < 0.25 and residual[-1] < 0.1
    assert (run[-1].of_best(run[-1].test_errors)[0, -1] > 0.4).all()


def measurement(errors, progress=1.0):
    errors = np.asarray(errors, np.float64)
    return DegradationMeasurement(
        norm="none",
        scaling="1",
        steps=10,
        seed=0,
        depths=(2, 54),
        learning_rates=(0.1, 0.2),
        gradients=np.ones((2, 2, 1)),
        train_errors=errors,
        test_errors=errors,
        progress=progress,
    )


def test_the_best_rate_is_that_of_the_least_median_training_error():
    found = measurement(
        [[[[0.5, 0.1, 0.6], [0.3, 0.4, 0.3]]] * 2, [[[0.0, 0.05, 0.9], [0.2, 0.2, 0.2]]] * 2]
    )
    np.testing.assert_array_equal(found.best, [[1, 1], [0, 0]])
    assert found.summary.endswith(
        "plain between 10 and 40 % at depth 2, between 10 and 40 % at depth 54; "
        "residual below 10 % at depth 2, below 10 % at depth 54."
    )


def test_the_summary_tells_how_far_training_is():
    nothing = np.full((2, 2, 2, 1), np.nan)
    assert measurement(nothing, 0.0).summary.endswith("Nothing is trained yet.")
    assert measurement(nothing, 0.256).summary.endswith("Training: 26 % done.")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (dict(norm="group"), "normalisation must be one of"),
        (dict(scaling="2"), "scaling must be one of"),
        (dict(steps=0), "steps must be between 1 and 1000, got 0."),
        (dict(seed=-1), "seed must be between"),
    ],
)
def test_what_cannot_be_trained_is_said_at_the_call(setting, message):
    with pytest.raises(LearnerError, match=message):
        measure_degradation(**setting)
