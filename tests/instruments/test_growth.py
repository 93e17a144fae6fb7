import numpy as np
import pytest

from lessons.instruments import growth
from lessons.network.gradients import state_gradients

from .networks import along_every_path, course_network, mixed_network

pytestmark = pytest.mark.usefixtures("unoptimised")  # each runs once


@pytest.mark.slow
def test_a_network_of_the_course_has_the_states_and_gradients_of_the_course():
    parameters, compiled, branches, x, readout = course_network()
    found = growth(branches, x, readout)
    for squares, expected in zip(
        (found.signal, found.gradient),
        state_gradients(parameters, compiled, x[None], readout),
        strict=True,
    ):
        np.testing.assert_allclose(squares, (np.float64(expected[:, 0]) ** 2).sum(1), rtol=1e-4)


@pytest.mark.slow
def test_the_gradient_at_the_input_is_the_sum_over_all_paths():
    blocks, x, cotangent = mixed_network()
    total = sum(along_every_path(blocks, x, cotangent).values())
    assert np.isclose(growth(blocks, x, cotangent).gradient[0], total @ total, rtol=1e-5)


def test_blocks_that_double_their_input_multiply_both_squares_by_four():
    found = growth([lambda x: x] * 3, np.ones(2, np.float32), np.ones(2, np.float32))
    np.testing.assert_allclose(found.signal, 2 * 4.0 ** np.arange(4))
    np.testing.assert_allclose(found.gradient, 2 * 4.0 ** np.arange(4)[::-1])
    assert found.summary == (
        "3 blocks. The squared signal at the end is 64 times that at the input; the squared "
        "gradient at the input is 64 times that at the end."
    )
