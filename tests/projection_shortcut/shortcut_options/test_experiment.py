"""Topologies, parameters and starts of the options; the training itself is that of
lessons.network.training.
"""

from itertools import islice

import jax
import numpy as np
import pytest

from lessons.errors import NetworkError
from lessons.projection_shortcut.shortcut_options import experiment
from lessons.projection_shortcut.shortcut_options.experiment import (
    DIRECTIONS,
    FROM_IDENTITY,
    OPTIONS,
    measure_options,
    option_topology,
)
from tests import oracle

NARROWING, WIDENING = DIRECTIONS.values()


def kinds(option, sizes=NARROWING, blocks=2):
    return [skip.shortcut for skip in option_topology(option, sizes, blocks).skips]


def test_options_are_those_of_the_paper():
    assert kinds("no skip") == []
    assert kinds("A") == ["pad"] * 6
    assert kinds("B") == [
        "identity",
        "identity",
        "projection",
        "identity",
        "projection",
        "identity",
    ]
    assert kinds("C") == kinds(FROM_IDENTITY) == ["projection"] * 6


def test_stages_have_their_sizes():
    assert option_topology("A", NARROWING, 1).widths == (64, 64, 64, 32, 32, 16, 16)
    assert option_topology("A", WIDENING, 1).widths == (64, 16, 16, 16, 32, 32, 64, 64)
    assert {
        option_topology(option, sizes, 6).depth
        for option in OPTIONS
        for sizes in DIRECTIONS.values()
    } == {36, 37}


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.slow
def test_parameters_counted_are_those_that_training_moves(direction, request):
    before = next(measure_options(direction, 2))
    request.getfixturevalue("unoptimised")  # the gradient is a program of this test alone
    train_data, _ = experiment.examples(0)
    key = jax.random.key(0)
    gradient = jax.jit(jax.grad(experiment.cross_entropy))
    for option, count in zip(OPTIONS, before.parameters, strict=True):
        topology = option_topology(option, before.sizes, 2)
        compiled = experiment.compile_option(topology, 2, "none")
        start = jax.tree.map(lambda p: p[0], experiment.initial_classifiers(option, topology, 0))
        moved = jax.tree.map(
            lambda g: np.asarray(g) != 0, gradient(start, compiled, train_data, key)
        )
        # A unit whose ReLU is off over the whole batch gets no gradient, so that a few of the
        # numbers do not move.
        total = sum(int(part.sum()) for part in jax.tree.leaves(moved))
        assert 0.5 * count < total <= count
    bound = [
        64 * 64 * 4 + 64 * 32 + 32 * 32 * 3 + 32 * 16 + 16 * 16 * 3,
        64 * 4 + 32 * 4 + 16 * 4,
        16 * 10,
    ]
    if direction.startswith("narrowing"):
        assert before.parameters == (
            sum(bound),
            sum(bound),
            sum(bound) + 64 * 32 + 32 * 16,
            *[sum(bound) + 2 * 64**2 + 64 * 32 + 32**2 + 32 * 16 + 16**2] * 2,
        )


def logits(option, seed=0):
    topology = option_topology(option, NARROWING, 2)
    start = jax.tree.map(
        lambda p: np.float64(p[1]), experiment.initial_classifiers(option, topology, seed)
    )
    inputs = np.random.default_rng(seed).normal(size=(5, 64))
    widths = topology.widths
    weights = [
        w[: widths[l], : widths[l + 1]]
        for l, w in enumerate(start.network.weights[: topology.depth])
    ]
    biases = [b[: widths[l + 1]] for l, b in enumerate(start.network.biases[: topology.depth])]
    W = [
        w[:a, :b]
        for w, (a, b) in zip(
            start.network.projections, experiment.projection_sizes(topology), strict=False
        )
    ]
    h = oracle.states(topology, weights, biases, inputs, branch_scale=6**-0.5, projections=W)[-1]
    return h @ start.readout[: widths[-1]]


@pytest.mark.slow
def test_c_from_the_identity_starts_as_b():
    # B draws W for two skips, C from I for the same two: the same function if its other W are
    # identities.
    b, near = (option_topology(option, NARROWING, 2) for option in ("B", FROM_IDENTITY))
    drawn = {
        o: np.asarray(experiment.initial_classifiers(o, t, 0).network.projections)
        for o, t in (("B", b), (FROM_IDENTITY, near))
    }
    sizes = experiment.projection_sizes(near)
    for projection, (m, n) in enumerate(sizes):
        if m == n:
            np.testing.assert_array_equal(
                drawn[FROM_IDENTITY][:, projection, :m, :n], np.broadcast_to(np.eye(m), (5, m, n))
            )
    np.testing.assert_array_equal(
        drawn["B"][:, :2, :64, :32], drawn[FROM_IDENTITY][:, [2, 4], :64, :32]
    )
    np.testing.assert_allclose(logits("B"), logits(FROM_IDENTITY), rtol=1e-10)


def test_all_options_start_with_the_same_layers():
    starts = [
        experiment.initial_classifiers(o, option_topology(o, NARROWING, 2), 3) for o in OPTIONS
    ]
    for other in starts[1:]:
        np.testing.assert_array_equal(starts[0].network.weights, other.network.weights)
        np.testing.assert_array_equal(starts[0].readout, other.readout)


def test_pixels_are_not_negative_and_have_mean_square_one():
    train_data, (inputs, _) = experiment.examples(1)
    assert train_data.inputs.min() == 0 <= inputs.min()
    assert (train_data.inputs**2).mean() == pytest.approx(1, rel=1e-5)


@pytest.mark.slow
def test_training_lowers_loss_and_error_and_what_is_not_measured_is_unknown():
    run = measure_options(blocks=1, steps=25, learning_rate=0.004)
    before = next(run)
    assert (
        before.progress == 0
        and np.isnan(before.losses).all()
        and "before training" in before.summary
    )
    *_, last = islice(run, 15)
    assert (
        last.progress == 1 and last.losses.shape == (5, 5, 3) and last.step.tolist() == [10, 20, 25]
    )
    assert (last.losses[..., -1].mean(1) < last.losses[..., 0].mean(1)).all()
    assert (last.errors < 0.9).all() and "after 25 steps" in last.summary


@pytest.mark.slow
def test_half_trained_options_are_named_alone():
    run = measure_options(blocks=1, steps=10)
    two = [next(run) for _ in range(3)][-1]
    assert two.trained.tolist() == [
        True,
        True,
        False,
        False,
        False,
    ] and two.progress == pytest.approx(0.4)
    assert "no skip" in two.summary and "B " not in two.summary


@pytest.mark.slow
def test_divergence_is_infinite_and_never_nan():
    *_, last = measure_options(blocks=1, steps=10, learning_rate=1.0)
    assert not np.isnan(last.losses).any() and "nan" not in last.summary


def test_impossible_settings_are_refused_at_the_call():
    for bad in (
        {"direction": "up"},
        {"blocks": 7},
        {"steps": 0},
        {"learning_rate": np.nan},
        {"normalisation": "magic"},
        {"seed": -1},
    ):
        with pytest.raises(NetworkError):
            measure_options(**bad)
