"""A row for each path, a square for each layer on it; what a deletion cuts is pale."""

import numpy as np
from matplotlib.colors import same_color
from matplotlib.figure import Figure

from lessons.drawing.style import PALE, PLAIN
from lessons.ensemble_of_paths.ways.experiment import measure_ways
from lessons.ensemble_of_paths.ways.figure import WaysView

from .test_experiment import DELETIONS


def test_rows_and_squares_are_the_paths_and_pale_where_they_are_cut():
    view = WaysView(Figure())
    for deleted in DELETIONS:
        m = measure_ways(**deleted)
        view.show(m)
        assert len(view.rows.lines.get_segments()) == 8
        assert len(view.rows.layers.get_paths()) == 12
        pale = [same_color(colour, PALE) for colour in view.rows.lines.get_colors()]
        assert sum(not cut for cut in pale) == m.left
        widths = np.array(view.rows.lines.get_linewidths())
        assert (np.argsort(widths) == np.argsort(m.paths.norms)).all() or m.is_cut
        colour = PALE if m.is_cut else PLAIN["color"]
        assert same_color(view.plain.line.get_color()[0], colour)
        assert len(view.plain.layers.get_paths()) == 3


def test_all_lines_have_one_scale():
    """A path with the norm of the path without skips would be as thick."""
    view, m = WaysView(Figure()), measure_ways()
    view.show(m)
    widths = np.array(view.rows.lines.get_linewidths())
    scale = (widths - 0.5) / m.paths.norms
    np.testing.assert_allclose((view.plain.line.get_linewidths()[0] - 0.5) / m.plain_norm, scale)
