"""Two hills over one axis: a grey one that stands still, and a blue one that moves with β."""

import numpy as np

from ...drawing.style import GREY, RESIDUAL, add_axes
from ...formatting import number
from .measurement import HillMeasurement

BLOCKS = 54
MANY, CARRY = 1.17, 1.05  # heights of the names, one above the other where the hills meet
REACH = 8.5  # half the length of a name, in layers


class HillView:
    """Both are drawn as high as each other: their places are compared, not their areas."""

    size = (9.4, 3.2)

    def __init__(self, figure):
        axes = add_axes(
            figure,
            (0.02, 0.15, 0.96, 0.83),
            xlabel="path length: how many of the 54 layers a path goes through",
            xlim=(-0.8, BLOCKS + 0.8),
            ylim=(0, 1.26),
            yticks=[],
        )
        axes.spines["left"].set_visible(False)
        self.many = Hill(axes, GREY, {"color": GREY, "linestyle": "-"}, "how many paths", MANY)
        self.carry = Hill(axes, RESIDUAL["color"], RESIDUAL, "what they carry", CARRY)
        self.moving = [*self.many.moving, *self.carry.moving]

    def show(self, measurement: HillMeasurement):
        self.many.show(measurement.counts, measurement.found.mean_count)
        self.carry.show(measurement.carried, measurement.mean_length)


class Hill:
    """A share for each length, and a line with its name where its mean is."""

    def __init__(self, axes, colour, look, name, height):
        self.name, self.height = name, height
        self.area = axes.fill_between([0], [0], color=colour, alpha=0.25, linewidth=0)
        self.edge = axes.plot([], [], **look, linewidth=2)[0]
        self.mean = axes.plot([], [], color=colour, linewidth=1.2)[0]
        self.text = axes.text(
            0, height, "", color=colour, fontsize=10, ha="center", va="center", fontweight="bold"
        )
        self.moving = [self.area, self.edge, self.mean, self.text]

    def show(self, share, mean):
        heights, lengths = share / share.max(), np.arange(len(share))
        self.area.set_data(lengths, heights, 0)
        self.edge.set_data(lengths, heights)
        self.mean.set_data([mean, mean], [0, 1])
        self.text.set_x(min(max(mean, REACH), BLOCKS - REACH))
        self.text.set_text(f"{self.name}: {number(mean)} layers")
