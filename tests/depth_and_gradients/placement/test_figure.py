"""Networks without skips are in the plain look, those with them in the residual one."""

import numpy as np

from lessons.drawing.log_scale import as_decades
from lessons.drawing.style import KINDS, PLAIN, RESIDUAL
from tests.looks import across, areas, curve, marks, shown, titled


def test_each_kind_is_in_its_look():
    for figure, m, view in shown("placement_explorer"):
        axes = titled(figure, "Squared gradient")
        for look, found in ((PLAIN, m.without), (RESIDUAL, m.gradient)):
            expected = view.scale.place(as_decades(np.median(found, 0)))
            np.testing.assert_allclose(curve(axes, look), expected)
            np.testing.assert_array_equal(across(axes, look), range(33))
            (band,) = areas(axes, look["color"])
            inside = np.quantile(found, (0.25, 0.75), axis=0, method="nearest")
            heights = view.scale.place(as_decades(inside))
            assert band[:, 1].min() <= heights[0].min() and band[:, 1].max() >= heights[1].max()
        (first,) = marks(axes, KINDS["residual"])
        np.testing.assert_allclose(first, [[1, view.scale.place(np.log10(m.at_layer_1))]])


def test_arcs_are_the_skips_of_the_network():
    for _, m, view in shown("placement_explorer"):
        ends = {(round(arc[0, 0]), round(arc[-1, 0])) for arc in view.diagram.arcs.get_segments()}
        assert ends == {(skip.start, skip.stop) for skip in m.topology.skips}
