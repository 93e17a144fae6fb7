import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lessons.instruments import shares
from lessons.network.network import propagate
from lessons.network.path_sums import signal_lengths

from .networks import BLOCKS, course_network, mixed_network

pytestmark = pytest.mark.usefixtures("unoptimised")  # each runs once


@pytest.mark.slow
def test_s_by_the_signal_is_the_mean_length_of_the_signals_paths_in_the_course():
    parameters, compiled, branches, x, readout = course_network()
    states = propagate(parameters, compiled, x[None])
    law = np.float64(signal_lengths(parameters, compiled, states))
    assert np.isclose(shares(branches, x, readout).signal_depth, law @ np.arange(BLOCKS + 1))


@pytest.mark.parametrize("factor", [0.0, 0.5, 1.0])
def test_a_branch_that_is_a_multiple_of_its_input_has_that_share_of_both(factor):
    found = shares([lambda x: factor * x] * 4, jnp.ones(3), jnp.ones(3))
    expected = np.full(4, factor**2 / (1 + factor**2))
    np.testing.assert_allclose(found.signal, expected)
    np.testing.assert_allclose(found.gradient, expected)
    assert found.gradient_depth == pytest.approx(expected.sum())


@pytest.mark.slow
def test_the_share_of_the_gradient_compares_what_jacobians_return():
    blocks, x, cotangent = mixed_network()
    *_, (branch, shortcut) = blocks
    state = x
    for block in blocks[:-1]:
        state = state + block(state)
    part, rest = (
        np.square(jnp.tensordot(cotangent, jax.jacobian(function)(state), 2)).sum()
        for function in (branch, shortcut)
    )
    found = shares(blocks, x, cotangent)
    assert found.gradient[-1] == pytest.approx(float(part / (part + rest)), rel=1e-5)
