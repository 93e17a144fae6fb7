"""Lesson 4's checks take any correct answer, and say what is missing in a wrong one."""

from itertools import product

import jax.numpy as jnp
import numpy as np
import pytest

from lessons.exercises.paths import COUNTED, check_count, check_fragile, check_mean_length

RIGHT = [0, 2, 0, 3, 0, 1]


def test_the_count_is_that_of_a_walk():
    edges = {(l - 1, l): 1 for l in range(1, 6)} | {(skip.start, skip.stop): 0 for skip in COUNTED.skips}
    found = np.zeros(6, int)
    for taken in product((False, True), repeat=len(edges)):
        chosen = sorted(edge for edge, used in zip(edges, taken, strict=True) if used)
        joined = all(a[1] == b[0] for a, b in zip(chosen, chosen[1:], strict=False))
        if chosen and chosen[0][0] == 0 and chosen[-1][1] == 5 and joined:
            found[sum(edges[edge] for edge in chosen)] += 1
    assert found.tolist() == RIGHT


@pytest.mark.parametrize("answer", [RIGHT, tuple(RIGHT), np.array(RIGHT), jnp.array(RIGHT, jnp.float32)])
def test_the_right_count_is_accepted(answer):
    assert repr(check_count(answer)).startswith("Correct: 6 paths")


@pytest.mark.parametrize(("answer", "sentence"), [
    ([1, 3, 3, 1, 0, 0], "2^3 = 8"), ([0, 1, 0, 3, 0, 1], "through 1 layer is 1"), ([6], "shape (6,)"),
    (..., "in place of the stub"), (None, "in place of the stub"), ("six", "real numbers"), ([np.nan] * 6, "nan"),
])  # fmt: skip
def test_another_count_is_not(answer, sentence):
    verdict = check_count(answer)
    assert not verdict.passed and sentence in repr(verdict)


@pytest.mark.parametrize("answer", [
    lambda n, b: n * b**2 / (1 + b**2),
    lambda n, b: n * (1 - 1 / (1 + b * b)),
    lambda n, b: np.float32(n * b**2 / (1 + b**2)),
    lambda n, b: jnp.asarray(n * b**2 / (1 + b**2)),
    lambda n, b: sum(k * np.prod([(n - i) / (i + 1) for i in range(k)]) * b ** (2 * k) for k in range(n + 1)) / (1 + b**2) ** n,
], ids=["formula", "other form", "float32", "jax", "sum"])  # fmt: skip
def test_any_mean_length_that_is_right_is_accepted(answer):
    assert check_mean_length(answer).passed, check_mean_length(answer)


@pytest.mark.parametrize(("answer", "sentence"), [
    (lambda n, b: n / 2, "for n = 54 and beta = 0.136 you give 27"),
    (lambda n, b: n * b / (1 + b), "squared norms add up"),
    (lambda n, b: [n, b], "must have shape ()"),
    (lambda n: n, "mean_length raised TypeError"),
    (lambda n, b: None, "in place of the stub"),
    (3, "must be a function"),
    (None, "in place of the stub"),
])  # fmt: skip
def test_another_mean_length_is_not(answer, sentence):
    verdict = check_mean_length(answer)
    assert not verdict.passed and sentence in repr(verdict)


@pytest.mark.parametrize("answer", [
    [lambda h: 99 * h] * 4,
    [lambda h: -2 * h] * 4,
    (lambda h: 9 * h,) * 4,
    [lambda h: 50 * jnp.abs(h) * jnp.sign(h)] * 4,
    [lambda h: np.asarray(h) * 20] * 4,
], ids=["large", "mirror", "exactly 0.9", "jax", "numpy"])  # fmt: skip
def test_fragile_networks_are_accepted(answer):
    assert repr(check_fragile(answer)).startswith("Correct: 2^4 = 16 paths")


@pytest.mark.parametrize(("answer", "sentence"), [
    ([lambda h: 0.1 * h] * 4, "moves by 0.0909 of its norm, and it must move by at least 0.9"),
    ([lambda h: 99 * h] * 3 + [lambda h: 0 * h], "without block 4"),
    ([lambda h: -h] * 4, "output is 0"),
    ([lambda h: 99 * h] * 3, "list of 4 functions, got 3"),
    (lambda h: 99 * h, "got one function"),
    ([lambda h: h.sum()] * 4, "shape (3,)"),
    ([1, 2, 3, 4], "branch 1 must be a function"),
    ([..., ..., ..., ...], "in place of the stub"),
    (..., "in place of the stub"),
    (None, "in place of the stub"),
])  # fmt: skip
def test_other_networks_are_not(answer, sentence):
    verdict = check_fragile(answer)
    assert not verdict.passed and sentence in repr(verdict)
