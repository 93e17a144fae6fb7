"""Surprise of the stored transformers, by other ways through them."""

import numpy as np
import optax
import pytest

from lessons.errors import LearnerError
from lessons.residual_stream.branches.blocks import branches_of
from lessons.residual_stream.branches.experiment import every_worth, looked_at, measure_branches
from lessons.residual_stream.branches.page import lines
from lessons.residual_stream.stored import BRANCHES, DESIGNS, trained_transformers
from lessons.residual_stream.training import surprise
from lessons.residual_stream.transformer import embed, read


def by_hand(order):
    """The surprise of the network that has these branches, from 1, in this order."""
    parameters, text = trained_transformers()[0], lines()
    branches, stream = branches_of(parameters), embed(parameters, text[:, :-1])
    for number in order:
        stream = stream + branches[number - 1](stream)
    scores = read(parameters, stream)
    return float(optax.softmax_cross_entropy_with_integer_labels(scores, text[:, 1:]).mean())


@pytest.mark.slow
def test_the_whole_networks_have_the_surprise_that_their_training_lowers():
    worth = every_worth()
    both = zip(trained_transformers(), DESIGNS, (worth.whole, worth.plain), strict=True)
    for parameters, design, found in both:
        assert found == pytest.approx(float(surprise(parameters, design, lines())), rel=1e-3)


@pytest.mark.slow
def test_each_deletion_and_each_exchange_is_that_of_the_list_of_branches():
    all_of_them = list(range(1, BRANCHES + 1))
    for branch in (1, 6, 10):
        left = [other for other in all_of_them if other != branch]
        assert every_worth().single[branch - 1] == pytest.approx(by_hand(left), rel=1e-3)
    for branch in (1, 9):
        turned = [*all_of_them[: branch - 1], branch + 1, branch, *all_of_them[branch + 1 :]]
        assert every_worth().neighbours[branch - 1] == pytest.approx(by_hand(turned), rel=1e-3)


@pytest.mark.slow
def test_two_deletions_and_an_exchange_at_once_are_that_list_of_branches():
    found = measure_branches(8, 4, 6)
    assert found.deleted == (6, 8)
    assert found.surprise == pytest.approx(by_hand([1, 2, 3, 5, 4, 7, 9, 10]), rel=1e-3)


def test_one_lesion_is_worth_in_the_picture_what_the_sentence_says():
    for deleted, exchanged in ((3, 0), (0, 3)):
        found = measure_branches(deleted, exchanged)
        kept = found.single[2] if deleted else found.neighbours[2]
        assert found.surprise == pytest.approx(kept, rel=1e-4)


def test_the_line_has_its_own_chances_and_guesses():
    chances, _ = looked_at((2,), 0)
    found = measure_branches(2, line=5)
    np.testing.assert_array_equal(found.chances, chances[4])
    assert len(found.line) == len(found.guesses) + 1 == len(found.chances) + 1
    sure = found.chances > 0.5  # then no other character is likelier
    right = np.array([a == b for a, b in zip(found.guesses, found.line[1:], strict=True)])
    assert sure.any() and right[sure].all()


def test_the_first_branches_are_missed_most():
    """What the lesson says; margins are wide, since the networks were trained."""
    worth = every_worth()
    assert worth.single[0] > worth.whole + 0.7 and worth.single[0] == worth.single.max()
    assert np.sort(worth.single)[:5].max() < worth.whole + 0.25
    assert worth.neighbours[2:].max() < worth.whole + 0.15 < worth.neighbours[0]
    assert worth.plain > worth.whole + 1


@pytest.mark.parametrize(
    "bad, says",
    [
        (dict(deleted=11), "branch deleted must be between 0 and 10, got 11."),
        (dict(exchanged=10), "branch exchanged must be between 0 and 9, got 10."),
        (dict(line=0), "line must be between 1 and 12, got 0."),
    ],
)
def test_what_is_not_there_is_refused(bad, says):
    with pytest.raises(LearnerError) as caught:
        measure_branches(**bad)
    assert str(caught.value) == says


@pytest.mark.parametrize(
    "lesion, says",
    [
        ((0, 0, 0), "with all 10 branches"),
        ((6, 0, 6), "nats per character without branch 6, instead of"),
        ((8, 0, 2), "without branches 2 and 8, instead of"),
        ((0, 4, 0), "with branches 4 and 5 exchanged, instead of"),
        ((1, 1, 0), "without branch 1 and with branches 1 and 2 exchanged, instead of"),
    ],
)
def test_the_summary_begins_with_the_surprise_and_says_the_damage(lesion, says):
    found = measure_branches(*lesion)
    assert found.summary.startswith(f"{found.surprise:.2f} nats") and says in found.summary
