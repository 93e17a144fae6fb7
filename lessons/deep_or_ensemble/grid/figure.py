"""The grid's answer: a ratio with two intervals for every task and size, and every arm's errors
for one of them.
"""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from ...drawing.style import BLACK, GREY, PALE, add_axes
from ..architecture_styles import STYLES
from ..architectures import ARMS
from .store import ROWS

VERDICTS = (("arm", "<"), ("rival", ">"), ("not clear", "o"))
LOWEST, HIGHEST = 0.1, 10
THICK, THIN = 3.2, 1.1  # of the two intervals; in turn, for each row has both
REACH = (0.001, 3)  # one for all tasks: new ticks would cost a new background
TITLE_ROOM = 0.5  # the name of a task stands above its rows


class GridView:
    """Left of 1 the arm is better, right of it the rival, each in its own colour; grey where
    either interval holds 1.
    """

    size = (9.4, 4.5)

    def __init__(self, figure):
        self.ratios = add_axes(
            figure,
            (0.115, 0.165, 0.4, 0.75),
            xlabel="error of the arm / error of the rival, five seeds",
            xscale="log",
            xlim=(LOWEST, HIGHEST),
        )
        self.ratios.set_xticks(
            [0.1, 0.2, 0.5, 1, 2, 5, 10], ["0.1", "0.2", "0.5", "1", "2", "5", "10"]
        )
        self.ratios.minorticks_off()
        self._name_rows()
        self.ratios.axvline(1, color=BLACK, linewidth=0.8)
        self.left = self.ratios.text(0.0, 1.02, "", transform=self.ratios.transAxes, fontsize=9)
        self.right = self.ratios.text(
            1.0, 1.02, "", transform=self.ratios.transAxes, fontsize=9, ha="right"
        )
        self.intervals = LineCollection([], linewidths=[THICK, THIN])
        self.ratios.add_collection(self.intervals)
        self.marks = [
            self.ratios.plot([], [], marker, color=GREY, markersize=6)[0] for _, marker in VERDICTS
        ]
        self.here = self.ratios.axhspan(0, 0.8, color=PALE, zorder=0)
        self.errors = add_axes(
            figure,
            (0.6, 0.19, 0.39, 0.725),
            ylabel="squared error on test examples",
            yscale="log",
            title="All arms, on the shaded row",
            xlim=(-0.6, len(ARMS) - 0.4),
            ylim=REACH,
        )
        labels = [arm.name.replace(" joint", "\njoint") for arm in ARMS]
        self.errors.set_xticks(range(len(ARMS)), labels, fontsize=8)
        self.errors.axhline(1, color=GREY, linewidth=0.8)
        figure.text(
            0.99,
            0.035,
            "4 deep: four times the parameters of the others",
            fontsize=8,
            color=GREY,
            ha="right",
        )
        self.seeds = [
            self.errors.plot(
                [],
                [],
                STYLES[arm.name]["marker"],
                color=STYLES[arm.name]["color"],
                markersize=5,
                markeredgecolor="white",
                markeredgewidth=0.5,
            )[0]
            for arm in ARMS
        ]
        self.means = LineCollection([], colors=BLACK, linewidths=1.6)
        self.errors.add_collection(self.means)
        handles = [
            Line2D([], [], color=GREY, linewidth=width, label=text)
            for width, text in ((THICK, "95 % by bootstrap"), (THIN, "95 % by Student's t"))
        ]
        handles.append(
            Line2D(
                [],
                [],
                color=GREY,
                marker="o",
                linestyle="",
                markersize=6,
                label="not clear: one of them holds 1",
            )
        )
        figure.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(0.05, 0.0),
            ncols=3,
            fontsize=8,
            columnspacing=1.4,
            frameon=False,
        )
        self.moving = [
            self.left,
            self.right,
            self.here,
            self.intervals,
            *self.marks,
            *self.seeds,
            self.means,
        ]

    def _name_rows(self):
        self.heights, names, y = [], [], 0.0
        for row, (_, sizes) in ROWS.items():
            self.ratios.text(LOWEST * 1.05, y + 0.1, row, fontsize=8.5, va="center", weight="bold")
            y += TITLE_ROOM + 0.35
            for size in sizes:
                self.heights.append(y)
                names.append(f"{size} examples")
                y += 0.8
            y += 0.15
        self.ratios.set_yticks(self.heights, names)
        self.ratios.set_ylim(y - 0.2, -0.35)
        self.ratios.grid(False, axis="y")

    def show(self, measurement):
        self.left.set_text(f"◂ {measurement.arm} better")
        self.right.set_text(f"{measurement.rival} better ▸")
        colours = {
            "arm": STYLES[measurement.arm]["color"],
            "rival": STYLES[measurement.rival]["color"],
            "not clear": GREY,
        }
        ratios, verdicts = np.clip(measurement.ratios, LOWEST, HIGHEST), measurement.verdicts
        rows = [
            (ratio, y, verdict)
            for ratio, y, verdict in zip(ratios, self.heights, verdicts, strict=True)
            if verdict
        ]
        self.intervals.set_segments(
            [[(low, y), (high, y)] for ratio, y, _ in rows for low, high in (ratio[1:3], ratio[3:])]
        )
        self.intervals.set_color([colours[verdict] for _, _, verdict in rows for _ in range(2)])
        for marks, (wanted, _) in zip(self.marks, VERDICTS, strict=True):
            marks.set_color(colours[wanted])
            chosen = [(ratio[0], y) for ratio, y, verdict in rows if verdict == wanted]
            marks.set_data(*np.reshape(chosen, (-1, 2)).T)
        here = measurement.comparisons.index((measurement.row, measurement.examples))
        self.here.set_y(self.heights[here] - 0.4)
        self._show_errors(measurement)

    def _show_errors(self, measurement):
        errors = measurement.errors
        for place, (points, one) in enumerate(zip(self.seeds, errors, strict=True)):
            points.set_data(place + np.linspace(-0.2, 0.2, len(one)), one)
        means = errors.mean(1)
        self.means.set_segments(
            [
                [(place - 0.32, mean), (place + 0.32, mean)]
                for place, mean in enumerate(means)
                if np.isfinite(mean)
            ]
        )
