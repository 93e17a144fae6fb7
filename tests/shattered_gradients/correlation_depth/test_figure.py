"""Plain and residual networks' correlations and shared units are in their looks, theory dotted."""

import numpy as np
import pytest

from lessons.drawing.style import PLAIN, RESIDUAL, THEORY
from lessons.shattered_gradients.correlation_depth.figure import FOLLOWED, LOWEST
from tests.looks import areas, curve, curves, shown, titled


def visible(values, axes):
    return values if axes == "linear" else np.maximum(values, LOWEST / 10)


@pytest.mark.slow
def test_correlations_and_shared_units_are_in_the_look_of_their_kind():
    for figure, m, _ in shown("correlation_depth_explorer"):
        left, units = titled(figure, "Correlation"), titled(figure, "Units active")
        for arm, look in enumerate((PLAIN, RESIDUAL)):
            median = visible(np.median(m.found[arm], 0), m.axes)
            np.testing.assert_allclose(curve(left, look), median)
            np.testing.assert_allclose(curve(units, look), m.shared[arm].mean(0)[:-1])
            (band,) = areas(left, look["color"])
            ends = visible(np.quantile(m.found[arm][:, 1:], (0.25, 0.75), axis=0), m.axes)
            np.testing.assert_allclose(
                [band[:, 1].min(), band[:, 1].max()], [ends.min(), ends.max()]
            )


def test_the_paper_is_dotted_and_what_follows_from_the_shared_units_is_not():
    for figure, m, _ in shown("correlation_depth_explorer"):
        axes = titled(figure, "Correlation")
        for look, theory in ((THEORY, m.paper), (FOLLOWED, m.followed)):
            drawn = [line.get_ydata() for line in curves(axes, look)]
            np.testing.assert_allclose(drawn, visible(theory, m.axes))
