"""Lesson 2's checks take any correct answer, and say what is missing in a wrong one."""

import jax.numpy as jnp
import numpy as np
import pytest

from lessons.projection_shortcut.exercises import (
    check_direct_gradient,
    check_norm_keeping,
    check_projection_block,
)


def unwritten(*_):
    raise NotImplementedError


def explode(*_):
    raise KeyError("weights")


def orthogonal(rng, a, b, share):
    q = np.linalg.qr(rng.normal(size=(max(a, b), max(a, b))))[0]
    q *= rng.choice([-1, 1], size=q.shape[1])
    return np.sqrt((1 - share) * max(a, b) / b) * q[rng.permutation(len(q))][:a, :b]


def signs(rng, a, b, share):
    return jnp.asarray(rng.choice([-1.0, 1.0], size=(a, b)) * np.sqrt((1 - share) / b), jnp.float32)


RIGHT_BLOCKS = {
    "jax": lambda F, W: lambda x: F(x) + x @ W,
    "numpy": lambda F, W: lambda x: np.asarray(x) @ np.asarray(W) + np.asarray(F(x)),
    "columns": lambda F, W: lambda x: F(x) + (W.T @ x.T).T,
    "list": lambda F, W: lambda x: (F(x) + x @ W).tolist(),
}
WRONG_BLOCKS = {
    "branch only": (lambda F, W: F, "your block gives [0, 0, 0], but F(x) + Wx is [1, 2, 0]."),
    "shortcut only": (
        lambda F, W: lambda x: x @ W,
        "your block gives [3, -5, 11], but F(x) + Wx is [4, -3, 14].",
    ),
    "minus": (lambda F, W: lambda x: F(x) - x @ W, "your block gives [-1, -2, 0]"),
    "transposed": (lambda F, W: lambda x: F(x) + W @ x, "your block raised TypeError"),
    "no W": (
        lambda F, W: lambda x: F(x) + x,
        "your block raised TypeError: add got incompatible shapes",
    ),
    "W of F": (lambda F, W: lambda x: F(x @ W), "your block gives [0, 0, 0]"),
    "one number": (lambda F, W: lambda x: (F(x) + x @ W).sum(), "must have shape (3,), got ()."),
    "no function": (lambda F, W: jnp.ones(3), "what projection_block returns must be a function"),
    "raises": (explode, "projection_block(F, W) raised KeyError: 'weights'."),
    "not called": (3, "projection_block must be a function, got int."),
}
RIGHT_W = {
    "Gaussian": lambda rng, a, b, share: rng.normal(size=(a, b)) * np.sqrt((1 - share) / b),
    "uniform": lambda rng, a, b, share: (
        rng.uniform(-1, 1, size=(a, b)) * np.sqrt(3 * (1 - share) / b)
    ),
    "signs": signs,
    "orthogonal": orthogonal,
}
WRONG_W = {
    "fan-in": (
        lambda rng, a, b, share: rng.normal(size=(a, b)) * np.sqrt((1 - share) / a),
        "for a = 2, b = 6 and share = 0.25, E|Wx|^2 is 2.2",
    ),
    "share forgotten": (
        lambda rng, a, b, share: rng.normal(size=(a, b)) / np.sqrt(b),
        "but 0.5 |x|^2 is wanted.",
    ),
    "share itself": (
        lambda rng, a, b, share: rng.normal(size=(a, b)) * np.sqrt(share / b),
        "for a = 2, b = 6 and share = 0.25",
    ),
    "deviation": (
        lambda rng, a, b, share: rng.normal(size=(a, b)) * (1 - share) / b,
        "on average over x",
    ),
    "crop": (
        lambda rng, a, b, share: np.sqrt((1 - share) * max(1, a / b)) * np.eye(a, b),
        "for a = 8, b = 2 and share = 0.5, E|Wx|^2 has the right size",
    ),
    "transposed": (
        lambda rng, a, b, share: rng.normal(size=(b, a)) * np.sqrt((1 - share) / b),
        "draw_W(rng, 2, 6, 0.25) must have shape (2, 6), got (6, 2).",
    ),
    "frozen": (
        lambda rng, a, b, share: (
            np.random.default_rng(0).normal(size=(a, b)) * np.sqrt((1 - share) / b)
        ),
        "same at every draw: take its numbers from rng.",
    ),
    "raises": (explode, "draw_W(rng, 3, 3, 0.5) raised KeyError: 'weights'."),
    "nan": (lambda rng, a, b, share: np.full((a, b), np.nan), "holds nan"),
}
WRONG_GRADIENTS = {
    "linear": ((1 - 54 * 0.05, 1 - 54 * 0.02), "for λ = 0.95 you give -1.7"),
    "one factor": ((0.95, 0.98), "for λ = 0.95 you give 0.95"),
    "once per layer": ((0.95**108, 0.98**108), "for λ = 0.95 you give 0.00393"),
    "second": ((0.95**54, 0.98**108), "for λ = 0.98 you give 0.113"),
    "no gradient": ((0, 0), "for λ = 0.95 you give 0,"),
    "one number": (0.063, "must have shape (2,), got ()."),
    "text": (("a", "b"), "must be an array of real numbers"),
}
STUBS = {"raises": unwritten, "returns nothing": lambda *_: None, "dots": ..., "nothing": None}


def each(cases):
    return pytest.mark.parametrize("answer", cases.values(), ids=cases.keys())


def each_wrong(cases):
    return pytest.mark.parametrize(("answer", "sentence"), cases.values(), ids=cases.keys())


def assert_not_yet(verdict, sentence):
    assert not verdict.passed
    assert sentence in repr(verdict)
    assert repr(verdict).startswith("Not yet: ") and "\n" not in repr(verdict)


@each(RIGHT_BLOCKS)
def test_any_projection_block_is_accepted(answer):
    assert repr(check_projection_block(answer)).startswith("Correct: F(x) + Wx")


@each_wrong(WRONG_BLOCKS)
def test_another_block_is_not_accepted(answer, sentence):
    assert_not_yet(check_projection_block(answer), sentence)


@each(RIGHT_W)
@pytest.mark.slow
def test_any_w_that_keeps_the_norm_is_accepted(answer):
    assert check_norm_keeping(answer).passed, check_norm_keeping(answer)


@each_wrong(WRONG_W)
def test_a_w_that_does_not_is_not_accepted(answer, sentence):
    assert_not_yet(check_norm_keeping(answer), sentence)


@each(
    {
        "exact": (0.95**54, 0.98**54),
        "rounded": (0.063, 0.34),
        "list": [0.0627, 0.336],
        "jax": jnp.array([0.063, 0.34]),
    }
)
def test_the_direct_gradient_may_be_rounded(answer):
    assert repr(check_direct_gradient(answer)).startswith("Correct: 0.95^54 = 0.063")


@each_wrong(WRONG_GRADIENTS)
def test_another_gradient_is_not_accepted(answer, sentence):
    assert_not_yet(check_direct_gradient(answer), sentence)


@each(STUBS)
def test_a_stub_is_told_from_an_error(answer):
    for check in (check_projection_block, check_norm_keeping):
        assert_not_yet(check(answer), "in place of the stub")
    for nothing in ((None, None), (0.063, ...), None):
        assert_not_yet(check_direct_gradient(nothing), "in place of the stub")
