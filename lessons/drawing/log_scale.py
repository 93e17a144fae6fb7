"""A scale over powers of ten whose limits may move at every picture.

Ticks of matplotlib belong to the background, and drawing that anew costs more than all the rest of
a picture. So the axes stay at 0 ... 1, and this draws a few grid lines and labels itself.
"""

import numpy as np
from matplotlib.collections import LineCollection

from .style import BLACK, PALE

REACHES = (1, 2, 3, 5, 8, 12, 16, 24, 32, 48, 64, 80)  # decades above or below 1
STEPS = (1, 2, 5, 10, 20, 40)
MOST_LABELS = 7
BEYOND = 1000.0  # where numbers too large for float32 are drawn: outside


def as_decades(values: np.ndarray) -> np.ndarray:
    """log10, with infinity moved out of every picture; NaN stays."""
    with np.errstate(divide="ignore"):
        return np.clip(np.log10(values), -BEYOND, BEYOND)


class DecadeScale:
    """One vertical scale for several axes side by side; labels stand left of the first."""

    def __init__(self, *all_axes):
        self.low, self.high = -1, 1
        self.grids, self.ones = [], []
        for axes in all_axes:
            axes.set_ylim(0, 1)
            axes.set_yticks([])
            across = axes.get_yaxis_transform()
            self.grids.append(
                axes.add_collection(
                    LineCollection([], colors=PALE, linewidths=0.6, zorder=0.5, transform=across)
                )
            )
            self.ones.append(
                axes.plot([0, 1], [0, 0], color=BLACK, linewidth=0.6, zorder=0.6, transform=across)[
                    0
                ]
            )
        left = all_axes[0].get_yaxis_transform()
        style = dict(fontsize=8, ha="right", va="center", transform=left, clip_on=False)
        self.labels = [all_axes[0].text(-0.015, 0, "", **style) for _ in range(MOST_LABELS)]
        self.moving = [*self.grids, *self.ones, *self.labels]

    def fit(self, *decades: np.ndarray) -> None:
        """Sets the limits to hold every finite entry: the next of REACHES on either side of 1."""
        inside = np.concatenate([np.ravel(d) for d in decades])
        inside = inside[np.abs(inside) < BEYOND]  # NaN is left out too
        self.low, self.high = -_next(-inside.min(initial=0)), _next(inside.max(initial=0))
        step = next(step for step in STEPS if (self.high - self.low) // step < MOST_LABELS)
        ticks = [k for k in range(self.low, self.high + 1) if k % step == 0]
        heights = self.place(np.array(ticks))
        for grid, one in zip(self.grids, self.ones, strict=True):
            grid.set_segments([[(0, y), (1, y)] for y in heights])
            one.set_ydata([self.place(0)] * 2)
        for count, label in enumerate(self.labels):
            label.set_visible(count < len(ticks))
            if count < len(ticks):
                label.set_y(heights[count])
                label.set_text(_name(ticks[count]))

    def place(self, decades):
        """Heights in the axes, 0 to 1."""
        return (decades - self.low) / (self.high - self.low)


def _next(needed):
    return next((step for step in REACHES if needed <= step), REACHES[-1])


def _name(decade):
    return "1" if decade == 0 else f"$10^{{{decade}}}$"
