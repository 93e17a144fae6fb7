"""Two calls at a time, in order, and what one raises is raised."""

import threading

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lessons.errors import NetworkError
from lessons.network.side_by_side import side_by_side
from tests.panels import compilations


def test_two_calls_run_at_the_same_time():
    both = threading.Barrier(
        2, timeout=600
    )  # only gives up: one call at a time would wait for ever
    assert sorted(side_by_side(lambda _: both.wait(), "ab")) == [0, 1]


def test_results_keep_their_order_and_are_computed():
    found = side_by_side(lambda n, m: jnp.full(n, m), range(1, 8), range(7))
    assert [array.tolist() for array in found] == [[n] * (n + 1) for n in range(7)]
    assert all(array.is_ready() for array in found)


def test_a_function_is_compiled_once_for_all_calls():
    function, before = jax.jit(lambda x: jnp.tanh(x) * 1.25 + 3), compilations()
    side_by_side(function, [np.float32(k) for k in range(6)])
    assert compilations() - before == 1


def test_an_error_reaches_the_caller():
    def refuse(_):
        raise NetworkError("depth must be positive, got 0.")

    with pytest.raises(NetworkError, match="depth must be positive"):
        side_by_side(refuse, [1, 2])


@pytest.mark.parametrize("in_float64", [False, True])
def test_calls_compute_in_the_type_of_the_caller(in_float64):
    with jax.enable_x64(in_float64):
        found = side_by_side(lambda _: jnp.zeros(3, float).dtype.name, [1, 2, 3])
    assert found == ["float64" if in_float64 else "float32"] * 3
