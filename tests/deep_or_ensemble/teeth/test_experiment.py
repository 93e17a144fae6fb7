"""Teeth counted by another rule, and the fit against NumPy's least squares."""

import numpy as np
import pytest

from lessons.deep_or_ensemble.sawtooth.experiment import MOST_BLOCKS
from lessons.deep_or_ensemble.sawtooth.measurement import (
    PARAMETERS_PER_BLOCK,
    PARAMETERS_PER_UNIT,
)
from lessons.deep_or_ensemble.teeth.experiment import MOST_UNITS, measure_teeth
from lessons.deep_or_ensemble.teeth.measurement import count_teeth
from lessons.errors import LearnerError


@pytest.mark.parametrize("blocks", range(1, MOST_BLOCKS + 1))
def test_each_block_doubles_the_teeth(blocks):
    assert measure_teeth(blocks).teeth[0] == 2 ** (blocks - 1)


def test_every_two_units_bring_one_tooth():
    for blocks, units in ((3, 7), (4, 15), (6, 63), (8, 255)):
        assert measure_teeth(blocks, units).teeth[1] == 2 ** (blocks - 1)
        assert measure_teeth(blocks, units - 1).teeth[1] < 2 ** (blocks - 1)
    for units in (1, 2, 3, 10, 29, 100):
        most = (units + 2) // 2  # one piece up and one down for each, of units + 1 pieces
        assert most - 1 <= measure_teeth(8, units).teeth[1] <= most


def test_the_line_has_the_least_squared_error_of_those_kinks():
    m = measure_teeth(4, 6)
    x = np.linspace(0, 1, 20001)
    wanted = np.interp(x, np.arange(17) / 16, m.deep)
    kinks = np.arange(1, 7) / 16
    features = np.maximum(x[:, None] - np.concatenate([[0.0], kinks]), 0)
    features = np.concatenate([features, np.ones((len(x), 1))], 1)
    best = features @ np.linalg.lstsq(features, wanted, rcond=None)[0]
    np.testing.assert_allclose(np.interp(x, m.knots, m.fit), best, atol=2e-3)
    np.testing.assert_allclose(m.points, np.interp(np.arange(17) / 16, x, best), atol=2e-3)


def test_a_tooth_is_a_rise_from_below_a_quarter_to_above_three_quarters():
    for values, teeth in (
        ([0, 1, 0, 1, 0], 2),
        ([0, 0.7, 0, 0.8, 0.3, 0.9, 0.2, 1], 2),
        ([0.5, 0.5, 0.5], 0),
        ([1, 0, 0, 1], 2),
    ):
        assert count_teeth(np.array(values)) == teeth


def test_the_sentence_has_teeth_and_parameters_of_both():
    m = measure_teeth(5, 10)
    assert m.summary.startswith(f"16 teeth from 5 blocks in a row ({5 * PARAMETERS_PER_BLOCK} par")
    assert f"5 of them from 10 units side by side ({10 * PARAMETERS_PER_UNIT} par" in m.summary
    assert measure_teeth(1, 1).summary.startswith("1 tooth from 1 block in a row")


def test_what_cannot_be_is_refused():
    for wrong in (
        {"blocks": 0},
        {"blocks": MOST_BLOCKS + 1},
        {"units": 0},
        {"units": MOST_UNITS + 1},
    ):
        with pytest.raises(LearnerError):
            measure_teeth(**wrong)
