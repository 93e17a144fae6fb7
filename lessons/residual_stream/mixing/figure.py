"""Four ribbons, each drawn as what it is made of, and two singular values beside them."""

from typing import Any

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ...drawing.log_scale import DecadeScale, as_decades
from ...drawing.style import BLACK, GREEN, GREY, PALE, THEORY, UMBER, add_axes
from .measurement import MixingMeasurement

ENDS = (6, 15, 30, 60)  # right ends of the picture, in blocks
RIBBON = 0.8  # its height, where two ribbons are 1 apart
LEAD = 0.06  # of the picture's width: the streams before the first block
NOTHING = Path(np.empty((0, 2)))
GAIN: dict[str, Any] = {"color": GREY, "linestyle": "-"}
SECOND: dict[str, Any] = {"color": BLACK, "linestyle": "-"}


def _tint(colour, part):
    """The colour with white, as `part` of it."""
    return tuple(1 - part * (1 - np.array(to_rgb(colour))))


# The two colours that are no kind of network's, full and pale. The order in a ribbon and the
# numbers beside it are the other cues.
COLOURS = (UMBER, _tint(UMBER, 0.45), _tint(GREEN, 0.45), GREEN)


class MixingView:
    """Left what each stream is made of after every block, right gain and second singular value."""

    size = (9.4, 3.2)

    def __init__(self, figure):
        labels = dict(xlabel="block", xlim=(-LEAD * ENDS[0], ENDS[0]))
        self.streams = add_axes(figure, (0.075, 0.15, 0.38, 0.7), ylim=(-0.1, 4), **labels)
        self.ribbons = Ribbons(self.streams)
        self.values = add_axes(figure, (0.66, 0.15, 0.33, 0.7), **labels)
        title = "How strongly the streams are carried"
        self.values.set_title(title, fontsize=10, loc="left", y=1.09)
        self.scale = DecadeScale(self.values)
        looks = (
            ("gain", GAIN, 4),
            ("what tells them apart", SECOND, 2),
            ("closed form", THEORY, 2),
        )
        self.lines = [
            self.values.plot([], [], linewidth=width, label=name, **look)[0]
            for name, look, width in looks
        ]
        key: dict[str, Any] = dict(fontsize=8, frameon=False, ncols=3, borderpad=0)
        key |= dict(loc="lower left", bbox_to_anchor=(-0.01, 1.01))
        self.values.legend(handlelength=1.5, columnspacing=0.8, **key)
        self.end = self.values.plot([], [], "o", color=BLACK, markersize=6, clip_on=False)[0]
        self.moving = [*self.ribbons.moving, *self.scale.moving, *self.lines, self.end]

    def show(self, measurement: MixingMeasurement):
        m, upto = measurement, slice(measurement.block + 1)
        right = next(end for end in ENDS if m.block <= end)
        for axes in (self.streams, self.values):
            axes.set_xlim(-LEAD * right, right)
        self.ribbons.show(m.products[upto], m.shares[upto], right)
        blocks, predicted = np.arange(m.block + 1), m.predicted
        curves = [m.gain[upto], m.second[upto]]
        curves += [np.full(m.block + 1, np.nan) if predicted is None else predicted[upto]]
        decades = [as_decades(curve) for curve in curves]
        self.scale.fit(*decades)
        for line, heights in zip(self.lines, decades, strict=True):
            line.set_data(blocks, self.scale.place(heights))
        self.end.set_data(blocks[-1:], self.scale.place(decades[1][-1:]))


