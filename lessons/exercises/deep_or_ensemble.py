"""Lesson 6: cells of the grid foretold, members that are useless alone, and an ensemble that wins with many examples."""

from collections.abc import Sequence

import numpy as np

from ..experiments.grid import measure_grid
from ..grid_store import ROWS
from .exercise import NotYet, check, is_stub, numbers, shape

MEMBERS, POINTS = 12, 50
CELLS = (("digits, 30 % of labels wrong", 1), ("digits", 2), ("teacher, 4 hidden layers", 3))
WORDS = {"arm": "deep", "rival": "12 × 1", "not clear": "not clear"}
ENSEMBLES = ("2 × 6", "4 × 3", "12 × 1")
MOST = 20_000
USELESS = 10  # times the error of the best constant


@check
def check_predictions(predictions: Sequence[str]):
    """Whether three cells of the grid are foretold: in each, "deep", "12 × 1" or "not clear" has the lower error."""
    if is_stub(predictions) or any(is_stub(one) for one in predictions):
        raise NotYet("nothing to check so far. Name the better arm in each of the three cells, then run this again.")
    if isinstance(predictions, str) or len(predictions) != len(CELLS):
        raise NotYet(f"there are {len(CELLS)} cells, so predictions must hold {len(CELLS)} words.")
    for word in predictions:
        if word not in WORDS.values():
            raise NotYet(f"a prediction must be one of {', '.join(WORDS.values())}, got {word!r}.")
    found = [grid_says(row, size) for row, size in CELLS]
    for number, (word, (verdict, ratio)) in enumerate(zip(predictions, found, strict=True), 1):
        if word != verdict:
            agreed = sum(one == other for one, (other, _) in zip(predictions, found, strict=True))
            raise NotYet(f"{agreed} of 3 agree. In cell {number} the error of deep is {ratio:.2g} times that of 12 × 1. Why?")
    ratios = ", ".join(f"{ratio:.2g}" for _, ratio in found)
    return f"all three agree with the grid; the errors of deep over those of 12 × 1 are {ratios}."


def grid_says(row: str, size: int, rival: str = "12 × 1") -> tuple[str, float]:
    """The better of deep and its rival in one cell, or "not clear", and the ratio of their errors."""
    found = measure_grid("deep", rival, row, size)
    here = found.comparisons.index((row, found.examples))
    return {**WORDS, "rival": rival}[found.verdicts[here]], float(found.ratios[here, 0])


def targets() -> np.ndarray:
    """Numbers that a committee is to answer, (POINTS,), of mean square 1 or so."""
    return np.random.default_rng(6).normal(size=POINTS)


@check
def check_committee(answers):
    """Whether 12 members are right together and useless alone: answers (12, 50) to the 50 numbers of `targets`."""
    answers, wanted = numbers("answers", answers), targets()
    shape("answers", answers, (MEMBERS, POINTS))
    constant = wanted.var()
    together = ((answers.mean(0) - wanted) ** 2).mean()
    alone = ((answers - wanted) ** 2).mean(1)
    if together > 1e-6 * constant:
        raise NotYet(f"the mean of your members has squared error {together:.2g}, and it must be 0.")
    if alone.min() < USELESS * constant:
        raise NotYet(
            f"member {alone.argmin() + 1} has squared error {alone.min():.2g} alone, and each must have {USELESS} times that of the "
            f"best constant, {constant:.2g}, or more."
        )
    spread = ((answers - answers.mean(0)) ** 2).mean()
    return f"error of the mean = {alone.mean():.3g} - {spread:.3g} = 0: all that the members do wrong, they do wrong apart from each other."


@check
def check_ensemble_wins(row: str, ensemble: str):
    """Whether this ensemble has a clearly lower error than the deep network on this task with 20 000 examples."""
    if is_stub(row) or is_stub(ensemble):
        raise NotYet("nothing to check so far. Name a task and an ensemble, then run this again.")
    large = [name for name, (_, sizes) in ROWS.items() if sizes[-1] == MOST]
    if row not in large:
        raise NotYet(f"the task must be one with {MOST} examples, {' or '.join(map(repr, large))}, got {row!r}.")
    if ensemble not in ENSEMBLES:
        raise NotYet(f"the ensemble must be one of {', '.join(ENSEMBLES)}, got {ensemble!r}.")
    verdict, ratio = grid_says(row, len(ROWS[row][1]), ensemble)
    if verdict != ensemble:
        who = "which wins is not clear" if verdict == "not clear" else "deep wins"
        raise NotYet(f"{row}, {MOST} examples: the error of deep is {ratio:.2g} times that of {ensemble}, and {who}.")
    return f"{row}, {MOST} examples: the error of deep is {ratio:.2g} times that of {ensemble}."
