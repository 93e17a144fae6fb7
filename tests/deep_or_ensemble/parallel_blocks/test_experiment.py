"""Blocks in groups: against the network as trained, one summed block, and an enumeration of
paths.
"""

from itertools import product

import jax.numpy as jnp
import numpy as np
import pytest

from lessons.deep_or_ensemble.architectures import INPUTS, Arm
from lessons.deep_or_ensemble.ensembles import answers, init_weights, kind_of
from lessons.deep_or_ensemble.parallel_blocks.experiment import (
    grouped_answers,
    measure_parallel_blocks,
)
from lessons.deep_or_ensemble.parallel_blocks.measurement import (
    ParallelBlocksMeasurement,
    paths_left,
)
from lessons.errors import LearnerError

ARM = Arm("", 1, 12, 6)


@pytest.fixture
def network(rng):
    weights = init_weights(ARM, 0)
    weights = weights._replace(
        blocks=weights.blocks + 0.1 * rng.standard_normal(weights.blocks.shape, np.float32)
    )
    return weights, rng.standard_normal((1, 9, INPUTS), np.float32)


def test_groups_of_one_are_the_network(network):
    weights, x = network
    found = grouped_answers(weights, kind_of(ARM), x, jnp.int32(1))
    np.testing.assert_allclose(found, answers(weights, kind_of(ARM), x), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("group", [2, 5, 12])
def test_a_group_is_one_block_whose_weights_are_the_sum(network, group):
    """sum_j W_j relu(h) = (sum_j W_j) relu(h), by NumPy."""
    weights, x = network
    blocks = np.float64(weights.blocks[:, 0])
    h = x[0] @ np.float64(weights.encoder[0, :-1]) + weights.encoder[0, -1]
    for start in range(0, 12, group):
        summed = blocks[start : start + group].sum(0)
        h = h + ARM.branch_scale * (np.maximum(h, 0) @ summed[:-1] + summed[-1])
    expected = h @ np.float64(weights.readout[0, :-1]) + weights.readout[0, -1]
    found = grouped_answers(weights, kind_of(ARM), x, jnp.int32(group))[0]
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("group", range(1, 13))
def test_the_paths_that_are_left_are_those_that_enter_no_two_blocks_of_a_group(group):
    paths = product((0, 1), repeat=12)
    left = [
        sum(path)
        for path in paths
        if all(sum(path[start : start + group]) <= 1 for start in range(0, 12, group))
    ]
    assert paths_left(12, group) == len(left)
    assert ParallelBlocksMeasurement(
        depth=4, examples=100, steps=10, seed=0, blocks=12, step=0, error=np.ones((2, 12, 5))
    ).longest[group - 1] == max(left)


@pytest.mark.slow
def test_training_is_followed_and_the_first_picture_has_no_errors_to_show():
    run = measure_parallel_blocks(depth=2, examples=100, steps=20)
    before, first = next(run), next(run)
    assert (
        before.progress == 0
        and np.isinf(before.error).all()
        and "729 of 4096 paths" in before.summary
    )
    assert first.step == 2 and first.error.shape == (2, 12, 5) and not np.isnan(first.error).any()
    assert "after 2 of 20 steps" in first.summary


def test_sentences_speak_of_wide_margins_only():
    error = (
        np.ones((2, 12, 5))
        * np.array([[0.1] + [0.5] * 10 + [2.0], [0.01] * 11 + [0.02]])[:, :, None]
    )
    said = ParallelBlocksMeasurement(
        depth=4, examples=5000, steps=1000, seed=0, blocks=12, step=1000, error=error
    ).summary
    assert (
        "teacher with 4 hidden layers: groups of 2 make the error 1.2 to 6 times what it was"
        in said
    )
    assert "one group of all makes it worse than a constant answer" in said
    assert (
        "teacher with 1 hidden layer: groups of 2 leave the error below 1.2 times what it was"
        in said
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (dict(depth=1), "teacher depth must be between 2 and 6, got 1."),
        (dict(steps=15), "steps must be a multiple of 10, got 15."),
        (dict(examples=0), "examples must be between 1 and 20000, got 0."),
    ],
)
def test_impossible_settings_are_refused_at_the_call(values, message):
    with pytest.raises(LearnerError) as caught:
        measure_parallel_blocks(**values)
    assert str(caught.value) == message
