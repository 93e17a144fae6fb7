"""Left, the correlation of gradients against depth, measured and predicted; right, the units
that two inputs share.
"""

from typing import Any

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D

from ...drawing.style import BLACK, PLAIN, RESIDUAL, THEORY, add_axes

FOLLOWED: dict[str, Any] = {"color": BLACK, "linestyle": "-", "linewidth": 0.8}
LOWEST = 2e-3  # on logarithmic axes
LIMITS = {"linear": (-0.08, 1.05), "log": (LOWEST, 1.2), "log-log": (LOWEST, 1.2)}


class CorrelationDepthView:
    """Lines are medians over networks, bands reach from the first to the third quartile."""

    size = (9.4, 3.9)

    def __init__(self, figure):
        self.axes = add_axes(
            figure,
            (0.062, 0.125, 0.56, 0.79),
            title="Correlation of the gradients at two inputs",
            xlabel="depth L (layers)",
            xlim=(1, 64),
            ylim=LIMITS["linear"],
        )
        self.units = add_axes(
            figure,
            (0.7, 0.125, 0.285, 0.44),
            title="Units active at both inputs",
            xlabel="layer",
            ylabel="part of all units",
            xlim=(1, 64),
            ylim=(0, 0.55),
            yticks=[0, 0.25, 0.5],
        )
        self.units.axhline(0.25, **THEORY, linewidth=1.5)
        self.bands = [
            PolyCollection([], facecolors=style["color"], alpha=0.2) for style in (PLAIN, RESIDUAL)
        ]
        for band in self.bands:
            self.axes.add_collection(band)
        self.paper = [self.axes.plot([], [], linewidth=1.5, **THEORY)[0] for _ in range(2)]
        self.followed = [self.axes.plot([], [], **FOLLOWED)[0] for _ in range(2)]
        self.lines = [
            self.axes.plot([], [], linewidth=2, **style)[0] for style in (PLAIN, RESIDUAL)
        ]
        self.shared = [
            self.units.plot([], [], linewidth=2, **style)[0] for style in (PLAIN, RESIDUAL)
        ]
        self._add_legend(figure)
        self.moving = [*self.bands, *self.paper, *self.followed, *self.lines, *self.shared]

    def _add_legend(self, figure):
        labels: dict[str, dict[str, Any]] = {
            "plain, measured": dict(PLAIN, linewidth=2),
            "residual, measured": dict(RESIDUAL, linewidth=2),
            "the paper: a quarter of the units is shared": dict(THEORY, linewidth=1.5),
            "theory with the units really shared": FOLLOWED,
        }
        handles = [Line2D([], [], label=label, **style) for label, style in labels.items()]
        figure.legend(
            handles=handles,
            loc="upper left",
            bbox_to_anchor=(0.64, 0.985),
            fontsize=8.5,
            frameon=False,
            handlelength=2.6,
        )

    def show(self, measurement):
        self._set_axes(measurement.axes)
        layers = np.arange(measurement.found.shape[-1])
        low, high = _drawn(np.quantile(measurement.found, (0.25, 0.75), axis=1), measurement.axes)
        medians, paper, followed = (
            _drawn(values, measurement.axes)
            for values in (measurement.medians, measurement.paper, measurement.followed)
        )
        for arm in range(2):
            self.lines[arm].set_data(layers, medians[arm])
            self.paper[arm].set_data(layers, paper[arm])
            self.followed[arm].set_data(layers, followed[arm])
            self.shared[arm].set_data(layers[1:], measurement.shared[arm].mean(0)[:-1])
            edge = np.concatenate(
                [np.stack([layers, low[arm]], 1)[1:], np.stack([layers, high[arm]], 1)[:0:-1]]
            )
            self.bands[arm].set_verts([edge])

    def _set_axes(self, axes):
        if getattr(self, "kind", None) == axes:
            return
        self.kind = axes
        self.axes.set(
            xscale="log" if axes == "log-log" else "linear",
            yscale="linear" if axes == "linear" else "log",
        )
        self.axes.set(xlim=(1 if axes == "log-log" else 0, 64), ylim=LIMITS[axes])
        self._set_ticks(
            self.axes.xaxis, (1, 2, 4, 8, 16, 32, 64) if axes == "log-log" else range(0, 65, 8)
        )
        self._set_ticks(
            self.axes.yaxis, np.arange(0, 1.1, 0.2) if axes == "linear" else (0.01, 0.1, 1)
        )

    def _set_ticks(self, axis, places):
        axis.set_ticks(places, [f"{place:.3g}" for place in places])
        axis.set_ticks([], minor=True)


def _drawn(values, axes):
    # A logarithm of 0 or less would leave a gap: such a line leaves through the lower edge instead.
    return values if axes == "linear" else np.maximum(values, LOWEST / 10)
