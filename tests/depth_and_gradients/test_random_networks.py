"""Networks drawn at once: their distribution, and that depth and seed mean what they say."""

import numpy as np
import pytest

from lessons.depth_and_gradients.random_networks import (
    draw_data,
    draw_networks,
    relative_squares,
)
from lessons.network.initialisation import layers_to_draw


def test_weights_are_independent_standard_normal():
    weights = np.asarray(draw_networks(5, 32, 16, 48).weights, np.float64)[:32]
    assert weights.shape == (32, 16, 48, 48)
    n = weights.size
    assert abs(weights.mean()) < 5 / np.sqrt(n)
    assert weights.var() == pytest.approx(1, abs=5 * np.sqrt(2 / n))
    assert (weights**4).mean() == pytest.approx(3, abs=5 * np.sqrt(96 / n))
    for shift in ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)):
        assert abs((weights * np.roll(weights, shift, (0, 1, 2, 3))).mean()) < 5 / np.sqrt(n)


def test_a_deeper_draw_begins_with_the_shallower_one_and_ends_in_zeros():
    deep, shallow = (np.asarray(draw_networks(2, layers, 3, 8).weights) for layers in (64, 16))
    np.testing.assert_array_equal(deep[:16], shallow[:16])
    assert not shallow[16:].any() and deep[16:].all()
    assert [layers_to_draw(depth) for depth in (1, 16, 17, 64)] == [16, 16, 32, 64]


def test_another_seed_is_another_network_and_other_data():
    one, other = (np.asarray(draw_networks(seed, 16, 3, 8).weights[:16]) for seed in (0, 1))
    assert (one != other).mean() > 0.99
    assert not np.array_equal(draw_data(0, 3, 4, 8)[0], draw_data(1, 3, 4, 8)[0])


def test_data_are_independent_standard_normal():
    inputs, readouts = draw_data(3, 16, 24, 48)
    for numbers in (inputs, readouts):
        assert abs(numbers.mean()) < 5 / np.sqrt(numbers.size)
        assert numbers.var() == pytest.approx(1, abs=5 * np.sqrt(2 / numbers.size))
    assert abs((inputs[:, 0] * readouts).mean()) < 5 / np.sqrt(readouts.size)


def test_squares_are_infinite_from_where_float32_overflows_on():
    roots = np.array([1.0, 3e30, np.inf, np.nan, 2.0], np.float32)
    np.testing.assert_allclose(
        relative_squares(roots, 0), [1, 9e60, np.inf, np.inf, np.inf], rtol=1e-6
    )
    np.testing.assert_allclose(
        relative_squares(roots[::-1], -1), [np.inf, np.inf, np.inf, 9e60, 1], rtol=1e-6
    )
