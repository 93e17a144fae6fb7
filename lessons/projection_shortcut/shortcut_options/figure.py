"""Test error of every option with its spread, the training loss behind it, and the published
table.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...drawing.style import (
    BLACK,
    GREEN,
    GREY,
    KINDS,
    PURPLE,
    UMBER,
    add_axes,
    add_untrained_note,
)

SEEDS = 5
STYLES: tuple[Mapping[str, Any], ...] = (
    KINDS["plain"],
    KINDS["residual"],
    {"color": GREEN, "linestyle": (0, (4, 1.5, 1, 1.5)), "marker": "v"},
    {"color": PURPLE, "linestyle": (0, (2, 1)), "marker": "d"},
    {"color": UMBER, "linestyle": (0, (8, 1.5, 1, 1.5, 1, 1.5)), "marker": "P"},
)
NAMES = ("no skip", "A", "B", "C", "C from I")
# He et al., 2015, arXiv:1512.03385, table 3: ImageNet, 34 layers, top-1 error in percent, 10-crop.
PUBLISHED = (("no skip", 28.54), ("A", 25.03), ("B", 24.52), ("C", 24.19))
ERRORS, LOSSES = (1, 100), (1e-2, 4)


class OptionsView:
    """Left a point per seed; in the middle the median loss while training; right what He et al.
    found.
    """

    size = (9.4, 3.9)

    def __init__(self, figure):
        self._make_axes(figure)
        rows = range(len(NAMES))
        self.seeds, self.medians, self.curves = [], [], []
        for row, style in zip(rows, STYLES, strict=True):
            colour, marker = style["color"], style["marker"]
            self.seeds.append(
                self.errors.plot(
                    [], [], linestyle="", marker=marker, markersize=5, color=colour, alpha=0.8
                )[0]
            )
            self.medians.append(
                self.errors.plot([], [], color=BLACK, linewidth=2, solid_capstyle="butt")[0]
            )
            line: dict[str, Any] = {**style, "marker": None}
            self.curves.append(self.losses.plot([], [], linewidth=1.8, label=NAMES[row], **line)[0])
        self.losses.legend(fontsize=8, loc="lower left", frameon=False, handlelength=3.2)
        self.counts = [
            self.errors.text(row, ERRORS[0] * 1.08, "", fontsize=7.5, ha="center", color=GREY)
            for row in rows
        ]
        self._add_published()
        self.untrained = [add_untrained_note(axes) for axes in (self.errors, self.losses)]
        self.moving = [*self.untrained, *self.seeds, *self.medians, *self.curves, *self.counts]

    def _make_axes(self, figure):
        rows = range(len(NAMES))
        labels = dict(
            title="Digits: test error, a point per seed",
            ylabel="error, %",
            xlabel="option; grey: parameters",
        )
        limits = dict(yscale="log", ylim=ERRORS, xlim=(-0.6, len(NAMES) - 0.4))
        self.errors = add_axes(figure, (0.07, 0.13, 0.36, 0.74), **labels, **limits)
        self.errors.set_xticks(rows, NAMES)
        self.errors.set_yticks([1, 2, 5, 10, 20, 50, 100], ["1", "2", "5", "10", "20", "50", "100"])
        self.errors.minorticks_off()
        self.losses = add_axes(
            figure,
            (0.505, 0.13, 0.29, 0.74),
            title="Training loss, median of 5 seeds",
            ylabel="nats",
            yscale="log",
            ylim=LOSSES,
            xlim=(0, 100),
            xlabel="training (% of the steps)",
        )
        self.published = add_axes(
            figure,
            (0.86, 0.13, 0.13, 0.74),
            title="ImageNet, error %",
            ylim=(22, 30),
            xlabel="He et al., 2015",
            xlim=(-0.6, len(PUBLISHED) - 0.4),
        )

    def _add_published(self):
        axes = self.published
        axes.set_xticks(range(len(PUBLISHED)), ["none", "A", "B", "C"])
        for row, (_, error) in enumerate(PUBLISHED):
            style = STYLES[row]
            axes.plot([row], [error], marker=style["marker"], color=style["color"], markersize=6)
            axes.text(row, error + 0.35, f"{error:.2f}", fontsize=7, ha="center")

    def show(self, measurement):
        m = measurement
        spread = np.linspace(-0.18, 0.18, SEEDS)
        percent = 100 * m.step / m.step[-1]
        for note in self.untrained:
            note.set_visible(not m.progress)
        for row, count in enumerate(m.parameters):
            self.counts[row].set_text(f"{count}")
            errors, known = 100 * m.errors[row], ~np.isnan(m.losses[row, 0])
            measured = bool(known.any())
            for artists in (self.seeds, self.medians, self.curves):
                artists[row].set_visible(measured)
            if measured:
                self.seeds[row].set_data(row + spread, np.clip(errors, *ERRORS))
                middle = np.clip(np.median(errors), *ERRORS)
                self.medians[row].set_data([row - 0.32, row + 0.32], [middle, middle])
                median = np.median(m.losses[row], axis=0)[known]
                self.curves[row].set_data(percent[known], np.clip(median, *LOSSES))
