"""Lesson 3's checks take any correct answer, and say what is missing in a wrong one."""

import math

import jax.numpy as jnp
import numpy as np
import pytest

from lessons.depth_and_gradients.exercises import check_growth, check_placement, check_scale
from lessons.network.topology import Skip


@pytest.mark.parametrize("answer", [1.25, 5 / 4, np.float32(1.25), jnp.float32(1.25), 1.25001])
def test_the_growth_is_accepted_in_any_type(answer):
    assert check_growth(answer).passed


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (..., "in place of the stub"),
        (1.5, "when it is squared"),
        (1.118034, "growth of the norm"),
        (2, "for β = 1"),
        (0.25, "What does the skip carry"),
        (1.3, "1.3 is not the growth"),
        ([1.25], "must have shape ()"),
        ("much", "array of real numbers"),
        (float("nan"), "nan"),
    ],
)
def test_another_growth_is_not(answer, hint):
    said = check_growth(answer)
    assert not said.passed and hint in said.message


RIGHT_SCALES = [
    lambda L: L**-0.5,
    lambda L: 1 / np.sqrt(L),
    lambda L: jnp.float32(0.8) / L**0.5,
    lambda L: -(L**-0.5),
    lambda L: (math.exp(1 / L) - 1) ** 0.5,
    lambda L: np.sqrt(np.expm1(1 / L)),
    lambda L: (1.5 ** (1 / L) - 1) ** 0.5,
]


@pytest.mark.parametrize("answer", RIGHT_SCALES)
def test_scales_that_hold_at_any_depth_are_accepted(answer):
    assert check_scale(answer).passed


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (lambda depth: depth ** ..., "in place of the stub"),
        (..., "in place of the stub"),
        (lambda L: ..., "Write your answer in place of the stub"),
        (lambda L: 1, "at L = 2 your β is 1"),
        (lambda L: 1 / L, "or the branches do nothing"),
        (lambda L: 0, "or the branches do nothing"),
        (lambda L: 1e200, "at most e"),
        (lambda L: 1 / 0, "ZeroDivisionError"),
        (3, "must be a function"),
        (lambda L: [1, 2], "must have shape ()"),
        (lambda L: 2 / L**0.5, "at most e"),
        (lambda L: 1.0002 * (math.exp(1 / L) - 1) ** 0.5, "at most e"),
        (lambda L: 0.999 * (1.5 ** (1 / L) - 1) ** 0.5, "at least 1.5"),
    ],
)
def test_other_scales_are_not(answer, hint):
    said = check_scale(answer)
    assert not said.passed and hint in said.message


RIGHT_PLACEMENTS = [
    [(1, 32)],
    ((1, 32),),
    [Skip(1, 32)],
    [(1, 9), (9, 17), (17, 25), (25, 32)],
    [(0, 16), (1, 31), (31, 32)],
    [[1, 16], [16, 32]],
    np.array([[1, 32], [0, 1]]),
]


@pytest.mark.parametrize("answer", RIGHT_PLACEMENTS)
def test_placements_that_reach_layer_1_are_accepted(answer):
    assert check_placement(answer).passed


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (..., "in place of the stub"),
        ([], "less than a tenth"),
        ([(0, 32)], "The input h_0 gets enough"),
        ([(0, 8), (8, 16), (16, 24), (24, 32)], "Which skips"),
        ([(i, i + 1) for i in range(5)], "at most 4 skips, yours are 5"),
        ([(5, 3)], "stop must be greater than start"),
        ([(1, 33)], "at most depth = 32"),
        (7, "list of pairs"),
        ([(1, 2, 3, 4)], "list of pairs"),
        ([(1, 32), (1, 32)], "stands twice"),
    ],
)
def test_other_placements_are_not(answer, hint):
    said = check_placement(answer)
    assert not said.passed and hint in said.message
