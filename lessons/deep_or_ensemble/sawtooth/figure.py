"""A sawtooth, the best that one hidden layer makes of it, and how that depends on width and
depth.
"""

import numpy as np

from ...drawing.style import BLACK, GREY, RESIDUAL, THEORY, add_axes
from ..architecture_styles import SHALLOW


class SawtoothView:
    """Left both functions and the points that are wrong; right the part of points wrong, by
    units and by blocks.
    """

    size = (9.4, 4.0)

    def __init__(self, figure):
        self.line = add_axes(
            figure,
            (0.07, 0.12, 0.52, 0.68),
            xlabel="x",
            ylabel="output",
            xlim=(-0.01, 1.01),
            ylim=(-0.3, 1.3),
        )
        self.line.axhline(0.5, color=GREY, linewidth=0.8)
        self.deep = self.line.plot([], [], **RESIDUAL, linewidth=1.2, label="n residual blocks")[0]
        self.fit = self.line.plot(
            [], [], **SHALLOW, linewidth=1.6, label="average of M shallow networks, best fit"
        )[0]
        self.right = self.line.plot(
            [],
            [],
            "o",
            color=SHALLOW["color"],
            markersize=3,
            label="a point on the right side of 1/2",
        )[0]
        self.wrong = self.line.plot(
            [], [], "x", color=BLACK, markersize=5, label="on the wrong side"
        )[0]
        self.line.legend(fontsize=8, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2)
        log = {
            "xscale": "log",
            "xlim": (0.9, 300),
            "xticks": [1, 4, 16, 64, 256],
            "xticklabels": ["1", "4", "16", "64", "256"],
        }
        self.by_width = Wrong(
            add_axes(
                figure,
                (0.665, 0.6, 0.325, 0.31),
                title="Points wrong, by units",
                ylabel="part wrong",
                xlabel="units M w",
                ylim=(-0.04, 0.62),
                **log,
            )
        )
        self.by_width.axes.minorticks_off()
        self.by_depth = Wrong(
            add_axes(
                figure,
                (0.665, 0.12, 0.325, 0.31),
                title="Points wrong, by blocks",
                ylabel="part wrong",
                xlabel="blocks n",
                xlim=(0.7, 8.3),
                ylim=(-0.04, 0.62),
            )
        )
        self.by_width.axes.legend(
            fontsize=7, loc="upper right", ncols=3, columnspacing=1, handlelength=2
        )
        self.moving = [
            self.deep,
            self.fit,
            self.right,
            self.wrong,
            *self.by_width.moving,
            *self.by_depth.moving,
        ]

    def show(self, measurement):
        pieces = measurement.pieces
        x = np.arange(pieces + 1) / pieces
        self.deep.set_data(x, measurement.deep)
        self.fit.set_data(measurement.knots, measurement.fit)
        for marks, chosen in ((self.right, ~measurement.wrong), (self.wrong, measurement.wrong)):
            marks.set_data(x[:-1][chosen], measurement.points[chosen])
        here = measurement.wrong.mean()
        self.by_width.show(
            measurement.widths,
            measurement.wrong_by_width,
            measurement.bound_by_width,
            measurement.total_units,
            here,
        )
        self.by_depth.show(
            measurement.depths,
            measurement.wrong_by_depth,
            measurement.bound_by_depth,
            measurement.blocks,
            here,
        )


class Wrong:
    """The part of the points that is wrong: bound, best fit, and 0 for the blocks."""

    def __init__(self, axes):
        self.axes = axes
        axes.plot(
            [0, 1],
            [0, 0],
            **RESIDUAL,
            linewidth=1.4,
            label="blocks",
            transform=axes.get_yaxis_transform(),
        )
        self.fit = axes.plot(
            [], [], **SHALLOW, marker="P", markersize=3, linewidth=1.2, label="best fit"
        )[0]
        self.bound = axes.plot([], [], **THEORY, linewidth=1.4, label="bound")[0]
        self.here = axes.plot([], [], "o", color=BLACK, markerfacecolor="none", markersize=9)[0]
        self.moving = [self.fit, self.bound, self.here]

    def show(self, steps, fit, bound, here, value):
        self.fit.set_data(steps, fit)
        self.bound.set_data(steps, bound)
        self.here.set_data([here], [value])
