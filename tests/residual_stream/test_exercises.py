"""Lesson 7's checks take any correct answer, and say what is missing in a wrong one."""

import jax
import numpy as np
import pytest

from lessons.residual_stream import check_doubly_stochastic, check_guesses, check_write
from lessons.residual_stream.exercises import BEGINNING, MORE, scores_after
from lessons.residual_stream.stored import DESIGNS, trained_transformers
from lessons.residual_stream.text import decode, encode
from lessons.residual_stream.transformer import read, streams

TEXT = "the object is"
scores_of_all = jax.jit(lambda p, design, text: read(p, streams(p, design, text)))


def scores_of_the_text_alone(text):
    """Without padding, branch by branch."""
    parameters = trained_transformers()[0]
    return scores_of_all(parameters, DESIGNS[0], encode(text))


def guesses():
    return [decode(row.argmax(-1)) for row in np.asarray(scores_of_the_text_alone(TEXT))]


def test_the_scores_are_those_of_the_text_alone():
    np.testing.assert_allclose(scores_after(TEXT), scores_of_the_text_alone(TEXT), atol=1e-3)


def test_guesses_are_taken_and_wrong_ones_named():
    right = guesses()
    assert check_guesses(TEXT, right).passed and check_guesses(TEXT, tuple(right)).passed
    wrong = [*right[:3], "?" + right[3][1:], *right[4:]]
    said = check_guesses(TEXT, wrong)
    assert not said.passed and "after branch 3" in said.message
    assert "11 places" in check_guesses(TEXT, right[:10]).message
    assert "nothing to check" in check_guesses(TEXT, ...).message
    assert "1 to 64" in check_guesses("", right).message


def write(text, count):
    for _ in range(count):
        text += decode([int(np.argmax(scores_after(text)[-1, -1]))])
    return text


def write_too_early(text, count):
    """Reads the stream before the last branch."""
    for _ in range(count):
        text += decode([int(np.argmax(scores_after(text)[0, -1]))])
    return text


@pytest.mark.parametrize(
    "answer, said",
    [
        (..., "nothing to check"),
        (write_too_early, "and the likeliest is"),
        (lambda text, count: text, "and the likeliest is"),
        (lambda text, count: 7, "must return a text, got int"),
        (lambda text: text, "your function raised"),
    ],
)
def test_what_does_not_write_the_likeliest_is_told_so(answer, said):
    verdict = check_write(answer)
    assert not verdict.passed and said in verdict.message


def test_what_writes_the_likeliest_is_taken():
    verdict = check_write(write)
    assert verdict.passed and BEGINNING in verdict.message
    assert len(write(BEGINNING, MORE)) == len(BEGINNING) + MORE


def by_scaling(logits, iterations):
    """The same with two vectors of factors, and the matrix made once."""
    matrix, rows = np.exp(logits), np.ones(len(logits))
    for _ in range(iterations):
        columns = 1 / (matrix.T @ rows)
        rows = 1 / (matrix @ columns)
    return rows[:, None] * matrix * columns


def rows_only(logits, iterations):
    return np.exp(logits) / np.exp(logits).sum(1, keepdims=True)


def rows_first(logits, iterations):
    matrix = np.exp(logits)
    for _ in range(iterations):
        matrix = matrix / matrix.sum(1, keepdims=True)
        matrix = matrix / matrix.sum(0)
    return matrix


def test_a_doubly_stochastic_matrix_is_taken_however_it_is_made():
    assert check_doubly_stochastic(by_scaling).passed


@pytest.mark.parametrize(
    "answer, said",
    [
        (..., "nothing to check"),
        (rows_only, "give another matrix"),
        (rows_first, "give another matrix"),
        (lambda logits, iterations: logits[0], "must have shape (2, 2)"),
        (lambda logits, iterations: 1 / 0, "your function raised"),
    ],
)
def test_what_is_not_is_told_why(answer, said):
    verdict = check_doubly_stochastic(answer)
    assert not verdict.passed and said in verdict.message
