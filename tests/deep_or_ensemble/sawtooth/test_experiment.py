"""The sawtooth as a real residual network, and averages of shallow networks as one network."""

import numpy as np
import pytest

from lessons.deep_or_ensemble.sawtooth.experiment import (
    MOST_BLOCKS,
    deep_sawtooth,
    measure_sawtooth,
    place_kinks,
    tent_parameters,
)
from lessons.deep_or_ensemble.sawtooth.measurement import PARAMETERS_PER_BLOCK
from lessons.deep_or_ensemble.sawtooth.tent_map import sawtooth
from lessons.errors import LearnerError


@pytest.mark.parametrize("blocks", range(1, MOST_BLOCKS + 1))
def test_the_network_is_the_sawtooth_to_the_last_bit(blocks):
    x = np.arange(2**blocks + 1) / 2**blocks
    np.testing.assert_array_equal(deep_sawtooth(blocks), sawtooth(x, 2**blocks))
    np.testing.assert_array_equal(deep_sawtooth(blocks), np.arange(2**blocks + 1) % 2)


def test_a_block_has_six_parameters_and_one_of_them_is_zero():
    parameters = tent_parameters()
    weights = [parameters.weights[0, 0], parameters.biases[0], parameters.weights[1, :, 0]]
    assert sum(part.size for part in weights) == PARAMETERS_PER_BLOCK
    everything = np.abs(parameters.weights[:2]).sum() + np.abs(parameters.biases[:2]).sum()
    assert everything == sum(np.abs(part).sum() for part in weights)


def test_an_average_of_networks_is_one_network(rng):
    """M networks of w units: their units side by side, output weights divided by M. One output
    bias: their mean.
    """
    members, units, x = 5, 3, np.linspace(-1, 2, 50)[:, None]
    into, bias, out, last = rng.normal(size=(3, members, units)).tolist() + [
        rng.normal(size=members)
    ]
    into, bias, out = map(np.array, (into, bias, out))
    each = [np.maximum(x * into[m] + bias[m], 0) @ out[m] + last[m] for m in range(members)]
    one = np.maximum(x * into.ravel() + bias.ravel(), 0) @ (out.ravel() / members) + last.mean()
    np.testing.assert_allclose(np.mean(each, 0), one, rtol=1e-12)


def test_only_the_product_of_members_and_units_matters():
    first, second = (
        measure_sawtooth(5, members, units, "at random") for members, units in ((2, 8), (8, 2))
    )
    np.testing.assert_array_equal(first.fit, second.fit)
    np.testing.assert_array_equal(first.wrong_by_depth, second.wrong_by_depth)


def test_kinks_at_random_are_uniform_and_those_of_fewer_units_come_first():
    kinks = place_kinks(16, 256, "at random")
    assert abs(kinks.mean() - 0.5) < 4 / np.sqrt(12 * 256) and abs(kinks.var() - 1 / 12) < 0.02
    np.testing.assert_array_equal(place_kinks(4, 7, "at random"), kinks[:7])


def test_the_sentence_has_the_numbers():
    said = measure_sawtooth(5, 4, 2, "on the first teeth").summary
    assert said.startswith(
        "5 blocks, 30 parameters: 32 pieces, exactly. The average of 4 networks of "
        "2 units is one network of 8"
    )
    assert (
        "at most 9 pieces, so at least 11 of 32 points are wrong; the best fit with "
        "kinks on the first teeth has 11 wrong" in said
    )
    assert "One network of 3 (9 parameters)" in measure_sawtooth(2, 1, 3).summary
    assert "1 network" not in measure_sawtooth(2, 1, 1).summary


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (dict(blocks=0), "blocks must be between 1 and 8, got 0."),
        (dict(members=17), "members must be between 1 and 16, got 17."),
        (dict(units=1.5), "units must be a whole number, got 1.5."),
        (
            dict(kinks="best"),
            "kinks must be one of on the first teeth, evenly spaced, at random, got 'best'.",
        ),
    ],
)
def test_impossible_settings_are_refused(values, message):
    with pytest.raises(LearnerError) as caught:
        measure_sawtooth(**values)
    assert str(caught.value) == message
