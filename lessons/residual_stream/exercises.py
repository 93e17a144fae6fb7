"""Lesson 7: reading the stream, writing with it, and a mixing matrix that keeps the sum."""

from collections.abc import Callable, Sequence

import numpy as np

from ..errors import LearnerError
from ..teaching.exercise import NotYet, check, close, function, is_stub, numbers, quoted, run, shape
from .mixing_matrices import sinkhorn
from .stored import DESIGNS, trained_transformers
from .stream.experiment import scores_of
from .text import CONTEXT, decode, encode

BEGINNING, MORE = "the value of the ", 12
SHAPES = ((2, 1), (4, 8), (5, 60))  # streams, and iterations that are surely enough


def scores_after(text: str) -> np.ndarray:
    """What the stored transformer with skips says of the next character after every branch, (11,
    characters, alphabet): row k of the second axis has read the first k + 1 characters. Texts of 1
    to 64 characters share one compiled program. Raises LearnerError.
    """
    if not isinstance(text, str) or not 1 <= len(text) <= CONTEXT:
        raise LearnerError(f"text must have 1 to {CONTEXT} characters, got {quoted(text)}.")
    return scores_of(trained_transformers()[0], DESIGNS[0], encode(text))


@check
def check_guesses(text: str, said: Sequence[str]):
    """Whether said[b] is the likeliest next character at each place of the text, after branch b."""
    if is_stub(said):
        raise NotYet("nothing to check so far. Run the cell above, then this one.")
    found = run(scores_after, text, failure="this text cannot be read:")
    wanted = [decode(row.argmax(-1)) for row in found]
    if len(said) != len(wanted):
        raise NotYet(f"there are {len(wanted)} places to read the stream, got {len(said)} texts.")
    for branch, (given, right) in enumerate(zip(said, wanted, strict=True)):
        if given != right:
            raise NotYet(
                f"after branch {branch} the stream says {right!r}, and you have {quoted(given)}."
            )
    changed = sum(one != other for one, other in zip(wanted[0], wanted[-1], strict=True))
    return f"the ten branches have changed {changed} of its {len(text)} guesses."


@check
def check_write(write: Callable):
    """Whether write(text, count) returns the text and `count` more characters, each the likeliest
    after all that stands before it.
    """
    write = function("write", write)
    for text, count in ((BEGINNING, 1), (BEGINNING, MORE)):
        wanted = text
        for _ in range(count):
            wanted += decode([scores_after(wanted)[-1, -1].argmax()])
        found = run(write, text, count, failure="your function raised")
        if not isinstance(found, str):
            raise NotYet(f"your function must return a text, got {type(found).__name__}.")
        if found != wanted:
            raise NotYet(
                f"{count} more after {text!r}: you write {quoted(found)}, "
                f"and the likeliest is {wanted!r}."
            )
    return f"it writes {wanted!r}."


@check
def check_doubly_stochastic(doubly_stochastic: Callable):
    """Whether doubly_stochastic(logits, iterations) gives exp(logits) with all columns, then all
    rows, divided by their sums, `iterations` times over (Sinkhorn and Knopp, 1967).
    """
    doubly_stochastic = function("doubly_stochastic", doubly_stochastic)
    rng, found = np.random.default_rng(7), np.empty(0)
    for streams_here, iterations in SHAPES:
        logits = 3 * rng.normal(size=(streams_here, streams_here))
        wanted = sinkhorn(np.exp(logits), iterations)
        given = run(doubly_stochastic, logits.copy(), iterations, failure="your function raised")
        found = numbers("your matrix", given)
        shape("your matrix", found, logits.shape)
        if not close(found, wanted):
            rows, columns = (abs(found.sum(axis) - 1).max() for axis in (1, 0))
            raise NotYet(
                f"{iterations} iterations on {streams_here} streams give another matrix: your rows "
                f"are off 1 by up to {rows:.2g}, your columns by {columns:.2g}."
            )
    return (
        f"rows sum to 1, columns to 1 within {abs(found.sum(0) - 1).max():.1g} after "
        f"{SHAPES[-1][1]} iterations. Every stream keeps its whole, and the streams mix."
    )
