"""The course in one picture: s against the number of blocks, and what s does to the gradients."""

import numpy as np
from matplotlib.ticker import NullLocator

from ...drawing.style import GREY, OTHER_THEORY, THEORY, add_axes, line, mark
from .measurement import KINDS, effective_depth

LOOKS = dict(zip(KINDS, ("plain", "residual", "post-norm", "pre-norm", "small β"), strict=True))
MOST_BLOCKS = 54


class CourseView:
    """Lines are formulas, marks are networks with n blocks: left s is measured, right what it
    foretells.
    """

    size = (9.4, 3.9)

    def __init__(self, figure):
        ticks = [1, 2, 5, 10, 20, 50]
        self.depth = add_axes(
            figure,
            (0.065, 0.13, 0.42, 0.77),
            title="Effective depth: formulas, and networks as marks",
            xlabel="blocks n",
            ylabel="s = sum of p",
            xscale="log",
            yscale="log",
            xlim=(0.9, 62),
            ylim=(0.4, 80),
        )
        self.law = add_axes(
            figure,
            (0.575, 0.13, 0.415, 0.77),
            title="What s does to gradients: laws, and networks as marks",
            xlabel="s = sum of p, by formula",
            ylabel="correlation of gradients",
            xscale="log",
            xlim=(0.4, 80),
            ylim=(-0.03, 0.8),
        )
        for axis in (self.depth.xaxis, self.depth.yaxis, self.law.xaxis):
            axis.set_ticks(ticks, [str(tick) for tick in ticks])
            axis.set_minor_locator(NullLocator())
        blocks = np.arange(1, MOST_BLOCKS + 1)
        for kind, look in LOOKS.items():
            formula = [effective_depth(kind, int(n)) for n in blocks]
            self.depth.plot(blocks, formula, **line(look), linewidth=1.4)
        s = np.geomspace(0.4, 80, 80)
        large, small = 0.5**s, np.exp(-s / 2)
        self.law.fill_between(s, large, small, color=GREY, alpha=0.18, linewidth=0)
        self.law.plot(s, large, **THEORY, linewidth=1.4, label="1/2^s: steps as large as can be")
        self.law.plot(
            s, small, **OTHER_THEORY, linewidth=1.4, label="exp(−s/2): very many small steps"
        )
        self.marks = [
            self.depth.plot([], [], **mark(look), markersize=8, label=kind)[0]
            for kind, look in LOOKS.items()
        ]
        self.lawful = [
            self.law.plot([], [], **mark(look), markersize=8)[0] for look in LOOKS.values()
        ]
        self.depth.legend(fontsize=8, loc="upper left")
        self.law.legend(fontsize=8, loc="upper right")
        self.moving = [*self.marks, *self.lawful]

    def show(self, measurement):
        found = zip(
            self.marks,
            self.lawful,
            measurement.formulas,
            measurement.measured,
            measurement.measured_correlations,
            strict=True,
        )
        for point, lawful, s, measured, r in found:
            point.set_data([measurement.blocks], [measured])
            lawful.set_data([s], [r])
