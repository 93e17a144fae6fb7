"""Is the identity hard to learn: an exact solution by hand, starting errors in closed form, and
the comparison.
"""

import jax
import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.network.topology import Topology
from lessons.residual_block.identity import experiment as identity
from lessons.residual_block.identity.experiment import (
    ARMS,
    FROM_ZERO,
    TARGETS,
    exact_plain_parameters,
    measure_identity,
    relative_error,
)
from lessons.residual_block.identity.measurement import LEARNED, IdentityMeasurement
from tests import oracle


@pytest.mark.parametrize("width", [16, 30, 64])
@pytest.mark.parametrize("depth", [1, 2, 7, 32])
def test_a_plain_network_with_two_units_per_input_is_exactly_the_identity(rng, depth, width):
    assert relative_error(exact_plain_parameters(depth, width), depth, width) == 0
    parameters = exact_plain_parameters(depth, width)
    x = 100 * rng.normal(size=(20, width // 2))  # on all of R^d, not on the training inputs alone
    weights, biases = (
        np.float64(parameters.weights[:, :width, :width]),
        np.float64(parameters.biases[:, :width]),
    )
    outputs = oracle.states(Topology.plain(depth), weights, biases, np.hstack([x, -x]))[-1]
    np.testing.assert_array_equal(outputs[:, : width // 2], x)


def test_the_error_agrees_with_numpy(rng):
    depth, width, d = 5, 20, 10
    drawn = identity._he_networks(np.uint32(3), np.full(33, width, np.int32))
    parameters = jax.tree.map(lambda p: np.asarray(p[0]), drawn)
    x = np.float64(jax.random.normal(jax.random.key(3), (identity.HELD_OUT, identity.WIDEST)))[
        :, :d
    ]
    y = x + 0.3 * np.abs(x)
    weights, biases = (
        np.float64(parameters.weights[:, :width, :width]),
        np.float64(parameters.biases[:, :width]),
    )
    for arm, topology in (("plain", Topology.plain(depth)), ("residual", Topology.residual(depth))):
        h = oracle.states(topology, weights, biases, np.hstack([x, -x]), branch_scale=depth**-0.5)[
            -1
        ]
        expected = ((h[:, :d] - y) ** 2).sum() / (x**2).sum()
        assert relative_error(parameters, depth, width, "bend", arm, seed=3) == pytest.approx(
            expected, rel=1e-4
        )


@pytest.fixture(scope="module")
def sixty_networks():
    """One learning rate, 60 seeds, the full width: depth / width is small, the mean of a deeper
    network lies in a heavy tail.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(identity, "SEEDS", 60)
        drawn = jax.jit(identity._he_networks.__wrapped__)(
            np.uint32(1), np.full(33, identity.WIDEST, np.int32)
        )
    return jax.tree.map(lambda p: p[None], drawn)


@pytest.mark.usefixtures("unoptimised")
@pytest.mark.parametrize("depth", [1, 4, 8])
def test_he_networks_start_with_the_error_in_closed_form(sixty_networks, depth):
    """Plain: E|f|^2 + E|x|^2 = 2 E|x|^2. Residual: prod(1 + 1/L) - 1, since every block adds 1/L
    of what it gets.
    """
    width = identity.WIDEST
    for arm, expected in (("plain", 2.0), ("residual", (1 + 1 / depth) ** depth - 1)):
        compiled, task = identity._compiled(arm, depth, width), identity._task(width, "identity")
        found = np.asarray(
            identity._held_out_errors(sixty_networks, compiled, task, jax.random.key(0))
        )[0]
        assert abs(found.mean() - expected) < 5 * found.std() / np.sqrt(found.size)
        assert (
            found.std() / np.sqrt(found.size) < 0.1 * expected
        )  # so that the test can tell 2 from 1


def test_branches_that_start_at_zero_start_exact_and_leave_what_they_have_not_learned():
    starts = {
        target: next(measure_identity(target=target, arms=[FROM_ZERO])).errors for target in TARGETS
    }
    assert np.all(starts["identity"] == 0)
    np.testing.assert_allclose(starts["mirror"], 4, rtol=1e-6)  # |x - (-x)|^2 = 4 |x|^2
    np.testing.assert_allclose(starts["bend"], 0.3**2, rtol=1e-6)  # |0.3 |x||^2


def test_what_float32_cannot_tell_from_0_is_exact_and_what_is_not_finite_has_diverged(monkeypatch):
    computed = np.array([0, 8.6e-16, 1e-13, np.nan, np.inf], np.float32)
    monkeypatch.setattr(identity, "_held_out_errors", lambda *asked: computed)
    found = identity._errors_of(None, None, None, None)
    np.testing.assert_array_equal(found, np.float32([0, 0, 1e-13, np.inf, np.inf]))


def test_no_affine_map_counts_as_having_learned_the_bend(rng):
    x = rng.normal(size=(20_000, 4))
    features = np.hstack([x, np.ones((len(x), 1))])
    best, *_ = np.linalg.lstsq(features, x + 0.3 * np.abs(x), rcond=None)
    left = ((features @ best - x - 0.3 * np.abs(x)) ** 2).sum() / (x**2).sum()
    assert left == pytest.approx(0.09 * (1 - 2 / np.pi), rel=0.03) and LEARNED["bend"] < left / 2


@pytest.mark.parametrize(
    ("target", "slope", "bend"), [("identity", 1, 0), ("bend", 1, 0.3), ("mirror", -1, 0)]
)
def test_one_layer_is_enough_for_every_target(target, slope, bend):
    """From (x, -x): slope x + bend |x| = (slope + bend) relu(x) + (bend - slope) relu(-x)."""
    parameters = exact_plain_parameters(1, 16)
    weights = np.zeros_like(parameters.weights)
    weights[0, :8, :8], weights[0, 8:16, :8] = (
        (slope + bend) * np.eye(8),
        (bend - slope) * np.eye(8),
    )
    assert relative_error(parameters._replace(weights=weights), 1, 16, target) < 1e-12


@pytest.mark.usefixtures("half_size")
@pytest.mark.slow
def test_branches_at_zero_keep_the_identity_and_learn_the_bend():
    *_, kept = measure_identity(depth=3, width=16, steps=20, arms=[FROM_ZERO])
    assert np.all(kept.errors == 0)
    first, *_, last = measure_identity(
        depth=3, width=16, steps=200, target="bend", arms=[FROM_ZERO]
    )
    assert last.medians[0, -1] < LEARNED["bend"] < first.medians[0, 0]


@pytest.mark.usefixtures("half_size")
@pytest.mark.parametrize(("target", "steps"), [("identity", (50, 90)), ("mirror", (80, 120))])
@pytest.mark.slow
def test_the_plain_network_falls_behind_at_depth_16_and_not_at_depth_2(target, steps):
    deep, shallow = (
        list(measure_identity(d, 32, count, target, arms=ARMS[:2]))[-1].medians[:, -1]
        for d, count in zip((16, 2), steps, strict=True)
    )
    assert deep[0] > 5 * deep[1] and deep[0] > 0.4
    assert np.all(shallow < 0.05)


@pytest.mark.slow
def test_the_rigged_start_starves_the_deep_plain_network():
    *_, last = measure_identity(depth=32, width=16, steps=20, arms=["rigged"])
    np.testing.assert_allclose(last.errors, 1, rtol=0.03)  # its output is 0, and so is its gradient


@pytest.mark.usefixtures("half_size")
@pytest.mark.slow
def test_a_run_given_up_half_way_says_how_far_it_came():
    training = measure_identity(depth=2, width=16, steps=35)
    before, partial = next(training), next(training)
    assert before.step.tolist() == [0] and before.progress == 0
    assert partial.step.tolist() == [0, 10] and partial.progress == 10 / 35
    assert before.errors.shape == (3, 3, 3, 1) and partial.errors.shape == (3, 3, 3, 2)
    assert partial.medians.shape == (3, 2) and partial.curves.shape == (3, 3, 2)
    assert "after 10 of 35 steps" in partial.summary and "before training" in before.summary
    *_, last = training
    assert last.step.tolist() == [0, 10, 20, 30, 35] and last.progress == 1
    np.testing.assert_array_equal(last.errors[..., :2], partial.errors)


@pytest.mark.slow
def test_how_wide_a_network_is_padded_changes_rounding_alone(monkeypatch):
    found = []
    for padded in identity.PADDED:
        monkeypatch.setattr(identity, "PADDED", (padded,))
        *_, last = measure_identity(depth=3, width=20, steps=10)
        found.append(last.errors)
    np.testing.assert_allclose(*found, rtol=1e-3)
    assert 0 < found[0][1].min() < found[0][1].max() < 10


@pytest.mark.slow
def test_no_setting_of_one_padded_width_compiles_anything():
    list(measure_identity(steps=12))
    with jax.no_tracing():
        for setting in (
            (1, 16, 3, "bend", 1),
            (32, 32, 11, "mirror", 2),
            (5, 18, 1, "identity", 3),
        ):
            list(measure_identity(*setting, arms=ARMS))


def made_up(ends, target="identity"):
    """A finished measurement of one rate and seed, with these errors."""
    errors = np.array([[[[2.0, end]]] for end in ends])
    return IdentityMeasurement(
        depth=8,
        width=32,
        steps=300,
        target=target,
        seed=0,
        arms=ARMS[: len(ends)],
        learning_rates=(0.01,),
        step=np.array([0, 300]),
        errors=errors,
    )


def test_the_summary_compares_with_wide_margins_and_names_divergence():
    assert made_up([0.54, 0.003, 0.0]).summary == (
        "y = x, depth 8, width 32, after 300 steps at each network's best learning rate: "
        "plain has hardly learned it (error above 0.3, where answering 0 scores 1); "
        "residual has learned it (error below 0.1); residual, last layer at zero is exact."
    )
    diverged = made_up([np.inf, 0.2])
    assert (
        "plain diverged; residual has learned part of it (error between 0.1 and 0.3)."
        in diverged.summary
    )
    assert diverged.diverged.ravel().tolist() == [True, False]


@pytest.mark.slow
def test_a_rate_that_diverges_is_never_the_best(monkeypatch):
    monkeypatch.setattr(identity, "LEARNING_RATES", (0.001, 100.0, 0.016))
    *_, last = measure_identity(depth=32, width=64, steps=30, arms=["residual"])
    assert last.diverged[0, 1].all() and not np.isnan(last.errors).any()
    assert last.best[0] != 1 and np.isfinite(last.curves).all()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (dict(depth=0), "depth must be between 1 and 32, got 0."),
        (dict(depth=33), "depth must be between 1 and 32, got 33."),
        (dict(width=17), "width must be even, since every input takes two units, got 17."),
        (dict(width=66), "width must be between 4 and 64, got 66."),
        (dict(steps=0), "steps must be between 1 and 100000, got 0."),
        (dict(seed=-1), "seed must be between 0 and 2147483647, got -1."),
        (dict(target="square"), "target must be one of identity, bend, mirror, got 'square'."),
        (dict(arms=["deep"]), f"arm must be one of {', '.join(ARMS)}, got 'deep'."),
    ],
)
def test_impossible_settings_are_refused_at_the_call(values, message):
    with pytest.raises(LearnerError) as caught:
        measure_identity(**values)
    assert str(caught.value) == message
