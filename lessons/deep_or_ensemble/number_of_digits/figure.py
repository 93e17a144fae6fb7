"""Five runs of the deep network and of the ensemble, and how both fare with more digits."""

import numpy as np
from matplotlib.collections import LineCollection

from ...drawing.style import BLACK, GREY, PALE, add_axes
from ..architecture_styles import STYLES
from .measurement import DEEP, ENSEMBLE, MEMBER

REACH = (0.05, 2)
TICKS = {
    "yticks": [0.05, 0.1, 0.2, 0.5, 1, 2],
    "yticklabels": ["0.05", "0.1", "0.2", "0.5", "1", "2"],
}
PLACES = {
    DEEP: "the deep\nnetwork",
    ENSEMBLE: "the ensemble:\nmean of all",
    MEMBER: "one of its\nmembers",
}
SPREAD = 0.14  # of five runs beside each other
BETTER = {"arm": DEEP, "rival": ENSEMBLE}


class NumberOfDigitsView:
    """Left the chosen number of digits, a mark for each run; right the means at all three."""

    size = (9.4, 3.0)

    def __init__(self, figure):
        log = {"yscale": "log", "ylim": REACH}
        self.runs = add_axes(
            figure, (0.065, 0.185, 0.44, 0.7), ylabel="error on new digits", xlim=(-0.5, 2.5), **log
        )
        self.sizes = add_axes(
            figure,
            (0.57, 0.185, 0.42, 0.7),
            title="Means, by number of digits",
            xlabel="digits to learn from",
            xscale="log",
            xlim=(38, 1320),
            **log,
        )
        for axes in (self.runs, self.sizes):
            axes.set(**TICKS)
            axes.minorticks_off()
        self.runs.set_xticks(list(PLACES), PLACES.values(), fontsize=8.5)
        self.sizes.set_xticks([50, 200, 1000], ["50", "200", "1000"])
        self.title = self.runs.text(
            0, 1.028, "", transform=self.runs.transAxes, fontsize=10, va="bottom"
        )
        self.better = self.runs.text(0, 0, "better", fontsize=10, weight="bold", ha="center")
        self.pairs = LineCollection([], colors=GREY, linewidths=0.7)
        self.means = LineCollection([], colors=BLACK, linewidths=1.8)
        for lines in (self.pairs, self.means):
            self.runs.add_collection(lines)
        marks = {"color": BLACK, "markersize": 7}  # until `show` says of which kind
        self.marks = [self.runs.plot([], [], linestyle="", **marks)[0] for _ in PLACES]
        self.here = self.sizes.axvline(50, color=PALE, linewidth=14, zorder=0)
        self.lines = [self.sizes.plot([], [], linewidth=1.8, **marks)[0] for _ in BETTER]
        beside = {"transform": self.sizes.transAxes}
        self.keys = [self.sizes.plot([0.04], [y], **marks, **beside)[0] for y in (0.17, 0.07)]
        self.names = [
            self.sizes.text(0.07, y, "", fontsize=9, va="center", **beside) for y in (0.17, 0.07)
        ]
        moved = [self.title, self.pairs, self.means, *self.marks, self.better, self.here]
        self.moving = [*moved, *self.lines, *self.keys, *self.names]

    def show(self, measurement):
        looks = [STYLES["deep"], STYLES[measurement.ensemble], STYLES[measurement.ensemble]]
        self.title.set_text(f"{measurement.digits} digits to learn from, five runs")
        self._show_runs(measurement, looks)
        self.here.set_xdata([measurement.digits] * 2)
        names = ("1 network of 12 blocks", measurement.ensemble_in_words)
        for number, name in enumerate(names):
            self.lines[number].set(**looks[number])
            means = measurement.errors[:, number].mean(1)
            self.lines[number].set_data(measurement.sizes, means)
            self.keys[number].set(color=looks[number]["color"], marker=looks[number]["marker"])
            self.names[number].set(text=name, color=looks[number]["color"])

    def _show_runs(self, measurement, looks):
        errors = measurement.here
        places = np.arange(3)[:, None] + np.linspace(-SPREAD, SPREAD, errors.shape[1])
        for number, marks in enumerate(self.marks):
            filled = looks[number]["color"] if number != MEMBER else "none"
            marks.set(color=looks[number]["color"], marker=looks[number]["marker"])
            marks.set_markerfacecolor(filled)
            marks.set_data(places[number], errors[number])
        pairs = np.stack([places[:2], errors[:2]], -1).swapaxes(0, 1)
        self.pairs.set_segments(list(pairs))
        means = errors.mean(1)
        self.means.set_segments([[(k - 0.3, m), (k + 0.3, m)] for k, m in enumerate(means)])
        better = BETTER.get(measurement.verdict)
        self.better.set_visible(better is not None)
        if better is not None:
            self.better.set_position((better, errors[better].min() / 1.35))
            self.better.set_color(looks[better]["color"])
