"""Two formulas stand beside the hills, each in its look and with its number."""

import numpy as np

from lessons.drawing.style import OTHER_THEORY, THEORY
from lessons.formatting import number
from tests.looks import across, shown, titled


def test_each_formula_stands_at_its_length_with_its_number():
    for figure, m, view in shown("transformer_paths_explorer"):
        axes = titled(figure, "Share of the gradient")
        halves = {"color": OTHER_THEORY["color"], "linestyle": "-"}
        np.testing.assert_allclose(across(axes, halves), [5, 5])
        np.testing.assert_allclose(across(axes, THEORY), [m.harmonic] * 2)
        assert [said.get_text() for _, said in view.formulas] == ["5.0", number(m.harmonic)]
        names = [legend.get_texts()[0].get_text() for legend in figure.legends]
        assert names[-2:] == ["$n/2$", "$H_{n+1}-1$"]


def test_paths_are_counted_in_branches():
    for _, m, view in shown("transformer_paths_explorer"):
        assert view.share_axes.get_xlabel() == "path length (branches)"
        peak = view.curves[1].get_ydata()
        np.testing.assert_allclose(peak, m.squares / m.squares.max())
