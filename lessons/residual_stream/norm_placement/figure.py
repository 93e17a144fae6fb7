"""Left the gradient at every layer, right how alike the places of a text become."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from ...drawing.log_scale import DecadeScale, as_decades
from ...drawing.style import THEORY, add_axes, line
from .measurement import FEED_FORWARD, KINDS, QUERIES, STREAM

BOTTOM, HEIGHT = 0.145, 0.75
ENDS = (3, 6, 12, 24)  # right ends of the picture
TITLES = {
    QUERIES: "Squared gradient of each layer's queries and keys",
    FEED_FORWARD: "Squared gradient of each layer's second feed-forward matrix",
    STREAM: "Squared gradient of the stream, measured and by closed form (dotted)",
}
NAMES = {"pre-norm": "norm in front (pre-norm)", "post-norm": "norm behind (post-norm)"}


class NormPlacementView:
    """Pre-norm and post-norm at every layer, side by side with their cosines."""

    size = (9.4, 3.2)

    def __init__(self, figure):
        self.axes = add_axes(figure, (0.06, BOTTOM, 0.53, HEIGHT), xlabel="layer, from the input")
        # Not the axes' own title, which belongs to what stands still.
        self.title = self.axes.text(0, 1.035, "", transform=self.axes.transAxes, fontsize=10)
        self.curves = [Curve(self.axes, kind) for kind in KINDS]
        self.theory = [self.axes.plot([], [], **THEORY)[0] for _ in KINDS]
        self.scale = DecadeScale(self.axes)
        self.right = _cosine_axes(figure)
        self.alike = [Curve(self.right, kind) for kind in KINDS]
        self.right.legend(fontsize=8.5, frameon=False, loc="lower right", handlelength=3.2)
        for axes in (self.axes, self.right):
            axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        artists = [part for curve in (*self.curves, *self.alike) for part in curve.moving]
        self.moving = [self.title, *self.scale.moving, *artists, *self.theory]

    def show(self, measurement):
        m = measurement
        self.title.set_text(TITLES[m.part])
        drawn = [[as_decades(part) for part in parts(found)] for found in m.gradient]
        expected = [] if m.expected is None else as_decades(m.expected)
        self.scale.fit(*(part for found in drawn for part in found), *expected)
        end = next(end for end in ENDS if m.layers <= end)  # ticks are dear: it moves in steps
        for axes in (self.axes, self.right):
            axes.set_xlim(-0.02 * end, 1.02 * end)
        behind = np.arange(m.layers + 1)
        places = behind if m.part == STREAM else behind[1:]
        for kind in range(len(KINDS)):
            self.curves[kind].show(places, *map(self.scale.place, drawn[kind]))
            self.alike[kind].show(behind, *parts(m.alike[kind]))
            heights = self.scale.place(expected[kind]) if len(expected) else []
            self.theory[kind].set_data(behind if len(expected) else [], heights)


def _cosine_axes(figure):
    return add_axes(
        figure,
        (0.655, BOTTOM, 0.335, HEIGHT),
        title="Cosine between two places of the text",
        xlabel="behind layer",
        ylim=(-0.34, 1.05),  # below 0 stands the legend: no curve comes there
        yticks=np.linspace(0, 1, 6),
    )


def parts(found):
    """The least, the median and the greatest over networks."""
    return found.min(0), np.median(found, 0), found.max(0)


class Curve:
    """The median of the networks, and behind it from the least to the greatest."""

    def __init__(self, axes, kind):
        look = line(kind)
        self.band = axes.fill_between([0, 1], 0, 0, color=look["color"], alpha=0.25, linewidth=0)
        self.median = axes.plot([], [], **look, linewidth=2.2, label=NAMES[kind])[0]
        self.moving = [self.band, self.median]

    def show(self, x, low, middle, high):
        outline = np.append(x, x[::-1]), np.append(low, high[::-1])
        self.band.set_verts([np.stack(outline, 1)])
        self.median.set_data(x, middle)
