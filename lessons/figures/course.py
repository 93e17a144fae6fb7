"""The course in one picture: s against the number of blocks, and what s does to the gradients."""

import numpy as np
from matplotlib.ticker import NullLocator

from ..measurements.course import KINDS, correlation, effective_depth
from .style import BLACK, GREEN, ORANGE, PLAIN, PURPLE, RESIDUAL, THEORY, add_axes

STYLES = {
    KINDS[0]: {**PLAIN, "marker": "^"},
    KINDS[1]: {**RESIDUAL, "marker": "s"},
    KINDS[2]: {"color": PURPLE, "linestyle": (0, (2, 2)), "marker": "D"},
    KINDS[3]: {"color": GREEN, "linestyle": (0, (5, 1.2, 1.2, 1.2)), "marker": "o"},
    KINDS[4]: {"color": ORANGE, "linestyle": (0, (8, 1.5)), "marker": "v"},
}
MOST_BLOCKS = 54


class CourseView:
    """Lines are formulas, marks are networks with n blocks."""

    size = (9.4, 3.9)

    def __init__(self, figure):
        ticks = [1, 2, 5, 10, 20, 50]
        self.depth = add_axes(figure, (0.065, 0.13, 0.42, 0.77), title="Effective depth: formulas, and networks as marks",
                              xlabel="blocks n", ylabel="s = sum of p", xscale="log", yscale="log", xlim=(0.9, 62),
                              ylim=(0.4, 80))  # fmt: skip
        self.law = add_axes(figure, (0.575, 0.13, 0.415, 0.77), title="What s does to gradients: the law of lesson 5", xlabel="s = sum of p",
                            ylabel="correlation of gradients", xscale="log", xlim=(0.4, 80), ylim=(-0.03, 0.8))  # fmt: skip
        for axis in (self.depth.xaxis, self.depth.yaxis, self.law.xaxis):
            axis.set_ticks(ticks, [str(tick) for tick in ticks])
            axis.set_minor_locator(NullLocator())
        blocks = np.arange(1, MOST_BLOCKS + 1)
        for kind, style in STYLES.items():
            line = {**style, "marker": None}
            self.depth.plot(blocks, [effective_depth(kind, int(n)) for n in blocks], **line, linewidth=1.4)
        s = np.geomspace(0.4, 80, 80)
        self.law.plot(s, np.exp(-s / 2), **THEORY, linewidth=1.2, label="exp(−s/2): very small steps")
        whole = np.arange(1, 13)
        self.law.plot(whole, [correlation(KINDS[0], int(n)) for n in whole], color=BLACK, linewidth=0.8, label="1/2^s: plain layers")
        self.marks = [self.depth.plot([], [], style["marker"], color=style["color"], markersize=8, label=kind)[0]
                      for kind, style in STYLES.items()]  # fmt: skip
        self.lawful = [self.law.plot([], [], style["marker"], color=style["color"], markersize=8)[0] for style in STYLES.values()]
        self.depth.legend(fontsize=8, loc="upper left")
        self.law.legend(fontsize=8, loc="upper right")
        self.moving = [*self.marks, *self.lawful]

    def show(self, measurement):
        for mark, law, s, r in zip(self.marks, self.lawful, measurement.measured, measurement.correlations, strict=True):
            mark.set_data([measurement.blocks], [s])
            law.set_data([s], [r])
