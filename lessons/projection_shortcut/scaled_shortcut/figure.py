"""How much of a gradient is left after each skip, on one plot."""

from typing import Any

import numpy as np

from ...drawing.style import GREEN, GREY, RESIDUAL, add_axes
from ...formatting import plural
from .measurement import percent

MOST_BLOCKS, MOST = 54, 160  # percent
SHORTCUT: dict[str, Any] = {"color": GREEN, "linestyle": "-"}


class ScaledView:
    """The skips alone as an area, all paths together as a line; the end as a number."""

    size = (9.4, 3.4)

    def __init__(self, figure):
        self.axes = axes = add_axes(
            figure,
            (0.06, 0.15, 0.73, 0.73),
            title="Gradient left, %",
            xlabel="skips passed on the way back, from the output (0) to the input",
            xlim=(0, MOST_BLOCKS),
            ylim=(0, MOST),
            xticks=range(0, MOST_BLOCKS + 1, 6),
            yticks=range(0, MOST + 1, 20),
        )
        self.area = axes.fill_between([0, 1], [0, 0], color=GREEN, alpha=0.15, linewidth=0)
        [self.alone] = axes.plot([], [], linewidth=3, label="along the skips alone", **SHORTCUT)
        words = "with the ways through the layers"
        [self.all] = axes.plot([], [], linewidth=2, label=words, **RESIDUAL)
        self.end = axes.plot([], [], "o", color=GREEN, markersize=10, clip_on=False, zorder=5)[0]
        legend: dict[str, Any] = dict(
            fontsize=9, loc="lower right", frameon=False, handlelength=3.2, ncols=2
        )
        axes.legend(bbox_to_anchor=(1.01, 0.985), borderpad=0, **legend)
        self.number, self.words, self.others = self._add_numbers(figure)
        self.moving = [self.area, self.alone, self.all, self.end]
        self.moving += [self.number, self.words, self.others]

    def _add_numbers(self, figure):
        """At the right what arrives, large; the words around it stand still."""
        middle = {"x": 0.9, "ha": "center", "s": ""}
        figure.text(0.9, 0.72, "of the gradient is left", fontsize=10, color=GREY, ha="center")
        figure.text(0.9, 0.4, "with the ways", fontsize=9, color=GREY, ha="center")
        figure.text(0.9, 0.345, "through the layers", fontsize=9, color=GREY, ha="center")
        return (
            figure.text(y=0.79, fontsize=26, fontweight="bold", color=GREEN, **middle),
            figure.text(y=0.655, fontsize=10, color=GREY, **middle),
            figure.text(y=0.46, fontsize=14, fontweight="bold", color=RESIDUAL["color"], **middle),
        )

    def show(self, measurement):
        m = measurement
        skips = np.arange(m.blocks + 1)
        alone, together = 100 * m.skips_alone, 100 * m.all_paths
        self.area.set_data(skips, np.zeros(len(skips)), alone)
        self.alone.set_data(skips, alone)
        self.all.set_data(skips, together)
        self.end.set_data(skips[-1:], alone[-1:])
        self.number.set_text(percent(m.left))
        self.words.set_text(f"after {plural(m.blocks, 'skip')}")
        self.others.set_text(percent(float(m.all_paths[-1])))
