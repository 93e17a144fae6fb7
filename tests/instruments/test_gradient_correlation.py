import jax.numpy as jnp
import numpy as np
import pytest

from lessons.instruments import gradient_correlation
from lessons.instruments.blocks import BlockError
from lessons.network.gradients import state_gradients

from .networks import WIDTH, course_network

pytestmark = pytest.mark.usefixtures("unoptimised")  # each runs once


@pytest.mark.slow
def test_a_network_of_the_course_has_the_correlations_of_its_gradients(rng):
    parameters, compiled, branches, _, readout = course_network()
    inputs = jnp.asarray(rng.normal(size=(7, WIDTH)), jnp.float32)
    found = gradient_correlation(branches, inputs, readout)
    _, gradients = state_gradients(parameters, compiled, inputs, readout)
    for l, g in enumerate(np.float64(gradients)):
        products, squares = g @ g.T, (g**2).sum(1).mean()
        apart = products[~np.eye(7, dtype=bool)].mean() / squares
        assert found.all_pairs[l] == pytest.approx(apart, rel=1e-4)
        assert found.neighbours[l] == pytest.approx(np.diag(products, 1).mean() / squares, rel=1e-4)
    assert found.all_pairs[-1] == pytest.approx(1)


def test_a_linear_network_treats_all_inputs_alike():
    found = gradient_correlation([lambda x: 0.3 * x] * 2, jnp.eye(4))
    np.testing.assert_allclose([found.neighbours, found.all_pairs], 1, rtol=1e-5)


@pytest.mark.parametrize("inputs", [jnp.ones(3), jnp.ones((1, 3))])
def test_one_input_has_no_pair(inputs):
    with pytest.raises(BlockError, match="at least two inputs"):
        gradient_correlation([lambda x: x], inputs)


def test_gradients_that_do_not_come_through_cannot_be_compared():
    with pytest.raises(BlockError, match="must not all be 0"):
        gradient_correlation([lambda x: -x], jnp.ones((2, 3)))
