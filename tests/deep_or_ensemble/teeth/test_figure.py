"""Blocks and units stand in their own axes and looks, each with its number of teeth."""

import numpy as np

from lessons.deep_or_ensemble.architecture_styles import SHALLOW
from lessons.drawing.style import INPUT, RESIDUAL
from tests.looks import across, curve, pale, shown, titled

SOLID = {"linestyle": "-"}


def test_both_functions_stand_where_they_are_named():
    for figure, m, _ in shown("teeth_explorer"):
        places = np.arange(len(m.deep)) / (len(m.deep) - 1)
        blocks, units = titled(figure, "Blocks in a row"), titled(figure, "Units side by side")
        np.testing.assert_allclose(curve(blocks, RESIDUAL | SOLID), m.deep)
        np.testing.assert_allclose(across(blocks, RESIDUAL | SOLID), places)
        np.testing.assert_allclose(curve(units, SHALLOW | SOLID), m.fit)
        np.testing.assert_allclose(across(units, SHALLOW | SOLID), m.knots)
        (wanted,) = pale(units, INPUT)
        np.testing.assert_allclose(wanted, m.deep)


def test_the_numbers_are_the_teeth():
    for _, m, view in shown("teeth_explorer"):
        deep, shallow = m.teeth
        assert view.numbers[0].get_text().split()[0] == str(deep)
        assert view.numbers[1].get_text() == f"{shallow} of {deep}"
