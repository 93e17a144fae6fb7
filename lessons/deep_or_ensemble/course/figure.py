"""The course in one picture: s against the number of blocks, and what s does to the gradients."""

import numpy as np
from matplotlib.ticker import NullLocator

from ...drawing.style import GREEN, GREY, ORANGE, PLAIN, RESIDUAL, add_axes
from ...shattered_gradients.effective_depth.figure import (
    LARGE_STEPS,
    PLAIN_MARK,
    PRE_NORM_MARK,
    RESIDUAL_MARK,
    SMALL_STEPS,
)
from .measurement import KINDS, effective_depth

STYLES = {
    KINDS[0]: {**PLAIN, **PLAIN_MARK},
    KINDS[1]: {**RESIDUAL, **RESIDUAL_MARK},
    KINDS[2]: {"color": GREEN, "linestyle": (0, (2, 2)), "marker": "X"},
    KINDS[3]: {**PRE_NORM_MARK, "linestyle": (0, (5, 1.2, 1.2, 1.2))},
    KINDS[4]: {"color": ORANGE, "linestyle": (0, (8, 1.5)), "marker": "P"},
}
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
        for kind, style in STYLES.items():
            line = {**style, "marker": None}
            self.depth.plot(
                blocks, [effective_depth(kind, int(n)) for n in blocks], **line, linewidth=1.4
            )
        s = np.geomspace(0.4, 80, 80)
        large, small = 0.5**s, np.exp(-s / 2)
        self.law.fill_between(s, large, small, color=GREY, alpha=0.18, linewidth=0)
        self.law.plot(
            s, large, **LARGE_STEPS, linewidth=1.4, label="1/2^s: steps as large as can be"
        )
        self.law.plot(
            s, small, **SMALL_STEPS, linewidth=1.4, label="exp(−s/2): very many small steps"
        )
        self.marks = [
            self.depth.plot(
                [], [], style["marker"], color=style["color"], markersize=8, label=kind
            )[0]
            for kind, style in STYLES.items()
        ]
        self.lawful = [
            self.law.plot([], [], style["marker"], color=style["color"], markersize=8)[0]
            for style in STYLES.values()
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
        for mark, law, s, measured, r in found:
            mark.set_data([measurement.blocks], [measured])
            law.set_data([s], [r])
