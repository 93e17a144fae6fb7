"""Lesson 6's checks take any correct answer, and say what is missing in a wrong one."""

import re

import jax.numpy as jnp
import numpy as np
import pytest

from lessons.deep_or_ensemble import exercises as deep_or_ensemble
from lessons.deep_or_ensemble.exercises import (
    CELLS,
    check_ambiguity,
    check_ensemble_wins,
    check_errors_alone,
    check_predictions,
    grid_says,
)
from lessons.deep_or_ensemble.grid.store import ROWS
from lessons.deep_or_ensemble.members import trained_members

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
        ("deep", "predictions must be a list of 3 words, got 'deep'."),
        (3, "predictions must be a list of 3 words, got 3."),
        ({"deep": 1}, "predictions must be a list of 3 words"),
        ([RIGHT[0], 3, ["deep"]], "a prediction must be one of deep, 12 × 1, not clear, got 3."),
        ([["deep"]] * 3, "got ['deep']."),
        (
            ["deep", "deep", "depth"],
            "a prediction must be one of deep, 12 × 1, not clear, got 'depth'.",
        ),
        ([RIGHT[0], RIGHT[1], RIGHT[0]], "2 of 3 agree. In cell 3 the error of deep is"),
    ],
)
def test_predictions_that_do_not_agree_are_told_why(predictions, sentence):
    verdict = check_predictions(predictions)
    assert not verdict.passed and sentence in repr(verdict)


def by_numpy(answers, targets):
    return ((answers - targets) ** 2).sum(2).mean(1) / ((targets - targets.mean(0)) ** 2).sum(
        1
    ).mean()


def by_jax(answers, targets):
    answers, targets = jnp.asarray(answers, jnp.float32), jnp.asarray(targets, jnp.float32)
    return ((answers - targets[None]) ** 2).mean((1, 2)) / targets.var(0).mean()


def by_loops(answers, targets):
    means = [sum(column) / len(column) for column in targets.T]
    constant = sum((y - mean) ** 2 for row in targets for y, mean in zip(row, means, strict=True))
    return [float(((member - targets) ** 2).sum() / constant) for member in answers]


@pytest.mark.slow
def test_the_error_of_a_mean_is_what_the_spread_leaves_of_its_members():
    answers, targets = trained_members("12 × 1")
    alone = by_loops(answers, targets)
    (ensemble,) = by_numpy(answers.mean(0)[None], targets)
    spread = sum(alone) / len(alone) - ensemble
    said = check_ambiguity(alone, ensemble, spread)
    assert said.passed and "takes off more than a tenth" in repr(said), said
    assert spread > 0.15 * np.mean(alone), "too near to what the sentence says"
    for wrong, sentence in (
        ((alone[:-1], ensemble, spread), "alone must have shape (12,)"),
        ((alone, spread, ensemble), "ensemble is"),
        ((alone, ensemble, 0.0), "spread is 0, and should be"),
        ((..., ensemble, spread), "in place of the stub"),
    ):
        verdict = check_ambiguity(*wrong)
        assert not verdict.passed and sentence in repr(verdict)


@pytest.mark.parametrize("answer", [by_numpy, by_jax, by_loops])
@pytest.mark.slow
def test_any_way_to_the_errors_alone_is_accepted_and_joint_members_are_useless_alone(answer):
    verdict = check_errors_alone(answer)
    assert verdict.passed, verdict
    joint, joint_most, together, single, single_most, mean = map(
        float, re.findall(r"\d+(?:\.\d+)?", verdict.message)[1:]
    )
    assert together < 0.5 and mean < single < single_most < 0.5 < joint and joint_most > 3


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (..., "nothing to check so far"),
        (lambda answers, targets: ..., "nothing to check so far"),
        (
            lambda answers, targets: by_numpy(answers, targets) and None,
            "your function raised ValueError: ",
        ),
        (
            lambda answers, targets: [by_numpy(answers, targets), None][1],
            "your function returns None: end it with `return` and your answer.",
        ),
        (3, "errors_alone must be a function, got int."),
        (lambda answers: 0, "your function raised TypeError"),
        (lambda answers, targets: np.zeros(4), "your errors must have shape (3,), got (4,)."),
        (
            lambda answers, targets: ((answers - targets) ** 2).sum(2).mean(1),
            "for 3 members your function gives",
        ),
        (lambda answers, targets: by_numpy(answers, targets)[::-1], "and it should give"),
        (lambda answers, targets: np.full(3, np.nan), "your errors holds nan"),
    ],
)
def test_errors_that_are_not_are_told_why(answer, sentence):
    verdict = check_errors_alone(answer)
    assert not verdict.passed and sentence in repr(verdict)


def test_an_ensemble_that_wins_with_many_examples_is_found_in_the_grid():
    winners = [
        (row, ensemble)
        for row, (_, sizes) in ROWS.items()
        if sizes[-1] == deep_or_ensemble.MOST
        for ensemble in deep_or_ensemble.ENSEMBLES
        if check_ensemble_wins(row, ensemble).passed
    ]
    assert winners == [("teacher, 1 hidden layer", "4 × 3")]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((..., ...), "nothing to check so far"),
        ((["teacher"], "4 × 3"), "the task must be one with 20000 examples"),
        (
            ("teacher, 1 hidden layer", 3),
            "the ensemble must be one of 2 × 6, 4 × 3, 12 × 1, got 3.",
        ),
        (("digits", "4 × 3"), "the task must be one with 20000 examples"),
        (
            ("teacher, 1 hidden layer", "deep"),
            "the ensemble must be one of 2 × 6, 4 × 3, 12 × 1, got 'deep'.",
        ),
        (("teacher, 4 hidden layers", "12 × 1"), "times that of 12 × 1, and deep wins."),
        (
            ("teacher, 4 hidden layers", "4 × 3"),
            "times that of 4 × 3, and which wins is not clear.",
        ),
    ],
)
def test_answers_that_are_not_in_the_grid_are_told_what_is(answer, sentence):
    verdict = check_ensemble_wins(*answer)
    assert not verdict.passed and sentence in repr(verdict)
