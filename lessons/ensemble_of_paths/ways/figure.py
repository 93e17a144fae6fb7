"""A network of three blocks and its eight paths; below them, the one path without skips."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from ...drawing.style import BLACK, GREY, PALE, PLAIN, add_canvas
from ..unraveled.figure import FADED, LENGTH_COLOURS, Network, Rows, boxes, heights_of

BLOCKS = 3
PLAIN_ROW = -0.13  # below the rows of the paths
THICKEST, ACROSS = 85, 0.32  # lines that leave the squares to be seen, and squares


class WaysView:
    """Left the network, right one row per path: a square is a layer on it."""

    size = (9.4, 3.4)

    def __init__(self, figure):
        self.network = Network(add_canvas(figure, (0.02, 0.0, 0.22, 0.93), title="  The network"))
        rows = add_canvas(
            figure,
            (0.3, 0.0, 0.68, 0.93),
            title="Its paths: a row is a path, a square is a layer on it",
            xlim=(-0.09, 1.02),
            ylim=(-0.2, 1),
        )
        self.rows = Rows(rows, THICKEST, ACROSS)
        self.plain = PlainRow(rows)
        self.moving = [*self.network.moving, *self.rows.moving, *self.plain.moving]

    def show(self, measurement):
        paths = measurement.paths
        heights, thickness = heights_of(paths.lengths)
        colours = LENGTH_COLOURS[paths.lengths].copy()
        colours[~paths.alive] = FADED
        self.network.show(paths.deleted)
        self.rows.show(paths, heights, thickness, colours)
        width = self.rows.line_widths(measurement.plain_norm, paths.norms.max(), thickness)
        self.plain.show(measurement.is_cut, width, min(thickness, 0.03))

    def regions(self, measurement):
        """A click on a block of the network deletes it, or puts it back."""
        return self.network.regions(measurement.paths.deleted)


class PlainRow:
    """The path through all layers, of a network that has no skips."""

    def __init__(self, axes):
        axes.plot([-0.09, 1.02], [PLAIN_ROW + 0.115] * 2, color=PALE, linewidth=1)
        axes.text(0, PLAIN_ROW + 0.065, "without skips:", fontsize=9, color=GREY, va="center")
        self.line = axes.add_collection(
            LineCollection([[(0, PLAIN_ROW), (1, PLAIN_ROW)]], zorder=1)
        )
        self.layers = axes.add_collection(PolyCollection([], zorder=2, linewidths=0.8))
        self.moving = [self.line, self.layers]

    def show(self, is_cut, width, size):
        colour = PALE if is_cut else PLAIN["color"]
        self.line.set_color([colour])
        self.line.set_linewidths(width)
        columns, across = (np.arange(BLOCKS) + 0.5) / BLOCKS, ACROSS * size
        self.layers.set_verts(boxes(columns - across, columns + across, PLAIN_ROW, 0.7 * size))
        self.layers.set_facecolors([colour])
        self.layers.set_edgecolors([PALE if is_cut else BLACK])
