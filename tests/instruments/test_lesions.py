import jax.numpy as jnp
import numpy as np
import pytest

from lessons.ensemble_of_paths.lesions import lesion_errors, single_deletions
from lessons.instruments import lesions
from lessons.instruments.blocks import BlockError
from lessons.network.classifiers import Classifier

from .networks import BLOCKS, WIDTH, course_network, mixed_network

pytestmark = pytest.mark.usefixtures("unoptimised")  # each runs once


def by_hand(blocks, x):
    for block in blocks:
        branch, past = block if isinstance(block, tuple) else (block, lambda h: h)
        x = past(x) + branch(x)
    return float((x**2).sum())


def square_at(x):
    return lambda network: (network(x) ** 2).sum()


def test_every_deletion_and_every_exchange_is_that_of_the_list_of_blocks():
    _, _, blocks, x, _ = course_network()
    found = lesions(blocks, square_at(x))
    assert found.whole == pytest.approx(by_hand(blocks, x), rel=1e-5)
    for gone in range(BLOCKS):
        left = blocks[:gone] + blocks[gone + 1 :]
        assert found.deleted[gone] == pytest.approx(by_hand(left, x), rel=1e-5)
        for other in range(BLOCKS):
            order = list(blocks)
            order[gone], order[other] = blocks[other], blocks[gone]
            assert found.exchanged[gone, other] == pytest.approx(by_hand(order, x), rel=1e-5)


@pytest.mark.slow
def test_the_errors_of_a_classifier_of_the_course_are_those_of_its_lesions(rng):
    parameters, compiled, blocks, _, _ = course_network()
    readout = jnp.asarray(rng.normal(size=(WIDTH, 3)), jnp.float32)
    inputs = jnp.asarray(rng.normal(size=(40, WIDTH)), jnp.float32)
    labels = jnp.asarray(rng.integers(0, 3, 40), jnp.int32)
    blocks = [lambda h, F=F: jnp.stack([F(row) for row in h]) for F in blocks]
    wrong = lambda network: ((network(inputs) @ readout).argmax(1) != labels).mean()
    expected = lesion_errors(
        Classifier(parameters, readout), compiled, single_deletions(BLOCKS), inputs, labels
    )
    np.testing.assert_allclose(lesions(blocks, wrong).deleted, expected, atol=1e-6)


@pytest.mark.slow
def test_a_block_that_changes_the_shape_leaves_its_shortcut_and_takes_no_others_place():
    blocks, x, _ = mixed_network()
    found = lesions(blocks, square_at(x))
    shortcut_alone = [*blocks[:-1], (lambda h: 0 * blocks[-1][0](h), blocks[-1][1])]
    assert found.deleted[-1] == pytest.approx(by_hand(shortcut_alone, x), rel=1e-5)
    assert found.exchanged is None and "exchanges" not in found.summary


def test_the_summary_names_the_blocks_that_change_most_and_least():
    blocks = [lambda x: x, lambda x: 0.01 * x, lambda x: 4 * x]
    said = lesions(blocks, square_at(jnp.ones(1))).summary
    assert "Deleting block 3 changes it most" in said and "block 2 least" in said


def test_one_block_has_no_other():
    found = lesions([lambda x: x], square_at(jnp.ones(1)))
    assert found.summary == "1 block: 4.0 with it, 1.0 without."
    assert found.exchanged.tolist() == [[4.0]]


@pytest.mark.parametrize(
    "metric, says",
    [
        (lambda network: network(jnp.ones(2)), "metric must return one number, got"),
        (lambda network: float(network(jnp.ones(2))[0]), "metric must be a function of a network"),
        (lambda network: network(jnp.ones(2)).sum() / 0, "metric must be finite"),
    ],
)
def test_a_metric_that_is_none_is_refused(metric, says):
    with pytest.raises(BlockError, match=says):
        lesions([lambda x: x], metric)
