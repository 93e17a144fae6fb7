"""How many is grey, what they carry is in the residual network's look, each named at its mean."""

import numpy as np

from lessons.drawing.style import GREY, RESIDUAL
from lessons.formatting import number
from tests.looks import areas, curves, shown

GREY_LINE = {"color": GREY, "linestyle": "-"}


def test_each_hill_is_in_its_look_and_named_where_it_stands():
    for figure, m, view in shown("hill_explorer"):
        (axes,), lengths = figure.axes, np.arange(55)
        for look, share, hill in (
            (GREY_LINE, m.counts, view.many),
            (RESIDUAL, m.carried, view.carry),
        ):
            drawn = [np.asarray(line.get_ydata()) for line in curves(axes, look)]
            edge = next(heights for heights in drawn if len(heights) == 55)
            np.testing.assert_allclose(edge, share / share.max())
            (area,) = areas(axes, look["color"])
            assert area[:, 1].max() == 1
            mean = share @ lengths
            np.testing.assert_allclose(hill.mean.get_xdata(), [mean, mean])
            assert hill.text.get_text().endswith(f": {number(mean)} layers")
            assert abs(hill.text.get_position()[0] - mean) < 9
