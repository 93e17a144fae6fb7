"""Paths by length: how many there are, what one of them carries, and what all of one length
carry.
"""

from typing import Any

import numpy as np

from ...drawing.style import BLACK, GREEN, GREY, ORANGE, PALE, PURPLE, UMBER, add_axes
from ...formatting import number
from .measurement import WAYS

# One colour, line style and marker for each of WAYS.
WAY_STYLES: tuple[dict[str, Any], ...] = (
    dict(color=GREEN, linestyle="-", marker="v"),
    dict(color=PURPLE, linestyle=(0, (5, 1.5)), marker="P"),
    dict(color=ORANGE, linestyle=(0, (6, 1.5, 1, 1.5)), marker="d"),
)
SIGNAL = dict(color=UMBER, linestyle=(0, (2, 1)))  # dotted is what formulas are, and this is not
# Powers of ten where the axis of the number of paths ends, and between two of its ticks.
MOST_PATHS = {8: (17, 5), 16: (17, 5), 30: (17, 5), 54: (17, 5), 100: (31, 10), 200: (61, 20)}
FAINTEST = 1e-15
BARS = (1.2, 1.14, 1.08)  # heights of the ranges


class PathLengthView:
    """Left the number of paths and the norm of a single one; right what all of a length carry,
    in three ways of adding.
    """

    size = (9.4, 3.9)
    unit = "layers"  # what a path's length is counted in

    def __init__(self, figure):
        self.count_axes = add_axes(
            figure,
            (0.065, 0.665, 0.225, 0.255),
            title="How many paths",
            xlabel=f"path length ({self.unit})",
            yscale="log",
        )
        self.norm_axes = add_axes(
            figure,
            (0.065, 0.12, 0.225, 0.255),
            title="Norm of one path /\nof the shortest path",
            xlabel=f"path length ({self.unit})",
            yscale="log",
            ylim=(FAINTEST, 1e3),
            yticks=[1e-15, 1e-10, 1e-5, 1],
        )
        self.share_axes = add_axes(
            figure,
            (0.345, 0.12, 0.435, 0.79),
            title="Share of the gradient / largest share; bars: 95 %",
            xlabel=f"path length ({self.unit})",
            ylim=(0, 1.25),
            yticks=[0, 0.5, 1],
        )
        self.counts = self.count_axes.plot([], [], "o-", color=GREY, markersize=2.5, linewidth=0.8)[
            0
        ]
        self.norms = self.norm_axes.plot([], [], "o-", color=BLACK, markersize=2.5, linewidth=0.8)[
            0
        ]
        self.every_path = self.share_axes.fill_between([0], [0], color=PALE, step="mid")
        self.signal = self.share_axes.plot([], [], **SIGNAL, linewidth=1.6, zorder=4)[0]
        self.curves = [
            self.share_axes.plot([], [], **style, markersize=3.2, linewidth=1.4)[0]
            for style in WAY_STYLES
        ]
        bar = dict(linewidth=5, alpha=0.6, solid_capstyle="butt")
        self.ranges = [
            self.share_axes.plot([], [], color=style["color"], **bar)[0] for style in WAY_STYLES
        ]
        self.means = self._add_table(figure)
        self.moving = [
            self.every_path,
            self.counts,
            self.norms,
            *self.ranges,
            *self.curves,
            self.signal,
            *self.means,
        ]

    def _add_table(self, figure):
        """Names stand still, the mean lengths beside them move."""
        figure.text(
            0.985,
            0.87,
            "mean\nlength",
            fontsize=8.5,
            ha="right",
            va="bottom",
            color=GREY,
            linespacing=1.1,
        )
        means, names = [], (*WAYS, "forward signal: s", "all paths")
        for row, (name, curve) in enumerate(
            zip(names, (*self.curves, self.signal, self.every_path), strict=True)
        ):
            height = 0.81 - 0.075 * row
            handle = dict(
                bbox_to_anchor=(0.785, height),
                loc="center left",
                frameon=False,
                borderpad=0,
                handlelength=2.6,
            )
            figure.legend([curve], [name], fontsize=8.5, borderaxespad=0, **handle)
            means.append(figure.text(0.985, height, "", fontsize=8.5, ha="right", va="center"))
        return means

    def show(self, measurement):
        there = measurement.counts > 0
        lengths = np.flatnonzero(there)
        self._set_limits(measurement.topology.depth)
        self.counts.set_data(lengths, measurement.counts[there])
        norms = measurement.single_norms[there] / measurement.single_norms[there][0]
        # What is fainter than the axis leaves the picture at its lower edge.
        self.norms.set_data(lengths, np.maximum(norms, FAINTEST / 1e3))
        self.every_path.set_data(np.arange(len(there)), _to_peak(measurement.counts), 0)
        for way, (curve, bar) in enumerate(zip(self.curves, self.ranges, strict=True)):
            curve.set_data(lengths, _to_peak(measurement.shares[way])[there])
            first, last = measurement.range_of(way)
            bar.set_data([first - 0.4, last + 0.4], [BARS[way]] * 2)
        self.signal.set_data(lengths, _to_peak(measurement.signal)[there])
        means = (*measurement.mean_lengths, measurement.effective_depth, measurement.mean_count)
        for text, mean in zip(self.means, means, strict=True):
            text.set_text(number(mean))

    def _set_limits(self, depth):
        right = next(limit for limit in MOST_PATHS if limit >= depth)
        for axes in (self.count_axes, self.norm_axes, self.share_axes):
            axes.set_xlim(-0.8, right + 0.8)
        most, apart = MOST_PATHS[right]
        self.count_axes.set_ylim(0.5, 10.0**most)
        self.count_axes.set_yticks(10.0 ** np.arange(0, most, apart))


def _to_peak(share):
    # So the axis can stand still, and a narrow law looks as tall as a wide one.
    return share / share.max()
