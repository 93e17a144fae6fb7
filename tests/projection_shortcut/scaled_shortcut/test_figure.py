"""The skips alone and all paths keep to their looks, and the large number is that of the skips."""

import numpy as np
from matplotlib.colors import same_color

from lessons.drawing.style import GREEN, RESIDUAL
from lessons.projection_shortcut.scaled_shortcut.figure import SHORTCUT
from tests.looks import across, areas, curve, shown, titled


def test_both_curves_and_the_number_show_their_own_data():
    for figure, m, view in shown("scaled_shortcut_explorer"):
        axes = titled(figure, "Gradient left, %")
        for look, values in ((SHORTCUT, m.skips_alone), (RESIDUAL, m.all_paths)):
            np.testing.assert_allclose(curve(axes, look), 100 * values)
            np.testing.assert_array_equal(across(axes, look), np.arange(m.blocks + 1))
            assert curve(axes, look).max() <= axes.get_ylim()[1]
        (area,) = areas(axes, GREEN)
        assert area[:, 1].min() == 0
        np.testing.assert_allclose(area[:, 1].max(), 100 * m.skips_alone.max())
        np.testing.assert_allclose(view.end.get_xydata()[0], [m.blocks, 100 * m.left])
        percents = f"{100 * m.left:.2g}", f"{100 * m.all_paths[-1]:.2g}"
        for text, colour, value in zip(
            (view.number, view.others), (GREEN, RESIDUAL["color"]), percents, strict=True
        ):
            assert same_color(text.get_color(), colour)
            assert float(text.get_text().removesuffix(" %")) == float(value)
        assert str(m.blocks) in view.words.get_text()
