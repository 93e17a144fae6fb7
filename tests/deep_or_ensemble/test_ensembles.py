"""Networks that answer together: against NumPy, finite differences, the distribution they are
drawn from, and four devices.
"""

import os
import subprocess
import sys

import jax
import numpy as np
import pytest

from lessons.deep_or_ensemble.architectures import ARMS, INPUTS, NAMES, OUTPUTS, Arm, named
from lessons.deep_or_ensemble.ensembles import (
    Kind,
    advance,
    all_answers,
    answers,
    begin,
    everywhere,
    init_weights,
    kind_of,
    lay_out,
    loss,
)
from lessons.network.compiled_topology import compile_topology
from lessons.network.datasets import Examples
from lessons.network.gradients import forward
from lessons.network.network import Parameters
from lessons.network.topology import Topology
from tests.oracle import central_differences
from tests.panels import compilations

pytestmark = pytest.mark.usefixtures("unoptimised")  # no lesson runs these programs
TINY = Arm("tiny", 2, 3, 4)
compiled_answers, compiled_forward = jax.jit(answers), jax.jit(forward)
loss_and_gradient = jax.jit(jax.value_and_grad(loss))


def by_numpy(arm, weights, member, x):
    """One member's answers from the definition, float64, a loop over its blocks."""
    encoder, blocks, readout = (
        np.float64(leaf)
        for leaf in (weights.encoder[member], weights.blocks[:, member], weights.readout[member])
    )
    h = x @ encoder[:-1] + encoder[-1]
    for block in blocks:
        branch = arm.branch_scale * (np.maximum(h, 0) @ block[:-1] + block[-1])
        h = h + branch if arm.skips else branch
    return h @ readout[:-1] + readout[-1]


@pytest.mark.parametrize("arm", ARMS, ids=NAMES)
def test_every_member_answers_as_numpy_does(arm, rng):
    weights = jax.tree.map(
        lambda leaf: np.asarray(leaf) + 0.1 * rng.standard_normal(leaf.shape, np.float32),
        init_weights(arm, 3),
    )  # biases too
    x = rng.standard_normal((7, INPUTS), np.float32)
    found = compiled_answers(
        weights, kind_of(arm), np.broadcast_to(x[None], (arm.members, *x.shape))
    )
    for member in range(arm.members):
        expected = by_numpy(arm, weights, member, x)
        np.testing.assert_allclose(
            found[member], expected, rtol=1e-3, atol=1e-4 * np.abs(expected).max()
        )


@pytest.mark.parametrize("arm", ARMS, ids=NAMES)
def test_every_member_is_the_network_of_the_other_lessons_between_two_layers(arm, rng):
    weights = jax.tree.map(
        lambda leaf: np.asarray(leaf) + 0.1 * rng.standard_normal(leaf.shape, np.float32),
        init_weights(arm, 3),
    )
    topology = Topology.residual(arm.blocks) if arm.skips else Topology.plain(arm.blocks)
    network = compile_topology(
        topology, arm.width, max_depth=arm.blocks, branch_scale=arm.branch_scale
    )
    x = rng.standard_normal((arm.members, 7, INPUTS), np.float32)
    found, member = compiled_answers(weights, kind_of(arm), x), arm.members - 1
    encoder, blocks, readout = (
        np.asarray(leaf)
        for leaf in (weights.encoder[member], weights.blocks[:, member], weights.readout[member])
    )
    skip_weights = np.zeros((1, arm.width, arm.width), np.float32)
    parameters = Parameters(blocks[:, :-1], blocks[:, -1], skip_weights)
    h = np.asarray(compiled_forward(parameters, network, x[member] @ encoder[:-1] + encoder[-1]))
    np.testing.assert_allclose(
        found[member], h @ readout[:-1] + readout[-1], rtol=1e-4, atol=1e-4 * np.abs(found).max()
    )


@pytest.mark.parametrize("joint", [False, True])
@pytest.mark.slow
def test_gradients_are_those_of_finite_differences_and_members_alone_learn_alone(
    joint, float64, rng
):
    kind = Kind(np.float64(1), np.float64(3**-0.5), np.bool_(joint))
    weights = jax.tree.map(np.float64, init_weights(TINY, 0))
    x, y = rng.normal(size=(2, 5, INPUTS)), rng.normal(size=(2, 5, OUTPUTS))
    _, found = loss_and_gradient(weights, kind, x, y)
    at = lambda readout: loss_and_gradient(weights._replace(readout=readout), kind, x, y)[0]
    expected = central_differences(lambda readout: np.asarray(at(readout)), weights.readout)
    np.testing.assert_allclose(found.readout, expected, rtol=1e-6, atol=1e-7)
    one = lambda w: ((answers(w, kind, x)[0] - y[0]) ** 2).sum(-1).mean()
    alone = jax.jit(jax.grad(one))(weights)
    assert np.allclose(found.encoder[0], alone.encoder[0]) != joint


