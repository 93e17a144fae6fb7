"""Views of the instruments: growth, shares, lesions, correlation; and paths as in lesson 4."""

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection

from ..drawing.style import BLACK, BLUE, GREEN, GREY, UMBER, add_axes
from ..ensemble_of_paths.path_length.figure import PathLengthView

BOX = (0.075, 0.14, 0.67, 0.76)
SIGNAL: dict[str, Any] = dict(color=UMBER, linestyle=(0, (2, 1)), marker="P")  # as in lesson 4
GRADIENT: dict[str, Any] = dict(color=GREEN, linestyle="-", marker="v")
LEGEND: dict[str, Any] = dict(
    loc="upper left", bbox_to_anchor=(1.01, 1.02), frameon=False, fontsize=9
)


class PathsView(PathLengthView):
    """Lesson 4's view; what a path goes through may be blocks of more than one layer."""

    unit = "blocks"


class TwoCurvesView:
    """Two quantities at every state or block, as marks that a line joins."""

    size = (8.4, 3.6)
    title: str
    xlabel: str
    labels: tuple[str, str]
    first = 0  # where the first value stands
    settings: dict[str, Any] = {}

    def __init__(self, figure):
        self.axes = add_axes(figure, BOX, title=self.title, xlabel=self.xlabel, **self.settings)
        self.curves = [
            self.axes.plot([], [], label=label, markersize=4, linewidth=1.4, **look)[0]
            for label, look in zip(self.labels, (SIGNAL, GRADIENT), strict=True)
        ]
        self.axes.legend(**LEGEND)
        self.moving = self.curves

    def values(self, measurement) -> tuple[np.ndarray, np.ndarray]:
        """What the two curves show."""
        raise NotImplementedError

    def show(self, measurement):
        """Draws both curves."""
        both = self.values(measurement)
        for curve, values in zip(self.curves, both, strict=True):
            curve.set_data(self.first + np.arange(len(values)), values)
        self.axes.set_xlim(self.first - 0.5, self.first + len(both[0]) - 0.5)
        self.set_height(np.concatenate(both))

    def set_height(self, values):
        """Limits in which all values are seen; those of the settings, unless they must move."""


class GrowthView(TwoCurvesView):
    """Both squared norms, relative to where they start: on a logarithmic axis."""

    title = "Squared norm / where it starts"
    xlabel = "state"
    labels = ("signal", "gradient, from the end")
    settings = dict(yscale="log")

    def values(self, measurement):
        """Parts of the first state's signal, and of the last state's gradient."""
        signal, gradient = measurement.signal, measurement.gradient
        return signal / (signal[0] or 1), gradient / (gradient[-1] or 1)

    def set_height(self, values):
        """Whole powers of ten."""
        values = values[values > 0]
        low, high = np.floor(np.log10(values.min())), np.ceil(np.log10(values.max()))
        self.axes.set_ylim(10 ** (low - 0.2), 10 ** (max(high, low + 1) + 0.2))


class SharesView(TwoCurvesView):
    """p_l, from 0 to 1."""

    title = "What part of the whole each block adds: $p_l$"
    xlabel, first = "block", 1
    labels = ("of the signal", "of the gradient")
    settings = dict(ylim=(-0.03, 1.03))

    def values(self, measurement):
        """p_l by signal and by gradient."""
        return measurement.signal, measurement.gradient


class CorrelationView(TwoCurvesView):
    """Correlation of gradients, from -1 to 1."""

    title = "Correlation of the gradients at two inputs"
    xlabel = "gradient at state"
    labels = ("of neighbours", "over all pairs")
    settings = dict(ylim=(-0.55, 1.05))

    def values(self, measurement):
        """Of neighbours, and over all pairs."""
        return measurement.neighbours, measurement.all_pairs


class LesionsView:
    """The metric without each block, and the range of what exchanges with others make of it."""

    size = (8.4, 3.6)

    def __init__(self, figure):
        self.axes = add_axes(
            figure, BOX, title="The metric after each lesion", xlabel="block", ylabel="metric"
        )
        self.ranges = LineCollection([], colors=GREY, linewidths=2.5, alpha=0.6, zorder=2)
        self.axes.add_collection(self.ranges)
        self.whole = self.axes.plot([], [], color=BLACK, linewidth=0.9)[0]
        self.deleted = self.axes.plot([], [], "o", color=BLUE, markersize=5)[0]
        names = ("whole network", "block deleted", "exchanged with others")
        self.axes.legend([self.whole, self.deleted, self.ranges], names, **LEGEND)
        self.moving = [self.ranges, self.whole, self.deleted]

    def show(self, measurement):
        """Draws them."""
        blocks = len(measurement.deleted)
        numbers = np.arange(1, blocks + 1)
        self.whole.set_data([0.5, blocks + 0.5], [measurement.whole] * 2)
        self.deleted.set_data(numbers, measurement.deleted)
        seen, ranges = [measurement.deleted, [measurement.whole]], []
        if measurement.exchanged is not None and blocks > 1:
            others = measurement.exchanged[~np.eye(blocks, dtype=bool)].reshape(blocks, -1)
            seen.append(others.ravel())
            ranges = list(np.stack([[numbers, others.min(1)], [numbers, others.max(1)]]).T)
            ranges = [piece.T for piece in ranges]
        self.ranges.set_segments(ranges)
        values = np.concatenate(seen)
        values = values[np.isfinite(values)]
        margin = 0.06 * (np.ptp(values) or abs(values[0]) or 1)
        self.axes.set(xlim=(0.5, blocks + 0.5), ylim=(values.min() - margin, values.max() + margin))
