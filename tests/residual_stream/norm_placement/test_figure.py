"""Each place of the norm is in its look, in both pictures, and theory is dotted."""

import numpy as np

from lessons.drawing.log_scale import as_decades
from lessons.drawing.style import THEORY, line
from lessons.residual_stream.norm_placement.measurement import KINDS, STREAM
from tests.looks import across, areas, curve, curves, shown, titled


def test_each_place_of_the_norm_is_in_its_look():
    for figure, m, view in shown("norm_placement_explorer"):
        right = titled(figure, "Cosine")
        (left,) = (axes for axes in figure.axes if axes is not right)
        first = 0 if m.part == STREAM else 1
        for number, kind in enumerate(KINDS):
            expected = view.scale.place(as_decades(np.median(m.gradient[number], 0)))
            np.testing.assert_allclose(curve(left, line(kind)), expected)
            np.testing.assert_array_equal(across(left, line(kind)), range(first, m.layers + 1))
            np.testing.assert_allclose(curve(right, line(kind)), np.median(m.alike[number], 0))
            (band,) = areas(right, line(kind)["color"])
            assert band[:, 1].max() == np.float64(m.alike[number].max())
        assert m.part.split(" and ")[0] in view.title.get_text()


def test_closed_forms_are_dotted_and_there_for_the_stream_alone():
    drawn = []
    for _, m, view in shown("norm_placement_explorer"):
        dotted = [found.get_ydata() for found in curves(view.axes, THEORY)]
        assert len(dotted) == (0 if m.expected is None else 2)
        for heights, expected in zip(dotted, m.expected if dotted else (), strict=True):
            np.testing.assert_allclose(heights, view.scale.place(as_decades(expected)))
        drawn.append(len(dotted))
    assert set(drawn) == {0, 2}