def test_joint_members_learn_from_the_error_of_their_mean(float64, rng):
    kind = Kind(np.float64(1), np.float64(3**-0.5), np.bool_(True))
    weights = jax.tree.map(np.float64, init_weights(TINY, 0))
    x, y = (np.repeat(rng.normal(size=(1, 5, size)), 2, 0) for size in (INPUTS, OUTPUTS))
    mean = np.mean([by_numpy(TINY, weights, member, x[0]) for member in range(2)], 0)
    # one term per member, all equal: Adam does not see a constant factor
    assert float(loss_and_gradient(weights, kind, x, y)[0]) == pytest.approx(
        2 * ((mean - y[0]) ** 2).sum(-1).mean()
    )


def test_weights_have_the_variances_that_are_said_and_biases_are_zero():
    arm = Arm("", 40, 6, 30)
    weights = init_weights(arm, 1)
    for leaf, variance in zip(map(np.asarray, weights), (1 / INPUTS, 2 / 30, 1 / 30), strict=True):
        numbers = leaf[..., :-1, :].ravel()
        assert abs(numbers.mean()) < 5 * np.sqrt(variance / numbers.size)
        assert abs(numbers.var() / variance - 1) < 5 * np.sqrt(2 / numbers.size)
        assert np.all(leaf[..., -1, :] == 0)
    assert not np.array_equal(weights.encoder[0], weights.encoder[1])
    assert not np.array_equal(init_weights(arm, 2).encoder, weights.encoder)


def examples(rng, seeds):
    inputs = rng.standard_normal((seeds, 64, INPUTS), np.float32)
    return Examples(inputs, np.tanh(inputs[..., :OUTPUTS]), np.int32(50))


def trained(arm, rates, seeds, data, steps, devices=None):
    runs = lay_out(rates, seeds, devices)
    state = advance(kind_of(arm), begin(arm, runs, seeds), runs, everywhere(runs, data), 0, steps)
    return np.asarray(all_answers(kind_of(arm), state.weights, runs, everywhere(runs, data.inputs)))


@pytest.mark.slow
def test_runs_do_not_touch_each_other(rng):
    data = examples(rng, 2)
    together = trained(TINY, (0.003, 0.03), (5, 6), data, 20)
    alone = trained(
        TINY, (0.03,), (6,), jax.tree.map(lambda leaf: leaf[1:] if leaf.ndim else leaf, data), 20
    )
    np.testing.assert_allclose(together[3], alone[0], rtol=1e-3, atol=1e-4)
    assert np.abs(together[1] - together[3]).max() > 0.01  # another rate is another result


@pytest.mark.slow
def test_training_in_two_parts_is_training_at_once(rng):
    data, runs = examples(rng, 1), lay_out((0.01,), (0,))
    state = begin(TINY, runs, (0,))
    for first, count in ((0, 7), (7, 13)):
        state = advance(kind_of(TINY), state, runs, everywhere(runs, data), first, count)
    parts = np.asarray(all_answers(kind_of(TINY), state.weights, runs, data.inputs))
    np.testing.assert_allclose(parts, trained(TINY, (0.01,), (0,), data, 20), rtol=1e-4, atol=1e-5)


@pytest.mark.slow
def test_examples_beyond_the_count_are_never_seen(rng):
    data = examples(rng, 1)
    spoilt = data._replace(inputs=data.inputs.copy())
    spoilt.inputs[:, 50:] = np.nan
    state = trained(TINY, (0.01,), (0,), data, 10), trained(TINY, (0.01,), (0,), spoilt, 10)
    np.testing.assert_array_equal(state[0][..., :50, :], state[1][..., :50, :])


def test_one_step_moves_every_weight_by_the_learning_rate(rng):
    """The first step of Adam is rate times the sign of the gradient."""
    runs = lay_out((0.01,), (0,))
    before = jax.tree.map(np.asarray, begin(TINY, runs, (0,)).weights)
    after = advance(
        kind_of(TINY),
        begin(TINY, runs, (0,)),
        runs,
        everywhere(runs, examples(rng, 1)),
        0,
        1,
    ).weights
    moved = np.concatenate(
        [np.abs(np.asarray(b) - a).ravel() for a, b in zip(before, after, strict=True)]
    )
    assert np.median(moved) == pytest.approx(0.01, rel=1e-3) and moved.max() < 0.0101


@pytest.mark.slow
def test_arms_of_one_shape_share_their_program(rng):
    data = examples(rng, 1)
    trained(named("deep"), (0.01,), (0,), data, 1)
    before = compilations()
    trained(named("plain"), (0.03,), (4,), data, 2)
    assert compilations() == before


FOUR = "--xla_force_host_platform_device_count=4"
FOUR_DEVICES = """
import jax
assert len(jax.devices()) == 4
from lessons.deep_or_ensemble.ensembles import lay_out
runs = lay_out((0.01, 0.03), (0, 1, 2))
assert runs.rates.shape == (8,) and len(runs.rates.sharding.device_set) == 4
assert {shard.data.shape for shard in runs.rates.addressable_shards} == {(2,)}
"""


@pytest.mark.slow
def test_four_devices_have_two_of_eight_runs_each():
    """Six runs and two copies. That they find what one device finds is tested with a cell of the
    grid, in test_grid_store.py.
    """
    environment = os.environ | {
        "XLA_FLAGS": f"{os.environ.get('XLA_FLAGS', '')} {FOUR}",
        "JAX_PLATFORMS": "cpu",
    }
    result = subprocess.run(
        [sys.executable, "-c", FOUR_DEVICES], env=environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
