"""Numbers for layers: their distribution, and that deeper networks begin like shallower ones."""

import numpy as np
import pytest

from lessons.network.initialisation import layers_to_draw, normal_layers, scale_layer
from lessons.network.topology import MAX_DEPTH


def test_a_layer_has_the_variances_asked_for(rng):
    numbers, biases = rng.standard_normal((300, 5000)), rng.standard_normal(5000)
    weights, bias = scale_layer(np.float32(numbers), np.float32(biases), np.int32(300), 2.0, 0.25)
    assert np.var(weights) == pytest.approx(2 / 300, rel=5 * np.sqrt(2 / numbers.size))
    assert np.var(bias) == pytest.approx(0.25, rel=5 * np.sqrt(2 / biases.size))


def test_drawn_layers_are_standard_normal_and_the_others_0():
    layers = normal_layers(np.random.default_rng(1), 16, (20, 30), 40)
    assert layers.shape == (40, 20, 30) and layers.dtype == np.float32 and not layers[16:].any()
    drawn = layers[:16].ravel()
    assert abs(drawn.mean()) < 5 / np.sqrt(drawn.size)
    assert abs(drawn.var() - 1) < 5 * np.sqrt(2 / drawn.size)


def test_a_deeper_network_begins_with_the_layers_of_the_shallower_one():
    shallow, deep = (normal_layers(np.random.default_rng(2), count, (3, 4)) for count in (16, 32))
    np.testing.assert_array_equal(shallow[:16], deep[:16])
    assert len(deep) == MAX_DEPTH


def test_depths_are_rounded_up_to_what_is_drawn_together():
    assert [layers_to_draw(depth) for depth in (1, 16, 17, 64)] == [16, 16, 32, 64]
