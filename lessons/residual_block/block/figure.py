"""A network as data flows down through it, and a grid of inputs before and behind it."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from ...drawing.style import BLACK, BLUE, GREY, INPUT, PALE, add_axes, add_canvas, mark
from ...formatting import number

SPINE, HALF_BOX = 0.47, 0.15  # where the layers stand, in parts of the diagram's width
MOST_LABELS = 6  # more layer names than this would overlap
LINE = 0.05  # two labels nearer than this would overlap
# a sum stands this far above its state, in parts of the pitch: the next skip leaves below it
ADDED = 0.06
LEAVES = 0.13


class BlockView:
    """Left the network, right its two images of the grid. The grey grid is the input."""

    size = (9.4, 4.2)

    def __init__(self, figure):
        self.diagram = Diagram(add_canvas(figure, (0.0, 0.02, 0.36, 0.96)))
        boxes = ((0.385, 0.1, 0.295, 0.63), (0.7, 0.1, 0.295, 0.63))
        self.planes = [
            Plane(_square(figure, box), mark(kind))
            for box, kind in zip(boxes, ("plain", "residual"), strict=True)
        ]
        self.moving = [*self.diagram.moving, *self.planes[0].moving, *self.planes[1].moving]

    def show(self, measurement):
        self.diagram.show(measurement)
        m = measurement
        self.planes[0].show(m.grid, m.plain, m.plain_distance, "Without skips: $h_L$")
        self.planes[1].show(
            m.grid,
            m.residual,
            m.residual_distance,
            "With skips: $h_L$" if m.topology.skips else "Skips off: $h_L$",
        )


def _square(figure, box):
    return add_axes(
        figure,
        box,
        xlabel="component along u",
        ylabel="component along v",
        xlim=(-1.4, 1.4),
        ylim=(-1.4, 1.4),
        xticks=[],
        yticks=[],
    )


class Plane:
    """A grid and its image, drawn at a scale 1 : 2^k at which both fit."""

    def __init__(self, axes, style):
        self.before = axes.add_collection(
            LineCollection([], colors=INPUT["color"], linewidths=0.6, alpha=0.6)
        )
        self.after = axes.add_collection(LineCollection([], colors=style["color"], linewidths=1.1))
        self.corner = axes.plot([], [], **style, markersize=5)[0]
        axes.text(
            0.0,
            1.09,
            "relative squared distance from the input,",
            transform=axes.transAxes,
            fontsize=9,
        )
        # Formulas are dear to set: the title has two texts and the scale, which moves, has none.
        self.title = axes.text(0.0, 1.17, "", transform=axes.transAxes, fontsize=10)
        self.scale = axes.text(1.0, 1.17, "", transform=axes.transAxes, fontsize=9, ha="right")
        self.note = axes.text(0.0, 1.02, "", transform=axes.transAxes, fontsize=9)
        self.moving = [self.before, self.after, self.corner, self.title, self.scale, self.note]

    def show(self, grid, image, distance, title):
        reach = np.abs(image).max()
        zoom = max(0, int(np.ceil(np.log2(max(reach, 1e-9) / 1.35))))
        self.before.set_segments(_lines(grid / 2.0**zoom))
        self.after.set_segments(_lines(image / 2.0**zoom))
        self.corner.set_data(*np.array(image[-1:, -1] / 2.0**zoom).T)
        self.title.set_text(title)
        self.scale.set_text(
            f"drawn at 1 : {2**zoom if zoom < 20 else number(2**zoom)}" if zoom else ""
        )
        self.note.set_text(f"all 64 directions: {number(distance)}")


def _lines(grid):
    """Rows and columns of a grid (rows, columns, 2)."""
    return [*grid, *grid.swapaxes(0, 1)]


class Diagram:
    """Layers from top to bottom, skips on the right, the branch F as a bracket on the left."""

    def __init__(self, axes):
        self.spine = axes.plot([], [], color=BLACK, linewidth=1.2)[0]
        self.layers = axes.add_collection(
            PolyCollection([], edgecolors=GREY, linewidths=0.8, zorder=2)
        )
        self.skips = axes.add_collection(LineCollection([], colors=BLUE, linewidths=1.6, zorder=1))
        self.sums = axes.plot([], [], "o", color=BLUE, markerfacecolor="white", zorder=3)[0]
        self.arrows = axes.plot([], [], "<", color=BLUE, zorder=3)[0]
        self.pluses = axes.plot([], [], "+", color=BLUE, zorder=4)[0]
        self.bracket = axes.plot([], [], color=BLACK, linewidth=1)[0]
        self.names = [
            axes.text(0, 0, "", fontsize=7, ha="center", va="center", zorder=5)
            for _ in range(MOST_LABELS)
        ]
        self.ends = [
            axes.text(SPINE, 0, "", fontsize=9, ha="center", va="center") for _ in range(2)
        ]
        self.branch = axes.text(0, 0, "", fontsize=10, ha="right", va="center")
        self.carried = axes.text(0, 0, "", fontsize=10, ha="left", va="center", color=BLUE)
        self.result = axes.text(0, 0, "", fontsize=10, ha="right", va="center")
        self.moving = [
            self.spine,
            self.layers,
            self.skips,
            self.sums,
            self.arrows,
            self.pluses,
            self.bracket,
            *self.names,
            *self.ends,
            self.branch,
            self.carried,
            self.result,
        ]

    def show(self, measurement):
        topology = measurement.topology
        self.pitch = min(0.13, 0.86 / topology.depth)
        self.top = 0.5 + self.pitch * topology.depth / 2
        self._show_layers(topology)
        self._show_skips(topology)
        self._show_block(topology, measurement.branch_scale)

    def _height(self, state):
        """Where h_state stands."""
        return self.top - self.pitch * np.asarray(state)

    def _sum(self, state):
        """Where a skip is added to it."""
        return self._height(state) + ADDED * self.pitch

    def _show_layers(self, topology):
        depth, half = topology.depth, 0.28 * self.pitch
        middles = self._height(np.arange(depth) + 0.5)
        left, right = SPINE - HALF_BOX, SPINE + HALF_BOX
        self.layers.set_verts(
            [
                [(left, y - half), (right, y - half), (right, y + half), (left, y + half)]
                for y in middles
            ]
        )
        first = topology.skips[0] if topology.skips else None
        inside = [first is not None and first.start <= layer < first.stop for layer in range(depth)]
        self.layers.set_facecolors(["#CFE3F1" if within else PALE for within in inside])
        self.spine.set_data([SPINE, SPINE], [self.top + 0.02, self._height(depth) - 0.02])
        for layer, name in enumerate(self.names):
            shown = layer < depth <= MOST_LABELS
            name.set_visible(shown)
            name.set_position((SPINE, middles[layer] if shown else 0))
            name.set_text(f"layer {layer + 1}")
        for text, state, y in zip(
            self.ends, (0, depth), (self.top + 0.045, self._height(depth) - 0.045), strict=True
        ):
            text.set_text(f"$h_{{{state}}}$")
            text.set_y(y)

    def _show_skips(self, topology):
        self.skips.set_segments([self._arc(skip) for skip in topology.skips])
        sums = self._sum([skip.stop for skip in topology.skips])
        size = min(10, 125 * self.pitch)
        for marks, share, across in (
            (self.sums, 1, 0),
            (self.pluses, 0.7, 0),
            (self.arrows, 0.45, 0.045),
        ):
            marks.set_data(np.full(len(sums), SPINE + across), sums)
            marks.set_markersize(size * share)

    def _arc(self, skip):
        """Out to the right below h_start, down, and back into the sum, with rounded corners."""
        start, stop = self._height(skip.start) - LEAVES * self.pitch, self._sum(skip.stop)
        across, down = 0.04, min(0.03, (start - stop) / 4)
        turn = np.linspace(0, np.pi / 2, 8)
        right = SPINE + HALF_BOX + 0.1
        x = [
            SPINE,
            *(right - across * (1 - np.sin(turn))),
            *(right - across * (1 - np.cos(turn))),
            SPINE,
        ]
        y = [start, *(start - down * (1 - np.cos(turn))), *(stop + down * (1 - np.sin(turn))), stop]
        return np.stack([x, y], 1)

    def _show_block(self, topology, branch_scale):
        """The bracket and the three labels of the first skip."""
        for artist in (self.bracket, self.branch, self.carried, self.result):
            artist.set_visible(bool(topology.skips))
        if not topology.skips:
            return
        first = topology.skips[0]
        top, bottom = (
            self._height(first.start) - 0.2 * self.pitch,
            self._height(first.stop) + 0.2 * self.pitch,
        )
        left = SPINE - HALF_BOX - 0.03
        scale = "" if branch_scale == 1 else f"{number(branch_scale)} "
        self.bracket.set_data([left, left - 0.02, left - 0.02, left], [top, top, bottom, bottom])
        self.branch.set_text(f"{scale}$F(x)$")
        result = min(self._height(first.stop) - 0.005, bottom - 0.03)  # below the bracket's foot
        self.branch.set_position((left - 0.035, max((top + bottom) / 2, result + LINE)))
        self.carried.set_text(f"$x = h_{{{first.start}}}$")
        self.carried.set_position((SPINE + HALF_BOX + 0.12, (top + bottom) / 2))
        self.result.set_text(f"{scale}$F(x) + x$")
        self.result.set_position((left, result))
