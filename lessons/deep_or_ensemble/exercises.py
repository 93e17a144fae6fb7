"""Lesson 6: what a mean gains, an ensemble that wins with many examples, trained members one by
one, and cells of the grid foretold.
"""

from collections.abc import Callable, Sequence

import numpy as np

from ..teaching.exercise import (
    NotYet,
    check,
    close,
    function,
    is_stub,
    numbers,
    quoted,
    run,
    shape,
    shown,
)
from .grid.experiment import measure_grid
from .grid.store import ROWS
from .members import Members, trained_members

SIZES = ((3, 7, 4), (5, 40, 1))  # members, examples, outputs: made-up answers to try a function on
CELLS = (("digits, 30 % of labels wrong", 1), ("digits", 2), ("teacher, 4 hidden layers", 3))
WORDS = {"arm": "deep", "rival": "12 × 1", "not clear": "not clear"}
ENSEMBLES = ("2 × 6", "4 × 3", "12 × 1")
MOST = 20_000


@check
def check_predictions(predictions: Sequence[str]):
    """Whether three cells of the grid are foretold: in each, "deep", "12 × 1" or "not clear" has
    the lower error.
    """
    nothing = NotYet(
        "nothing to check so far. Name the better arm in each of the three cells, "
        "then run this again."
    )
    if is_stub(predictions):
        raise nothing
    if not isinstance(predictions, (list, tuple)):
        raise NotYet(
            f"predictions must be a list of {len(CELLS)} words, got {quoted(predictions)}."
        )
    if any(is_stub(one) for one in predictions):
        raise nothing
    if len(predictions) != len(CELLS):
        raise NotYet(f"there are {len(CELLS)} cells, so predictions must hold {len(CELLS)} words.")
    for word in predictions:
        if not isinstance(word, str) or word not in WORDS.values():
            raise NotYet(
                f"a prediction must be one of {', '.join(WORDS.values())}, got {quoted(word)}."
            )
    found = [grid_says(row, size) for row, size in CELLS]
    for number, (word, (verdict, ratio)) in enumerate(zip(predictions, found, strict=True), 1):
        if word != verdict:
            agreed = sum(one == other for one, (other, _) in zip(predictions, found, strict=True))
            raise NotYet(
                f"{agreed} of 3 agree. In cell {number} the error of deep is {ratio:.2g} "
                "times that of 12 × 1. Why?"
            )
    ratios = ", ".join(f"{ratio:.2g}" for _, ratio in found)
    return f"all three agree with the grid; the errors of deep over those of 12 × 1 are {ratios}."


def grid_says(row: str, size: int, rival: str = "12 × 1") -> tuple[str, float]:
    """The better of deep and its rival in one cell, or "not clear", and the ratio of their
    errors.
    """
    found = measure_grid("deep", rival, row, size)
    here = found.comparisons.index((row, found.examples))
    return {**WORDS, "rival": rival}[found.verdicts[here]], float(found.ratios[here, 0])


@check
def check_ambiguity(alone, ensemble, spread):
    """Whether these are parts of one error: the members' mean error less their spread is the error
    of their mean, for the members that `trained_members("12 × 1")` gives.

    alone (members,), ensemble and spread one number each, all over the best constant's error.
    """
    answers, targets = trained_members("12 × 1")
    constant, mean = targets.var(0).sum(), answers.mean(0)
    expected = {
        "alone": ((answers - targets) ** 2).sum(-1).mean(-1) / constant,
        "ensemble": ((mean - targets) ** 2).sum(-1).mean() / constant,
        "spread": ((answers - mean) ** 2).sum(-1).mean() / constant,
    }
    for name, value in zip(expected, (alone, ensemble, spread), strict=True):
        found = numbers(name, value)
        shape(name, found, np.shape(expected[name]))
        if not close(found, expected[name]):
            raise NotYet(f"{name} is {shown(found)}, and should be {shown(expected[name])}.")
    share = float(spread) / float(np.mean(alone))
    # no number: trained networks differ somewhat from machine to machine
    return (
        "the error of the mean is the members' mean error less their spread, exactly. "
        f"Here the mean takes off {'more' if share > 0.1 else 'less'} than a tenth of their error."
    )


@check
def check_errors_alone(errors_alone: Callable):
    """Whether errors_alone(answers, targets) gives each member's error over the best constant's;
    says what trained members have.

    answers (members, examples, outputs), targets (examples, outputs). Trains members jointly and
    one by one, some seconds.
    """
    errors_alone = function("errors_alone", errors_alone)
    rng = np.random.default_rng(6)
    for members, examples, outputs in SIZES:
        wanted = rng.normal(1, 2, (examples, outputs))
        _compare(
            errors_alone, Members(wanted + rng.normal(size=(members, examples, outputs)), wanted)
        )
    joint, single = (
        _compare(errors_alone, trained_members(arm)) for arm in ("12 × 1 joint", "12 × 1")
    )
    return (
        f"the 12 joint members alone have {joint[0].min():.2g} to "
        f"{joint[0].max():.2g} times the error of a constant answer, and their "
        f"mean {joint[1]:.2g}. Trained one by one, members have "
        f"{single[0].min():.2g} to {single[0].max():.2g}, and their mean "
        f"{single[1]:.2g}."
    )


def _compare(errors_alone, members):
    """The right errors, of each member and of the mean; NotYet if the learner's are others."""
    answers, wanted = members
    constant = wanted.var(0).sum()
    expected = ((answers - wanted) ** 2).sum(-1).mean(1) / constant
    found = numbers(
        "your errors",
        run(errors_alone, answers.copy(), wanted.copy(), failure="your function raised"),
    )
    shape("your errors", found, expected.shape)
    if not close(found, expected):
        raise NotYet(
            f"for {len(answers)} members your function gives {shown(found)}, and it "
            f"should give {shown(expected)}."
        )
    return expected, ((answers.mean(0) - wanted) ** 2).sum(-1).mean() / constant


@check
def check_ensemble_wins(row: str, ensemble: str):
    """Whether this ensemble has a clearly lower error than the deep network on this task with 20
    000 examples.
    """
    if is_stub(row) or is_stub(ensemble):
        raise NotYet("nothing to check so far. Name a task and an ensemble, then run this again.")
    large = [name for name, (_, sizes) in ROWS.items() if sizes[-1] == MOST]
    if not isinstance(row, str) or row not in large:
        raise NotYet(
            f"the task must be one with {MOST} examples, "
            f"{' or '.join(map(repr, large))}, got {quoted(row)}."
        )
    if not isinstance(ensemble, str) or ensemble not in ENSEMBLES:
        raise NotYet(f"the ensemble must be one of {', '.join(ENSEMBLES)}, got {quoted(ensemble)}.")
    verdict, ratio = grid_says(row, len(ROWS[row][1]), ensemble)
    if verdict != ensemble:
        who = "which wins is not clear" if verdict == "not clear" else "deep wins"
        raise NotYet(
            f"{row}, {MOST} examples: the error of deep is {ratio:.2g} times that of "
            f"{ensemble}, and {who}."
        )
    return f"{row}, {MOST} examples: the error of deep is {ratio:.2g} times that of {ensemble}."
