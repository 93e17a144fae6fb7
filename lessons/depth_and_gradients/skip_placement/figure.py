"""A network with its skips, the gradient at every layer below it, and what any one skip is
worth.
"""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from ...drawing.log_scale import DecadeScale, as_decades
from ...drawing.regions import Region, box_in
from ...drawing.style import BLUE, GREY, KINDS, PALE, RESIDUAL, THEORY, add_axes, add_canvas, mark
from ...network.topology import Skip
from ..gradient_norm.figure import TWO_DASHES

LEFT, WIDTH = 0.06, 0.575
ARC = np.linspace(0, np.pi, 40)


class SkipPlacementView:
    """Left the network and, below it, the gradient; right the gradient at h_1 with one skip
    missing.
    """

    size = (9.4, 3.7)

    def __init__(self, figure):
        ends = (-0.7, 32.7)
        self.diagram = Diagram(
            add_canvas(figure, (LEFT, 0.7, WIDTH, 0.3), xlim=ends, ylim=(-0.25, 2.2))
        )
        self.layers = add_axes(
            figure,
            (LEFT, 0.13, WIDTH, 0.5),
            xlabel="state $h_l$, from the input, 0, to the output, 32",
            xlim=ends,
            xticks=range(0, 33, 4),
        )
        self.layers.set_title(
            r"$|\partial y/\partial h_l|^2\ /\ |\partial y/\partial h_{32}|^2$",
            fontsize=10,
            loc="left",
        )
        self.worth = add_axes(
            figure,
            (0.72, 0.13, 0.275, 0.685),
            xlabel="the layer whose skip is missing",
            xlim=(-0.5, 33.5),
            xticks=range(0, 33, 8),
        )
        self.worth.set_title(
            "All skips but one: what is left\nof the squared gradient at $h_1$",
            fontsize=10,
            loc="left",
            pad=20,
        )
        self.gradient, self.loss = Gradient(self.layers), Loss(self.worth)
        self.scales = DecadeScale(self.layers), DecadeScale(self.worth)
        self.moving = [
            *self.diagram.moving,
            *self.gradient.moving,
            *self.loss.moving,
            *self.scales[0].moving,
            *self.scales[1].moving,
        ]

    def show(self, measurement):
        self.diagram.show(measurement.topology)
        for part, scale in ((self.gradient, self.scales[0]), (self.loss, self.scales[1])):
            part.show(measurement, scale)

    def regions(self, measurement):
        """A click on a layer takes its skip away or puts one there; one above all, the long one."""
        return self.diagram.regions(measurement.topology)


class Diagram:
    """States as dots, layers as boxes between them, skips as arcs above."""

    def __init__(self, axes):
        self.axes = axes
        self.line = axes.plot([], [], color=GREY, linewidth=1)[0]
        self.boxes = axes.add_collection(
            PolyCollection([], facecolors=PALE, edgecolors=GREY, linewidths=0.7, zorder=2)
        )
        self.arcs = axes.add_collection(LineCollection([], colors=BLUE, linewidths=1.5, zorder=3))
        self.moving = [self.line, self.boxes, self.arcs]

    def show(self, topology):
        self.line.set_data([0, topology.depth], [0, 0])
        left = np.arange(topology.depth) + 0.22
        self.boxes.set_verts(
            [[(x, -0.2), (x + 0.56, -0.2), (x + 0.56, 0.2), (x, 0.2)] for x in left]
        )
        self.arcs.set_segments([self._arc(skip) for skip in topology.skips])

    def regions(self, topology):
        skips = [Skip(layer - 1, layer) for layer in range(1, topology.depth + 1)]
        boxes = [((skip.start + 0.05, skip.stop - 0.05), (-0.25, 1.1)) for skip in skips]
        long, above = Skip(0, topology.depth), ((1, topology.depth - 1), (1.3, 2.2))
        return [
            Region(
                "skips",
                f"{'take away' if skip in topology.skips else 'add'} the {skip}",
                box_in(self.axes, *box),
                edge=(skip.start, skip.stop),
            )
            for skip, box in zip([*skips, long], [*boxes, above], strict=True)
        ]

    def _arc(self, skip):
        height = min(2.0, 0.55 + 0.1 * skip.span)
        x = (skip.start + skip.stop) / 2 - skip.span / 2 * np.cos(ARC)
        return np.stack([x, height * np.sin(ARC) ** 0.5], 1)


class Gradient:
    """Median, middle half and closed form of the squared gradient at every state."""

    def __init__(self, axes):
        self.band = axes.fill_between(
            [0, 1], 0, 0, color=RESIDUAL["color"], alpha=0.25, linewidth=0
        )
        self.median = axes.plot([], [], **RESIDUAL, linewidth=2, label="median, middle half")[0]
        self.theory = axes.plot([], [], **THEORY, linewidth=2, label="closed form")[0]
        self.first = axes.plot([], [], **mark("residual"), markersize=7, label="at $h_1$")[0]
        axes.legend(
            fontsize=8,
            frameon=False,
            ncol=3,
            loc="lower right",
            bbox_to_anchor=(1.0, 0.99),
            borderaxespad=0.1,
            handlelength=TWO_DASHES,
        )
        self.moving = [self.band, self.median, self.theory, self.first]

    def show(self, measurement, scale):
        in_order, count = np.sort(measurement.gradient, 0), len(measurement.gradient)
        curves = (
            in_order[count // 4],
            measurement.median,
            in_order[-1 - count // 4],
            measurement.theory,
        )
        curves = [as_decades(curve) for curve in curves]
        scale.fit(*curves)
        low, middle, high, theory = map(scale.place, curves)
        x = np.arange(len(middle))
        self.band.set_verts([np.stack([np.append(x, x[::-1]), np.append(low, high[::-1])], 1)])
        self.median.set_data(x, middle)
        self.theory.set_data(x, theory)
        self.first.set_data([1], [middle[1]])


class Loss:
    """A small point per network and their median."""

    def __init__(self, axes):
        self.points = axes.plot(
            [], [], **mark("residual"), markersize=3, alpha=0.4, label="a network"
        )[0]
        self.median = axes.plot(
            [], [], **KINDS["residual"], linewidth=1.6, markersize=5, label="their median"
        )[0]
        axes.legend(
            fontsize=8,
            frameon=False,
            ncol=2,
            loc="lower left",
            bbox_to_anchor=(-0.02, 0.99),
            borderaxespad=0.1,
            handlelength=0.8 * TWO_DASHES,
        )
        self.moving = [self.points, self.median]

    def show(self, measurement, scale):
        found = as_decades(measurement.missing)
        scale.fit(found)
        heights, layers = scale.place(found), np.array(measurement.left_out)
        self.points.set_data(np.repeat(layers, found.shape[1]), heights.ravel())
        self.median.set_data(layers, np.median(heights, 1))
