"""Whatever cannot be measured is refused in a sentence that names the block."""

import jax.numpy as jnp
import numpy as np
import pytest

from lessons.instruments import growth, lesions, path_lengths
from lessons.instruments.blocks import BlockError

pytestmark = pytest.mark.usefixtures("unoptimised")  # each runs once

X, GOOD = jnp.ones(3), lambda x: 0.5 * x
COIN = np.random.default_rng(0)
REFUSED = {
    "none": ([], "blocks must hold at least one function, got none."),
    "no list": (GOOD, "blocks must be a list of functions"),
    "no function": ([GOOD, 7], "block 2 must be a function of one array or a pair"),
    "three of them": ([(GOOD, GOOD, GOOD)], "block 1 must be a function of one array or a pair"),
    "two arguments": ([GOOD, lambda x, y: x], "block 2: F must be a function of one array; called"),
    "shape": ([GOOD, lambda x: x[:2]], "block 2 makes an array of shape (2,) from one of (3,)"),
    "shortcut's shape": ([(lambda x: x[:2], GOOD)], "block 1: F and its shortcut must make arrays"),
    "NaN": ([GOOD, lambda x: x / 0], "block 2: F must make finite numbers"),
    "NaN in the shortcut": ([(GOOD, lambda x: x * jnp.nan)], "block 1: the shortcut must make fin"),
    "randomness": ([lambda x: x * COIN.random()], "block 1: F must make the same of the same inpu"),
    "no array": ([lambda x: (x, x)], "block 1: F must make an array of float32, as it is given, g"),
    "another type": ([lambda x: x.astype(jnp.int32)], "block 1: F must make an array of float32"),
}


@pytest.mark.parametrize("blocks, says", REFUSED.values(), ids=REFUSED)
def test_blocks_that_are_none_are_refused_in_a_sentence(blocks, says):
    with pytest.raises(BlockError) as caught:
        growth(blocks, X, X)
    assert str(caught.value).startswith(says)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "x, cotangent, says",
    [
        (jnp.array([1, 2, 3], jnp.int32), X, "x must hold floating-point numbers, got int32."),
        (X * jnp.nan, X, "x must hold finite numbers, got NaN or infinity."),
        (X, X * jnp.inf, "cotangent must hold finite numbers, got NaN or infinity."),
        (X, X[:2], "cotangent must have the shape of the last state, (3,), got (2,)."),
    ],
)
def test_an_input_or_a_cotangent_that_does_not_fit_is_refused(x, cotangent, says):
    with pytest.raises(BlockError) as caught:
        growth([GOOD], x, cotangent)
    assert str(caught.value) == says


def test_what_a_block_raises_is_repeated_in_short():
    def block(x):
        raise RuntimeError("no\nway " * 100)

    with pytest.raises(BlockError, match=r"raised RuntimeError: no way no way") as caught:
        growth([block], X, X)
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_more_blocks_than_the_picture_has_room_for_are_refused():
    with pytest.raises(BlockError, match="path lengths are for 1 to 200 blocks, got 201"):
        path_lengths([GOOD] * 201, X, X)


def test_a_network_without_any_gradient_is_refused():
    with pytest.raises(BlockError, match="0 along every path"):
        path_lengths([(lambda x: 0 * x, lambda x: 0 * x)], X, X)


@pytest.mark.slow
def test_a_gradient_that_leaves_its_type_is_refused():
    with pytest.raises(BlockError, match="this network explodes"):
        path_lengths([lambda x: x] * 70, X * 2.0**-70, X)


def test_blocks_are_looked_at_before_the_metric():
    with pytest.raises(BlockError, match="got none"):
        lesions([], lambda network: 1 / 0)
