"""Cells of a matrix are where they belong, in their colours, and alike in size."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lessons.drawing.pixels import Pixels


def drawn(cells, width=2.0, height=1.0, box=(0.1, 0.2, 0.8, 0.7)):
    """The pixels inside the axes, rows from below."""
    figure = Figure(figsize=(width, height), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes(box)
    axes.set_axis_off()
    Pixels(axes).set_data(cells)
    canvas.draw()
    left, bottom, right, top = (
        round(100 * side)
        for side in (
            width * box[0],
            height * box[1],
            width * (box[0] + box[2]),
            height * (box[1] + box[3]),
        )
    )
    return np.asarray(canvas.buffer_rgba())[::-1][bottom:top, left:right]


def test_row_0_is_at_the_bottom_and_column_0_at_the_left(rng):
    cells = rng.integers(0, 256, (2, 4, 4), np.uint8)
    cells[..., 3] = 255
    np.testing.assert_array_equal(drawn(cells), np.repeat(np.repeat(cells, 35, 0), 40, 1))


@pytest.mark.parametrize("count", [3, 7, 64])
def test_cells_that_do_not_fit_differ_by_one_pixel_at_most(rng, count):
    cells = np.full((count, count, 4), 255, np.uint8)
    cells[..., 0] = np.arange(count)
    found = drawn(cells, width=4.0)[..., 0]
    sizes = np.bincount(found[0], minlength=count)
    assert sizes.sum() == 320 and np.ptp(sizes) <= 1
    assert (found == found[0]).all() and (np.diff(found[0].astype(int)) >= 0).all()
