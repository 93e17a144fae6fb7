"""Measured is in the residual network's look, and the closed form dotted."""

import numpy as np
import pytest

from lessons.drawing.log_scale import as_decades
from lessons.drawing.style import KINDS, RESIDUAL, THEORY
from tests.looks import across, curve, marks, shown, titled


@pytest.mark.slow
def test_measured_and_derived_are_in_their_looks():
    for figure, m, view in shown("skip_placement_explorer"):
        layers, worth = titled(figure, "partial y"), titled(figure, "All skips but one")
        place = view.scales[0].place
        median = np.median(m.gradient, 0)
        np.testing.assert_allclose(curve(layers, RESIDUAL), place(as_decades(median)))
        np.testing.assert_allclose(curve(layers, THEORY), place(as_decades(m.theory)))
        (first,) = marks(layers, KINDS["residual"])
        np.testing.assert_allclose(first, [[1, place(as_decades(median))[1]]])
        place = view.scales[1].place
        (points,) = marks(worth, KINDS["residual"])
        np.testing.assert_allclose(points[:, 1], place(as_decades(m.missing)).ravel())
        np.testing.assert_array_equal(across(worth, RESIDUAL), m.left_out)
        middle = np.median(place(as_decades(m.missing)), 1)
        np.testing.assert_allclose(curve(worth, RESIDUAL), middle)


def test_arcs_are_the_skips_of_the_network():
    for _, m, view in shown("skip_placement_explorer"):
        ends = {(round(arc[0, 0]), round(arc[-1, 0])) for arc in view.diagram.arcs.get_segments()}
        assert ends == {(skip.start, skip.stop) for skip in m.topology.skips}
