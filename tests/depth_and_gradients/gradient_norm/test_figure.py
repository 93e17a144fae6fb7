"""The plain networks are left and plain's colour, with their own mean and their own formula."""

import numpy as np
import pytest

from lessons.depth_and_gradients.gradient_norm.figure import MEAN
from lessons.drawing.log_scale import as_decades
from lessons.drawing.style import PLAIN, RESIDUAL, THEORY
from tests.looks import areas, curve, shown, titled


@pytest.mark.slow
def test_each_kind_is_in_its_own_axes_and_colour():
    for figure, m, view in shown("gradient_norm_explorer"):
        for title, look, found, theory in (
            ("Plain", PLAIN, m.plain, m.plain_theory),
            ("Residual", RESIDUAL, m.residual, m.residual_theory),
        ):
            axes = titled(figure, title)
            for of, values in (
                (look, np.median(found, 0)),
                (MEAN, found.mean(0)),
                (THEORY, theory),
            ):
                expected = view.scale.place(as_decades(values))
                np.testing.assert_allclose(curve(axes, of), expected)
            (band,) = areas(axes, look["color"])
            middle = curve(axes, look)
            assert np.nanmin(band[:, 1]) <= np.nanmin(middle) + 1e-6
            assert np.nanmax(band[:, 1]) >= np.nanmax(middle) - 1e-6
