"""The branches are those of the transformer, and a lesion is that of a list of them."""

import jax
import numpy as np
import pytest

from lessons.instruments import lesions
from lessons.residual_stream.branches.blocks import branches_of, damaged, lesion
from lessons.residual_stream.transformer import design, draw, embed, streams

pytestmark = pytest.mark.usefixtures("unoptimised")  # each runs once

LAYERS, BRANCHES, WIDTH, PLACES = 2, 4, 8, 6
TEXT = np.array([[3, 0, 7, 7, 21, 34], [1, 1, 2, 0, 5, 9]], np.int32)
compiled = jax.jit(damaged)


@pytest.fixture(scope="module")
def parameters():
    drawn = lambda: draw(jax.random.key(0), LAYERS, width=WIDTH, inner=12, context=PLACES)
    return jax.tree.map(np.asarray, jax.jit(drawn)())


def one_after_the_other(parameters, order, deleted=()):
    """By hand: each branch in the list writes, those deleted do not. Branches from 1."""
    branches, stream = branches_of(parameters), embed(parameters, TEXT)
    for number in order:
        if number not in deleted:
            stream = stream + branches[number - 1](stream)
    return stream


@pytest.mark.slow
def test_the_branches_written_one_after_the_other_are_the_transformer(parameters):
    stream, states = embed(parameters, TEXT), streams(parameters, design(LAYERS), TEXT)
    for branch, state in zip(branches_of(parameters), states[1:], strict=True):
        stream = stream + branch(stream)
        np.testing.assert_allclose(stream, state, atol=1e-4)


@pytest.mark.parametrize("deleted", [(), (1,), (2, 4), (1, 2, 3, 4)])
def test_a_deleted_branch_writes_nothing(parameters, deleted):
    found = compiled(parameters, np.float32(1), *lesion(BRANCHES, deleted), TEXT)
    wanted = one_after_the_other(parameters, (1, 2, 3, 4), deleted)
    np.testing.assert_allclose(found, wanted, atol=1e-4)


@pytest.mark.parametrize("exchanged, order", [(1, (2, 1, 3, 4)), (3, (1, 2, 4, 3))])
def test_an_exchanged_branch_writes_in_the_place_of_the_next(parameters, exchanged, order):
    found = compiled(parameters, np.float32(1), *lesion(BRANCHES, (), exchanged), TEXT)
    np.testing.assert_allclose(found, one_after_the_other(parameters, order), atol=1e-4)


def test_what_is_deleted_is_the_branch_and_not_the_place(parameters):
    found = compiled(parameters, np.float32(1), *lesion(BRANCHES, (1,), 1), TEXT)
    wanted = one_after_the_other(parameters, (2, 1, 3, 4), deleted=(1,))
    np.testing.assert_allclose(found, wanted, atol=1e-4)


def test_without_skips_every_branch_replaces_and_a_deleted_one_hands_on(parameters):
    stream = embed(parameters, TEXT)
    for number in (1, 3, 4):
        stream = branches_of(parameters)[number - 1](stream)
    found = compiled(parameters, np.float32(0), *lesion(BRANCHES, (2,)), TEXT)
    np.testing.assert_allclose(found, stream, atol=1e-4)


def test_the_instruments_find_the_same_lesions(parameters):
    first = embed(parameters, TEXT)
    measured = lesions(branches_of(parameters), lambda network: (network(first) ** 2).mean())
    square = lambda *which: float((compiled(parameters, np.float32(1), *which, TEXT) ** 2).mean())
    assert measured.whole == pytest.approx(square(*lesion(BRANCHES)), rel=1e-4)
    for branch in range(1, BRANCHES + 1):
        alone = square(*lesion(BRANCHES, (branch,)))
        assert measured.deleted[branch - 1] == pytest.approx(alone, rel=1e-4)
    for branch in range(1, BRANCHES):
        turned = square(*lesion(BRANCHES, (), branch))
        assert measured.exchanged[branch - 1, branch] == pytest.approx(turned, rel=1e-4)