class Ribbons:
    """A ribbon per stream, in the colours of the streams at the start; the chosen block's numbers
    beside it. Where a weight is negative, it is hatched."""

    def __init__(self, axes):
        self.axes = axes
        axes.set_title("What each stream is made of, in %", fontsize=10, loc="left", y=1.09)
        note = "hatched: with a minus"
        axes.text(1, 4.2, note, fontsize=8, color=GREY, ha="right", va="center", **across(axes))
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.grid(False)
        self.parts = [
            PolyCollection([], facecolors=[colour], edgecolors="white", linewidths=0.5)
            for colour in COLOURS
        ]
        # One path of many pieces: a hatch costs as much for each path as for the whole picture.
        look: dict[str, Any] = dict(facecolor="none", edgecolor="white", linewidth=0, zorder=2.5)
        self.minus = axes.add_patch(PathPatch(NOTHING, hatch="/////", **look))
        axes.barh(_middle(np.arange(4)), 1, RIBBON, color=PALE, alpha=0.4, **across(axes))
        for collection in self.parts:
            axes.add_collection(collection)
        self.numbers = [self._name_and_numbers(stream) for stream in range(4)]
        self.moving = [*self.parts, self.minus, *(n for row in self.numbers for n in row)]

    def _name_and_numbers(self, stream):
        """The name on the left, and on the right a text for its part of each stream."""
        beside: dict[str, Any] = dict(ha="right", va="center", clip_on=False, **across(self.axes))
        height, right = _middle(stream), 1.1 + 0.095 * stream
        self.axes.text(-0.02, height, f"stream {stream + 1}", fontsize=9, **beside)
        self.axes.text(right, 4.2, f"{stream + 1}", fontsize=9, color=GREY, **beside)
        places = (1.1 + 0.095 * part for part in range(4))
        return [self.axes.text(x, height, "", fontsize=9, **beside) for x in places]

    def show(self, products, shares, right):
        blocks = np.arange(len(shares))
        across = np.array([-LEAD * right, *blocks])
        levels = _levels(shares[[0, *blocks]])
        for j, collection in enumerate(self.parts):
            upper, lower = levels[:, :, j], levels[:, :, j + 1]
            collection.set_verts([_band(across, upper[:, i], lower[:, i]) for i in range(4)])
        self.minus.set_path(_around(products < 0, levels[1:]))
        for texts, weights, parts in zip(self.numbers, products[-1], shares[-1], strict=True):
            for text, weight, part in zip(texts, weights, parts, strict=True):
                text.set_text(_percent(part, weight < 0))


def across(axes):
    """Abscissae in parts of the axes, ordinates in ribbons."""
    return {"transform": axes.get_yaxis_transform()}


def _middle(stream):
    return 3 + RIBBON / 2 - stream


def _levels(shares):
    """Heights of the lines between the parts of each ribbon, (states, streams, 5), downwards."""
    from_top = np.concatenate([np.zeros_like(shares[..., :1]), shares.cumsum(-1)], -1)
    tops = _middle(np.arange(4)) + RIBBON / 2
    return tops[None, :, None] - RIBBON * from_top


def _band(across, upper, lower):
    return np.column_stack([[*across, *across[::-1]], [*upper, *lower[::-1]]])


def _around(chosen, levels):
    """One path of many pieces: half a block to each side of every chosen part."""
    between = (levels[1:] + levels[:-1]) / 2
    heights = np.stack([[*levels[:1], *between], levels, [*between, *levels[-1:]]], -1)
    blocks = np.arange(len(levels))
    places = np.stack([blocks - 0.5, blocks, blocks + 0.5], -1).clip(0, blocks[-1])
    block, stream, part = np.nonzero(chosen)
    upper, lower = heights[block, stream, part], heights[block, stream, part + 1]
    across, down = [places[block], places[block, ::-1]], [upper, lower[:, ::-1]]
    corners = np.stack([np.concatenate(across, 1), np.concatenate(down, 1)], -1)
    closed = np.concatenate([corners, corners[:, :1]], 1)
    codes = [Path.MOVETO, *[Path.LINETO] * 5, Path.CLOSEPOLY]
    return Path(closed.reshape(-1, 2), np.tile(codes, len(closed)).astype(Path.code_type))


def _percent(part, is_negative):
    whole = f"{100 * part:.0f}"
    return f"−{whole}" if is_negative and whole != "0" else whole
