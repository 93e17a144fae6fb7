"""Blocks look residual, the average of shallow networks does not, and the bound is dotted."""

import numpy as np

from lessons.deep_or_ensemble.architecture_styles import SHALLOW
from lessons.drawing.style import BLACK, RESIDUAL, THEORY
from tests.looks import across, curve, marks, shown, titled


def test_both_functions_are_in_their_looks():
    for figure, m, _ in shown("sawtooth_explorer"):
        axes = figure.axes[0]
        np.testing.assert_allclose(curve(axes, RESIDUAL), m.deep)
        np.testing.assert_allclose(across(axes, RESIDUAL) * m.pieces, np.arange(m.pieces + 1))
        np.testing.assert_allclose(curve(axes, SHALLOW), m.fit)
        np.testing.assert_allclose(across(axes, SHALLOW), m.knots)


def test_wrong_points_are_crosses_on_the_wrong_side():
    for figure, m, _ in shown("sawtooth_explorer"):
        right = marks(figure.axes[0], {"color": SHALLOW["color"], "marker": "o"})
        wrong = marks(figure.axes[0], {"color": BLACK, "marker": "x"})
        for points, is_wrong in ((right, False), (wrong, True)):
            for x, y in np.concatenate([*points, np.empty((0, 2))]):
                tooth = round(x * m.pieces) % 2
                assert ((y > 0.5) != (tooth == 1)) == is_wrong
        places = [x * m.pieces for points in wrong for x in points[:, 0]]
        np.testing.assert_allclose(places, np.flatnonzero(m.wrong))


def test_bound_and_fit_are_in_their_looks_by_units_and_by_blocks():
    for figure, m, _ in shown("sawtooth_explorer"):
        for title, steps, fit, bound, here in (
            ("by units", m.widths, m.wrong_by_width, m.bound_by_width, m.total_units),
            ("by blocks", m.depths, m.wrong_by_depth, m.bound_by_depth, m.blocks),
        ):
            axes = titled(figure, title)
            np.testing.assert_allclose(curve(axes, SHALLOW), fit)
            np.testing.assert_allclose(curve(axes, THEORY), bound)
            for look in (SHALLOW, THEORY):
                np.testing.assert_array_equal(across(axes, look), steps)
            np.testing.assert_allclose(curve(axes, RESIDUAL), 0)
            (ring,) = marks(axes, {"color": BLACK, "marker": "o"})
            np.testing.assert_allclose(ring, [[here, m.wrong.mean()]])
