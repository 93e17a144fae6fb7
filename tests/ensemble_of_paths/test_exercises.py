"""Lesson 4's checks take any correct answer, and say what is missing in a wrong one."""

from itertools import product

import jax.numpy as jnp
import numpy as np
import pytest

from lessons.ensemble_of_paths.exercises import (
    COUNTED,
    check_count,
    check_fragile,
    check_mean_length,
)

RIGHT = [0, 2, 0, 3, 0, 1]


def test_the_count_is_that_of_a_walk():
    edges = {(l - 1, l): 1 for l in range(1, 6)} | {
        (skip.start, skip.stop): 0 for skip in COUNTED.skips
    }
    found = np.zeros(6, int)
    for taken in product((False, True), repeat=len(edges)):
        chosen = sorted(edge for edge, used in zip(edges, taken, strict=True) if used)
        joined = all(a[1] == b[0] for a, b in zip(chosen, chosen[1:], strict=False))
        if chosen and chosen[0][0] == 0 and chosen[-1][1] == 5 and joined:
            found[sum(edges[edge] for edge in chosen)] += 1
    assert found.tolist() == RIGHT


@pytest.mark.parametrize(
    "answer", [RIGHT, tuple(RIGHT), np.array(RIGHT), jnp.array(RIGHT, jnp.float32)]
)
def test_the_right_count_is_accepted(answer):
    assert repr(check_count(answer)).startswith("Correct: 6 paths")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ([1, 3, 3, 1, 0, 0], "2^3 = 8"),
        ([0, 1, 0, 3, 0, 1], "through 1 layer is 1"),
        ([6], "shape (6,)"),
        (..., "in place of the stub"),
        (None, "in place of the stub"),
        ("six", "real numbers"),
        ([np.nan] * 6, "nan"),
    ],
)
def test_another_count_is_not(answer, sentence):
    verdict = check_count(answer)
    assert not verdict.passed and sentence in repr(verdict)


@pytest.mark.parametrize(
    "answer",
    [
        lambda n, b: n * b**2 / (1 + b**2),
        lambda n, b: n * (1 - 1 / (1 + b * b)),
        lambda n, b: np.float32(n * b**2 / (1 + b**2)),
        lambda n, b: jnp.asarray(n * b**2 / (1 + b**2)),
        lambda n, b: (
            sum(
                k * np.prod([(n - i) / (i + 1) for i in range(k)]) * b ** (2 * k)
                for k in range(n + 1)
            )
            / (1 + b**2) ** n
        ),
    ],
    ids=["formula", "other form", "float32", "jax", "sum"],
)
def test_any_mean_length_that_is_right_is_accepted(answer):
    assert check_mean_length(answer).passed, check_mean_length(answer)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda n, beta: n * ..., "in place of the stub"),
        (lambda n, b: n / 2, "for n = 54 and beta = 0.136 you give 27"),
        (lambda n, b: n * b / (1 + b), "squared norms add up"),
        (lambda n, b: [n, b], "must have shape ()"),
        (lambda n: n, "mean_length raised TypeError"),
        (lambda n, b: None, "in place of the stub"),
        (3, "must be a function"),
        (None, "in place of the stub"),
    ],
)
def test_another_mean_length_is_not(answer, sentence):
    verdict = check_mean_length(answer)
    assert not verdict.passed and sentence in repr(verdict)


def matrix(rows):
    return lambda h: jnp.asarray(rows, jnp.float32) @ h


@pytest.mark.parametrize(
    "answer",
    [
        [lambda h: -2 * h] * 4,
        [lambda h: -100 * h] * 4,
        (lambda h: -1.01 * h,) * 4,
        [lambda h: jnp.roll(h, 1) - h] * 4,
        [matrix([[-1, 1, 0], [0, -1, 1], [1, 0, -1]])] * 4,
        [lambda h: -2 * jnp.abs(h) * jnp.sign(h)] * 4,
        [lambda h: np.asarray(h) * -3] * 4,
        [lambda h: [-2 * entry for entry in h.tolist()]] * 4,
    ],
    ids=["mirror", "large", "just a mirror", "shift", "shift as a matrix", "jax", "numpy", "list"],
)
def test_fragile_networks_are_accepted(answer):
    assert repr(check_fragile(answer)).startswith("Correct: 2^4 = 16 paths")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            [lambda h: 0.1 * h] * 4,
            "without block 1 the output at x = [1, -2, 3] is [1.33, -2.66, 3.99] in "
            "place of [1.46, -2.93, 4.39]",
        ),
        (
            [lambda h: 99 * h] * 4,
            "still number 3. Only the scale changed, and every answer is still the same.",
        ),
        ([lambda h: -2 * h] * 3 + [lambda h: 0 * h], "without block 4"),
        (
            [lambda h: -2 * h] * 2 + [lambda h: h + jnp.array([0, 0, 1.0])] * 2,
            "largest entry is still number 3.",
        ),
        ([lambda h: -h] * 4, "[0, 0, 0]: no entry is the largest"),
        ([lambda h: -h] * 3 + [lambda h: 1 - h], "[1, 1, 1]: no entry is the largest"),
        (
            [lambda h: h] * 3
            + [
                lambda h: -2 * h,
            ],
            "without block 1",
        ),
        ([lambda h: -2 * h] * 3, "list of 4 functions, got 3"),
        (lambda h: -2 * h, "got one function"),
        ([lambda h: h.sum()] * 4, "shape (3,)"),
        ([1, 2, 3, 4], "branch 1 must be a function"),
        ([..., ..., ..., ...], "in place of the stub"),
        (..., "in place of the stub"),
        (None, "in place of the stub"),
    ],
)
def test_other_networks_are_not(answer, sentence):
    verdict = check_fragile(answer)
    assert not verdict.passed and sentence in repr(verdict)
