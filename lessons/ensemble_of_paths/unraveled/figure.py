"""A residual network as it is drawn, and as the list of its paths."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba

from ...drawing.regions import Region, box_in
from ...drawing.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    add_axes,
    add_canvas,
)

MOST_BLOCKS = 5
HEIGHT = 4.0  # inches
LENGTH_COLOURS = np.array([to_rgba(colour) for colour in (GREY, ORANGE, SKY, GREEN, PURPLE, BLACK)])
FADED = to_rgba(PALE)
SIZE_OF_ROWS = 0.6 * 72 * HEIGHT * 0.83  # points
SPINE, HALF_BLOCK = 0.42, 0.16


class UnraveledView:
    """Left the network, in the middle one row per path, right the norm of its gradient."""

    size = (9.4, HEIGHT)

    def __init__(self, figure):
        self.network = Network(add_canvas(figure, (0.005, 0.0, 0.2, 0.93), title="  The network"))
        self.rows = Rows(
            add_canvas(
                figure,
                (0.215, 0.1, 0.43, 0.83),
                title="Unraveled: a row is a path, a square is a layer",
                xlim=(-0.09, 1.02),
            )
        )
        axes = add_axes(
            figure,
            (0.665, 0.1, 0.32, 0.83),
            title="What it carries",
            xlabel="norm of the path's gradient",
            xlim=(0, 4),
            ylim=(0, 1),
            yticks=[],
        )
        self.bars = Bars(axes)
        self.moving = [*self.network.moving, *self.rows.moving, *self.bars.moving]

    def show(self, measurement):
        heights, thickness = heights_of(measurement.lengths)
        colours = LENGTH_COLOURS[measurement.lengths].copy()
        colours[~measurement.highlighted] = FADED
        self.network.show(measurement.deleted)
        self.bars.show(measurement.norms, heights, thickness, colours)
        self.rows.show(measurement, heights, thickness, colours)

    def regions(self, measurement):
        """A click on a block of the network deletes it, or puts it back."""
        return self.network.regions(measurement.deleted)


def heights_of(lengths):
    """The middle of each path's row, shortest at the top, and the thickness of a row; a gap
    between two lengths.
    """
    places = np.arange(len(lengths)) + 0.6 * lengths
    pitch = min(0.09, 0.93 / (places[-1] + 1))
    return 0.94 - pitch * (places + 0.5), 0.6 * pitch


def boxes(left, right, middles, half):
    """Corners of rectangles, (boxes, 4, 2)."""
    left, right, middles = np.broadcast_arrays(left, right, middles)
    return np.stack(
        [
            np.stack([x, y], -1)
            for x, y in (
                (left, middles - half),
                (right, middles - half),
                (right, middles + half),
                (left, middles + half),
            )
        ],
        1,
    )


class Network:
    """Blocks of one layer from top to bottom, each with its skip; a deleted block is hollow."""

    def __init__(self, axes):
        self.axes = axes
        self.spine = axes.add_collection(LineCollection([], colors=BLACK, linewidths=1.2))
        self.skips = axes.add_collection(LineCollection([], colors=BLUE, linewidths=1.8))
        self.layers = axes.add_collection(
            PolyCollection([], edgecolors=GREY, linewidths=0.8, zorder=2)
        )
        self.sums = axes.plot(
            [], [], "o", color=BLUE, markerfacecolor="white", markersize=9, zorder=3
        )[0]
        self.pluses = axes.plot([], [], "+", color=BLUE, markersize=6, zorder=4)[0]
        self.names = [
            axes.text(SPINE, 0, f"$F_{block}$", fontsize=9, ha="center", va="center", zorder=5)
            for block in range(1, MOST_BLOCKS + 1)
        ]
        axes.text(SPINE, 0.965, "input", fontsize=8.5, ha="center", va="center")
        axes.text(SPINE, 0.03, "ten scores", fontsize=8.5, ha="center", va="center")
        self.moving = [self.spine, self.skips, self.layers, self.sums, self.pluses, *self.names]

    def show(self, deleted):
        count = len(deleted)
        pitch, tops, middles, half = _places(count)
        sums, gone = tops - 0.86 * pitch, np.array(deleted)
        self.layers.set_verts(boxes(SPINE - HALF_BLOCK, SPINE + HALF_BLOCK, middles, half))
        self.layers.set_facecolors(["white" if out else "#CFE3F1" for out in deleted])
        self.layers.set_linestyles([(0, (2, 2)) if out else "-" for out in deleted])
        # The line has a gap at a deleted layer.
        ends = [
            0.93,
            *(
                end
                for middle in middles[gone]
                for end in (middle + 1.5 * half, middle - 1.5 * half)
            ),
            0.07,
        ]
        self.spine.set_segments(
            [
                [(SPINE, start), (SPINE, stop)]
                for start, stop in zip(ends[::2], ends[1::2], strict=True)
            ]
        )
        out = SPINE + 0.34
        arcs = [
            [(SPINE, top), (out, top), (out, end), (SPINE, end)]
            for top, end in zip(tops - 0.06 * pitch, sums, strict=True)
        ]
        self.skips.set_segments(arcs)
        for marks in (self.sums, self.pluses):
            marks.set_data(np.full(count, SPINE), sums)
        for block, name in enumerate(self.names):
            name.set_visible(block < count)
            if block < count:
                name.set_position((SPINE, middles[block]))
                name.set_color(PALE if deleted[block] else BLACK)

    def regions(self, deleted):
        _, _, middles, half = _places(len(deleted))
        across = SPINE - HALF_BLOCK, SPINE + HALF_BLOCK
        return [
            Region(
                f"delete_{block}",
                f"put block {block} back" if gone else f"delete block {block}",
                box_in(self.axes, across, (middle - half, middle + half)),
            )
            for block, (middle, gone) in enumerate(zip(middles, deleted, strict=True), 1)
        ]


def _places(count):
    """From block to block, the top of each one's skip, the middle of its layer and half its
    height."""
    pitch = min(0.2, 0.85 / count)
    tops = 0.5 + pitch * (count / 2 - np.arange(count))
    return pitch, tops, tops - 0.42 * pitch, 0.2 * pitch


class Rows:
    """One line per path from the input at the left to the scores at the right, as thick as the
    norm that it carries.
    """

    def __init__(self, axes, thickest=SIZE_OF_ROWS, across=0.55):
        # In points and in parts of a row, as the shape of the axes asks for.
        self.thickest, self.across = thickest, across
        self.lines = axes.add_collection(LineCollection([], zorder=1))
        self.layers = axes.add_collection(PolyCollection([], zorder=2, linewidths=0.8))
        self.heads = [
            axes.text(0, 0.972, f"$F_{block}$", fontsize=9, ha="center", va="center")
            for block in range(1, MOST_BLOCKS + 1)
        ]
        self.groups = [
            axes.text(-0.02, 0, str(length), fontsize=9, ha="right", va="center")
            for length in range(MOST_BLOCKS + 1)
        ]
        axes.text(-0.02, 0.972, "length", fontsize=8, ha="right", va="center", color=GREY)
        self.moving = [self.lines, self.layers, *self.heads, *self.groups]

    def show(self, measurement, heights, thickness, colours):
        blocks = measurement.blocks
        columns = (np.arange(blocks) + 0.5) / blocks
        self.lines.set_segments([[(0, y), (1, y)] for y in heights])
        largest = measurement.norms.max()
        self.lines.set_linewidths(self.line_widths(measurement.norms, largest, thickness))
        self.lines.set_colors(colours)
        path, block = np.nonzero(measurement.passes)
        # A square on the page: the axes are wider than high.
        across = self.across * min(thickness, 0.03)
        self.layers.set_verts(
            boxes(
                columns[block] - across,
                columns[block] + across,
                heights[path],
                0.7 * min(thickness, 0.03),
            )
        )
        self.layers.set_facecolors(colours[path])
        self.layers.set_edgecolors(
            [BLACK if out else FADED for out in measurement.highlighted[path]]
        )
        for number, head in enumerate(self.heads):
            head.set_visible(number < blocks)
            head.set_x(columns[number] if number < blocks else 0)
        for length, text in enumerate(self.groups):
            text.set_visible(length <= blocks)
            if length <= blocks:
                text.set_y(heights[measurement.lengths == length].mean())

    def line_widths(self, norms, largest, thickness):
        """In points, for rows of a thickness in parts of the axes."""
        return 0.5 + self.thickest * thickness * norms / largest


class Bars:
    """The norm of each path's gradient, in the row of the path."""

    def __init__(self, axes):
        self.axes = axes
        self.bars = axes.add_collection(PolyCollection([], linewidths=0))
        self.moving = [self.bars]

    def show(self, norms, heights, thickness, colours):
        # Ticks are dear: the limit goes in powers of two.
        limit = 2.0 ** max(2, np.ceil(np.log2(norms.max())))
        self.axes.set_xlim(0, limit)
        self.bars.set_verts(boxes(0.0, norms, heights, 0.6 * thickness))
        self.bars.set_facecolors(colours)
