"""Two lengths stand dotted beside the hills, each with its name."""

import numpy as np

from lessons.drawing.style import KINDS
from tests.looks import curves, shown, titled


def test_the_two_lengths_stand_where_their_names_say():
    for figure, m, view in shown("transformer_paths_explorer"):
        axes = titled(figure, "Share of the gradient")
        found = [line.get_xdata() for line in curves(axes, KINDS["theory"])]
        np.testing.assert_allclose(found, [[5, 5], [m.harmonic] * 2])
        for (line, name), says in zip(view.guides, ("n/2", "$H_{11}-1$"), strict=True):
            assert name.get_text() == says
            assert 0 < name.get_position()[0] - line.get_xdata()[0] < 0.5


def test_paths_are_counted_in_branches():
    for _, m, view in shown("transformer_paths_explorer"):
        assert view.share_axes.get_xlabel() == "path length (branches)"
        peak = view.curves[1].get_ydata()
        np.testing.assert_allclose(peak, m.squares / m.squares.max())
