"""A network with its skips, and below it how much gradient arrives with and without them."""

import numpy as np

from ...drawing.log_scale import DecadeScale, as_decades
from ...drawing.style import GREY, PLAIN, RESIDUAL, add_axes, add_canvas, mark
from ..gradient_norm.figure import TWO_DASHES
from ..skip_placement.figure import Diagram

LEFT, WIDTH = 0.06, 0.93
ENDS = (-0.7, 32.7)
LOOKS = {"no skip": PLAIN, "with the skips drawn above": RESIDUAL}


class PlacementView:
    """The network, and on the same horizontal scale the squared gradient at every state."""

    size = (9.4, 3.5)

    def __init__(self, figure):
        canvas = add_canvas(figure, (LEFT, 0.65, WIDTH, 0.35), xlim=ENDS, ylim=(-0.7, 2.1))
        self.diagram = Diagram(canvas)
        _name_ends(canvas)
        axes = add_axes(
            figure,
            (LEFT, 0.135, WIDTH, 0.43),
            xlabel="state $h_l$ behind layer l: from the input, 0, to the output, 32",
            xlim=ENDS,
            xticks=range(0, 33, 4),
        )
        axes.set_title(
            "Squared gradient that arrives / that at the output", fontsize=10, loc="left"
        )
        self.curves = {name: Curve(axes, name, look) for name, look in LOOKS.items()}
        self.first = axes.plot([], [], **mark("residual"), markersize=9, label="at layer 1")[0]
        key_above(axes, columns=3)
        self.scale = DecadeScale(axes)
        artists = [artist for curve in self.curves.values() for artist in curve.moving]
        self.moving = [*self.diagram.moving, *self.scale.moving, *artists, self.first]

    def show(self, measurement):
        self.diagram.show(measurement.topology)
        drawn = [quartiles(found) for found in (measurement.without, measurement.gradient)]
        self.scale.fit(*(curve for curves in drawn for curve in curves))
        for curve, parts in zip(self.curves.values(), drawn, strict=True):
            curve.show(*map(self.scale.place, parts))
        self.first.set_data([1], [self.scale.place(drawn[1][1])[1]])


def _name_ends(canvas):
    """What stands below the boxes, and stands still."""
    for x, name in ((0.5, "layer 1"), (31.5, "layer 32")):
        canvas.text(x, -0.42, name, fontsize=8.5, ha="center", va="center")
    canvas.text(
        16,
        -0.42,
        "← the gradient comes back from the output to the input",
        fontsize=8.5,
        ha="center",
        va="center",
        color=GREY,
    )


def key_above(axes, columns: int) -> None:
    """The legend in one row, on the right above the picture."""
    axes.legend(
        fontsize=8.5,
        frameon=False,
        ncol=columns,
        loc="lower right",
        bbox_to_anchor=(1.0, 0.98),
        borderaxespad=0.1,
        handlelength=TWO_DASHES,
    )


def quartiles(found: np.ndarray) -> list[np.ndarray]:
    """Lower quartile, median and upper quartile over networks, as powers of ten."""
    in_order, count = np.sort(found, 0), len(found)
    parts = in_order[count // 4], np.median(found, 0), in_order[-1 - count // 4]
    return [as_decades(part) for part in parts]


class Curve:
    """Median and middle half of one kind of network."""

    def __init__(self, axes, name, look):
        self.band = axes.fill_between([0, 1], 0, 0, color=look["color"], alpha=0.25, linewidth=0)
        self.median = axes.plot([], [], **look, linewidth=2.2, label=name)[0]
        self.moving = [self.band, self.median]

    def show(self, low, middle, high):
        x = np.arange(len(middle))
        self.band.set_verts([np.stack([np.append(x, x[::-1]), np.append(low, high[::-1])], 1)])
        self.median.set_data(x, middle)
