"""Two lines that should be the same sawtooth, each with its number of teeth."""

from typing import Any

import numpy as np

from ...drawing.style import GREY, INPUT, RESIDUAL, add_axes
from ..architecture_styles import SHALLOW

SOLID: dict[str, Any] = {"linestyle": "-"}  # teeth are narrower than dashes
NAMES = ("Blocks in a row", "Units side by side, at their best")


class TeethView:
    """Left the blocks; right the units, and behind them, pale, the sawtooth that is wanted."""

    size = (9.4, 2.8)

    def __init__(self, figure):
        looks: tuple[dict[str, Any], ...] = (RESIDUAL | SOLID, SHALLOW | SOLID)
        self.axes, self.lines, self.numbers = [], [], []
        for left, name, look in zip((0.06, 0.55), NAMES, looks, strict=True):
            axes = add_axes(
                figure,
                (left, 0.175, 0.435, 0.64),
                title=name,
                xlabel="input x",
                xlim=(-0.01, 1.01),
                ylim=(-0.15, 1.15),
                yticks=[0, 0.5, 1],
            )
            axes.axhline(0.5, color=GREY, linewidth=0.8)
            self.axes.append(axes)
            self.lines.append(axes.plot([], [], linewidth=1.5, zorder=3, **look)[0])
            self.numbers.append(
                axes.text(
                    1,
                    1.03,
                    "",
                    transform=axes.transAxes,
                    fontsize=12,
                    weight="bold",
                    ha="right",
                    va="bottom",
                    color=look["color"],
                )
            )
        self.axes[0].set_ylabel("output", fontsize=9)
        self.wanted = self.axes[1].plot([], [], **INPUT, alpha=0.6, linewidth=0.7, zorder=2)[0]
        self.moving = [self.wanted, *self.lines, *self.numbers]

    def show(self, measurement):
        x = np.arange(len(measurement.deep)) / (len(measurement.deep) - 1)
        self.lines[0].set_data(x, measurement.deep)
        self.lines[1].set_data(measurement.knots, measurement.fit)
        self.wanted.set_data(x, measurement.deep)
        deep, shallow = measurement.teeth
        self.numbers[0].set_text(f"{deep} teeth" if deep > 1 else "1 tooth")
        self.numbers[1].set_text(f"{shallow} of {deep}")
