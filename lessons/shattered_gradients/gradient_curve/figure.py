"""Above, dy/dx over x; below, its autocorrelation: three networks and two kinds of noise side by
side.
"""

import numpy as np
from matplotlib.collections import LineCollection

from ...drawing.style import INPUT, PLAIN, RESIDUAL, add_axes, line
from ...formatting import plural
from .measurement import SIGNALS

STYLES = (PLAIN, PLAIN, RESIDUAL, line("noise"), line("noise"))
SOLID = {"linestyle": "-"}  # 256 points in 160 pixels: dashes would only look like gaps
LEFT, STEP, WIDE = 0.052, 0.191, 0.176
REACHES = 3.2  # in units of the root mean square


class GradientCurveView:
    """One column per signal, in the order of SIGNALS."""

    size = (9.4, 4.0)

    def __init__(self, figure):
        self.setting = figure.text(LEFT, 0.975, "", fontsize=9, va="top")
        self.columns = [
            Column(figure, column, name, style)
            for column, (name, style) in enumerate(zip(SIGNALS, STYLES, strict=True))
        ]
        self.moving = [
            self.setting,
            *(artist for column in self.columns for artist in column.moving),
        ]

    def show(self, measurement):
        self.setting.set_text(measurement.normalisation_name)
        depths = (1, measurement.depth, measurement.depth, None, None)
        for number_of, column in enumerate(self.columns):
            column.show(measurement, number_of, depths[number_of])


class Column:
    """A curve and what it remembers of itself."""

    def __init__(self, figure, place, name, style):
        left = LEFT + STEP * place
        quiet = {} if place == 0 else {"yticklabels": []}
        self.above = add_axes(
            figure,
            (left, 0.505, WIDE, 0.305),
            xlim=(-1, 1),
            ylim=(-REACHES, REACHES),
            xticks=[-0.5, 0, 0.5],
            xticklabels=["−X/2", "x = 0", "X/2"],
            yticks=[-2, 0, 2],
            **quiet,
        )
        self.below = add_axes(
            figure,
            (left, 0.11, WIDE, 0.3),
            xlabel="lag (grid points)",
            xlim=(0, 32),
            ylim=(-0.35, 1.05),
            xticks=[0, 10, 20, 30],
            yticks=[0, 0.5, 1],
            **quiet,
        )
        self.above.set_title(name, fontsize=10, loc="left", y=1.1)
        if place == 0:
            self.above.set_ylabel("dy/dx ÷ its size", fontsize=9)
            self.below.set_ylabel("autocorrelation", fontsize=9)
        self.below.axhline(0, color=INPUT["color"], linewidth=0.8)
        self.curve = self.above.plot([], [], linewidth=0.9, **style | SOLID)[0]
        self.band = LineCollection([], colors=style["color"], linewidths=3.2, alpha=0.3)
        self.below.add_collection(self.band)
        self.line = self.below.plot([], [], linewidth=1.6, **style)[0]
        self.note = self.above.text(
            0, 1.015, "", transform=self.above.transAxes, fontsize=8, va="bottom"
        )
        self.moving = [self.curve, self.band, self.line, self.note]

    def show(self, measurement, signal, depth):
        reach = 2 * np.arange(len(measurement.x)) / len(measurement.x) - 1
        self.curve.set_data(reach, np.clip(measurement.curves[signal], -REACHES, REACHES))
        found = measurement.autocorrelations[:, signal]
        lags = np.arange(found.shape[1])
        self.line.set_data(lags, found.mean(0))
        self.band.set_visible(len(found) > 1)
        if len(found) > 1:
            low, high = np.quantile(found, (0.25, 0.75), axis=0)
            self.band.set_segments(
                list(np.stack([np.stack([lags, low], 1), np.stack([lags, high], 1)], 1))
            )
        if depth is not None:
            self.note.set_text(plural(depth, "layer"))
