"""Lesson 1's checks take any correct answer, and say what is missing in a wrong one."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lessons.residual_block.exercises import (
    WIDTH,
    check_identity_weights,
    check_residual,
    check_zero_gradient,
)
from lessons.teaching.exercise import Verdict

I = np.eye(WIDTH)
W1, W2 = np.hstack([I, -I]), np.vstack([I, -I])
STRETCH = np.array([1e-3, 0.5, 1.0, 2.0, 7.0, 1e3])
TWIST = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, -1.0], [1.0, 0.0, 3.0]])


def unwritten(*_):
    raise NotImplementedError


def explode(*_):
    raise KeyError("weights")


RIGHT_BLOCKS = {
    "lambda": lambda F: lambda x: F(x) + x,
    "numpy": lambda F: lambda x: np.asarray(F(x)) + np.asarray(x),
    "list": lambda F: lambda x: (F(x) + x).tolist(),
    "compiled": lambda F: jax.jit(lambda x: F(x) + x),
    "row by row": lambda F: lambda x: F(x) + x if x.ndim == 1 else [F(row) + row for row in x],
    "mapped": lambda F: (
        lambda x: F(x) + x if x.ndim == 1 else jax.vmap(lambda row: F(row) + row)(x)
    ),
}
WRONG_BLOCKS = {
    "product": (
        lambda F: lambda x: x * F(x),
        "for F(x) = x * x and x = [2, -3], your block gives [8, -27], but",
    ),
    "F of F": (
        lambda F: lambda x: F(F(x)),
        "but F(x) + x is [6, 6]. It calls F on [4, 9], and F must see x itself.",
    ),
    "shifted F": (lambda F: lambda x: F(x + 1) + x, "It calls F on [3, -2]"),
    "branch only": (lambda F: F, "your block gives [4, 9], but F(x) + x is [6, 6]."),
    "sum": (lambda F: lambda x: (F(x) + x).sum(), "must have shape (2,), got ()."),
    "nan": (lambda F: lambda x: F(x) + x + jnp.nan, "holds nan"),
    "text": (
        lambda F: lambda x: "F(x) + x",
        "must be an array of real numbers: TypeError: got <U8.",
    ),
    "no function": (lambda F: F(jnp.ones(2)), "what residual returns must be a function"),
    "not called": (3, "residual must be a function, got int."),
    "two arguments": (lambda F, x: F(x) + x, "residual(F) raised TypeError: "),
    "raises in the block": (lambda F: explode, "your block raised KeyError: 'weights'."),
}
STUBS = {
    "raises": unwritten,
    "returns nothing": lambda *_: None,
    "returns dots": lambda *_: ...,
    "dots": ...,
}


def each(cases):
    return pytest.mark.parametrize("answer", cases.values(), ids=cases.keys())


def each_wrong(cases):
    return pytest.mark.parametrize(("answer", "sentence"), cases.values(), ids=cases.keys())


def assert_not_yet(verdict, sentence):
    assert not verdict.passed
    assert sentence in repr(verdict)
    assert repr(verdict).startswith("Not yet: ") and "\n" not in repr(verdict)


def test_a_verdict_reads_as_a_sentence():
    assert (
        repr(Verdict(True, "all agree."))
        == str(Verdict(True, "all agree."))
        == "Correct: all agree."
    )
    assert repr(Verdict(False, "one differs.")) == "Not yet: one differs."


@each(RIGHT_BLOCKS)
def test_any_residual_block_is_accepted(answer):
    assert repr(check_residual(answer)).startswith("Correct: residual(F) gives F(x) + x")


@each_wrong(WRONG_BLOCKS)
def test_another_block_is_not_accepted(answer, sentence):
    assert_not_yet(check_residual(answer), sentence)


def test_a_block_that_fails_on_a_batch_only_is_not_accepted():
    first_row = lambda F: lambda x: F(x) + (x if x.ndim == 1 else x[:1].repeat(len(x), 0))
    assert_not_yet(
        check_residual(first_row), "and x = [[1, 2], [-1, 3], [0, -4]], your block gives"
    )


@each(STUBS)
def test_a_stub_is_told_from_an_error(answer):
    for check in (check_residual, check_zero_gradient):
        assert_not_yet(check(answer), "in place of the stub")


@each(
    {
        "textbook": (W1, W2),
        "lists": (W1.tolist(), W2.tolist()),
        "jax": (jnp.asarray(W1, jnp.float32), jnp.asarray(W2, jnp.float32)),
        "permuted": (W1[:, ::-1], W2[::-1]),
        "scaled": ((W1 * STRETCH).astype(np.float32), (W2 / STRETCH[:, None]).astype(np.float32)),
        "other directions": (
            np.hstack([TWIST, -TWIST]),
            np.vstack([np.linalg.inv(TWIST), -np.linalg.inv(TWIST)]),
        ),
    }
)
def test_any_six_units_that_make_the_identity_are_accepted(answer):
    verdict = check_identity_weights(*answer)
    assert verdict.passed
    assert (
        "Its 6 hidden units, two for each direction, are the fewest that can do it."
        in verdict.message
    )


def test_more_units_than_needed_are_accepted_and_counted():
    verdict = check_identity_weights(np.hstack([W1, W1]), np.vstack([W2, W2]) / 2)
    assert (
        verdict.passed
        and "It has 12 hidden units; 6, two for each direction, would do." in verdict.message
    )


@each_wrong(
    {
        "one unit each": (
            (I, I),
            "for x = [-1, 0, 0] your network gives [0, 0, 0]. No choice of weights can",
        ),
        "signs": ((W1, np.vstack([I, I])), "for x = [-1, 0, 0] your network gives [1, 0, 0]."),
        "right on the axes": ((np.hstack([TWIST, -TWIST]), W2), "for x = [1, 0, 0]"),
        "factor": ((W1, 2 * W2), "for x = [1, 0, 0] your network gives [2, 0, 0]."),
        "turned": ((W1.T, W2.T), "W1 must have shape (3, 3), got (6, 3)."),
        "bias row": ((W1, np.vstack([W2, np.ones(3)])), "W2 must have shape (6, 3), got (7, 3)."),
        "nan": ((W1 * np.nan, W2), "W1 holds nan"),
        "inf": ((W1, np.where(W2 > 0, np.inf, 0.0)), "W2 holds inf"),
        "ragged": (([[1, 2], [3]], W2), "W1 must be an array of real numbers: ValueError: "),
        "complex": (
            (W1 + 0j, W2),
            "W1 must be an array of real numbers: TypeError: got complex128.",
        ),
        "half a stub": ((W1, ...), "in place of the stub"),
    }
)
def test_weights_that_are_not_the_identity_are_not_accepted(answer, sentence):
    assert_not_yet(check_identity_weights(*answer), sentence)


@each(
    {
        "minus x": lambda x: -x,
        "plus a constant": lambda x: jnp.asarray([1.0, 2.0, 3.0]) - x,
        "numpy constant": lambda x: np.ones(3, np.float32) - x,
        "relu": lambda x: jax.nn.relu(-x) - jax.nn.relu(x),
        "list": lambda x: [-x[0], 1.0 - x[1], -x[2]],
        "compiled": jax.jit(lambda x: -x),
        "branches on x": lambda x: -x if x[0] > 0 else 1 - x,
    }
)
def test_any_branch_that_cancels_the_skip_is_accepted(answer):
    assert repr(check_zero_gradient(answer)).startswith(
        "Correct: F(x) + x has Jacobian 0 at every x tried"
    )


@each_wrong(
    {
        "x": (
            lambda x: x,
            "for x = [1, 2, 3] the Jacobian of F(x) + x is [[2, 0, 0], [0, 2, 0], [0, 0, 2]]",
        ),
        "zero": (lambda x: 0 * x, "is [[1, 0, 0], [0, 1, 0], [0, 0, 1]]"),
        "at one point only": (
            lambda x: -x * x / 2 + jnp.asarray([0.0, 1.0, 2.0]) * x,
            "for x = [-2, 0.5, 1] the Jacobian",
        ),
        "norm": (lambda x: (x * x).sum(), "F(x) for x = [1, 2, 3] must have shape (3,), got ()."),
        "numpy inside": (
            lambda x: -np.asarray(x),
            "so write it with jax.numpy: TracerArrayConversionError: ",
        ),
        "stopped": (lambda x: -jax.lax.stop_gradient(x), "is [[1, 0, 0], [0, 1, 0], [0, 0, 1]]"),
        "nan gradient": (lambda x: -x + 0 * jnp.sqrt(x - x), "the Jacobian of F(x) + x holds nan"),
        "raises": (explode, "for x = [1, 2, 3], F raised KeyError: 'weights'."),
        "no function": (jnp.ones(3), "F must be a function"),
    }
)
def test_a_branch_that_lets_gradients_pass_is_not_accepted(answer, sentence):
    assert_not_yet(check_zero_gradient(answer), sentence)
