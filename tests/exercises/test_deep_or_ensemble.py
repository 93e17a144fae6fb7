"""Lesson 6's checks take any correct answer, and say what is missing in a wrong one."""

import numpy as np
import pytest

from lessons.exercises import deep_or_ensemble
from lessons.exercises.deep_or_ensemble import (
    CELLS,
    MEMBERS,
    POINTS,
    check_committee,
    check_ensemble_wins,
    check_predictions,
    grid_says,
    targets,
)
from lessons.grid_store import ROWS

RIGHT = [grid_says(*cell)[0] for cell in CELLS]


def test_the_three_cells_have_three_different_answers():
    assert sorted(RIGHT) == ["12 × 1", "deep", "not clear"]
    assert check_predictions(RIGHT).passed and check_predictions(tuple(RIGHT)).passed


@pytest.mark.parametrize(
    ("predictions", "sentence"),
    [
        (..., "nothing to check so far"),
        ([..., ..., ...], "nothing to check so far"),
        (RIGHT[:2], "there are 3 cells, so predictions must hold 3 words."),
        ("deep", "there are 3 cells"),
        (["deep", "deep", "depth"], "a prediction must be one of deep, 12 × 1, not clear, got 'depth'."),
        ([RIGHT[0], RIGHT[1], RIGHT[0]], "2 of 3 agree. In cell 3 the error of deep is"),
    ],
)
def test_predictions_that_do_not_agree_are_told_why(predictions, sentence):
    verdict = check_predictions(predictions)
    assert not verdict.passed and sentence in repr(verdict)


SWAY = np.linspace(-1, 1, MEMBERS)[:, None]


@pytest.mark.parametrize(
    "answers",
    [
        targets() + 100 * np.where(np.arange(MEMBERS) % 2, 1, -1)[:, None],
        (targets() + 60 * np.where(np.arange(MEMBERS) % 2, 1, -1)[:, None] * np.ones(POINTS)).tolist(),
    ],
    ids=["array", "lists"],
)
def test_committees_that_are_right_together_and_useless_alone_are_accepted(answers):
    verdict = check_committee(answers)
    assert verdict.passed and "= 0: all that the members do wrong" in repr(verdict)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (..., "nothing to check so far"),
        (np.zeros((3, POINTS)), "answers must have shape (12, 50), got (3, 50)."),
        (np.zeros((MEMBERS, POINTS)), "the mean of your members has squared error"),
        (targets() + np.zeros((MEMBERS, 1)), "member 1 has squared error 0 alone"),
        (targets() + 0.5 * SWAY, "alone, and each must have 10 times"),
        (np.full((MEMBERS, POINTS), np.nan), "answers holds nan"),
    ],
)
def test_committees_that_are_not_are_told_why(answers, sentence):
    verdict = check_committee(answers)
    assert not verdict.passed and sentence in repr(verdict)


def test_an_ensemble_that_wins_with_many_examples_is_found_in_the_grid():
    winners = [
        (row, ensemble)
        for row, (_, sizes) in ROWS.items()
        if sizes[-1] == deep_or_ensemble.MOST
        for ensemble in deep_or_ensemble.ENSEMBLES
        if check_ensemble_wins(row, ensemble).passed
    ]
    assert ("teacher, 1 hidden layer", "4 × 3") in winners and ("teacher, 4 hidden layers", "12 × 1") not in winners


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((..., ...), "nothing to check so far"),
        (("digits", "4 × 3"), "the task must be one with 20000 examples"),
        (("teacher, 1 hidden layer", "deep"), "the ensemble must be one of 2 × 6, 4 × 3, 12 × 1, got 'deep'."),
        (("teacher, 4 hidden layers", "12 × 1"), "times that of 12 × 1, and deep wins."),
        (("teacher, 4 hidden layers", "4 × 3"), "times that of 4 × 3, and which wins is not clear."),
    ],
)
def test_answers_that_are_not_in_the_grid_are_told_what_is(answer, sentence):
    verdict = check_ensemble_wins(*answer)
    assert not verdict.passed and sentence in repr(verdict)
