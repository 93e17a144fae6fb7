"""The same points twice: against depth, where every network has its own curve, and against s,
where they fall together.
"""

from typing import Any

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D

from ...drawing.style import BLACK, GREY, KINDS, OTHER_THEORY, THEORY, add_axes, mark
from ...network.topology import MAX_DEPTH

MARKED = np.array([1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64])
LARGE_STEPS = THEORY  # centred: 2^-s
SMALL_STEPS = OTHER_THEORY  # centred: e^(-s/2)
# Three small β have one colour and one mark, and differ in how much of it is filled.
HALF = {"fillstyle": "bottom", "markerfacecoloralt": "white"}
TINTED = {"markerfacecolor": tuple(1 - 0.3 * (1 - np.array(to_rgb(KINDS["small β"]["color"]))))}
STYLES: tuple[dict[str, Any], ...] = (
    mark("plain"),
    mark("residual"),
    mark("small β"),
    mark("small β") | HALF,
    mark("small β") | TINTED,
    mark("pre-norm"),
)
PRE_NORM = "pre-norm (batch;\nRMS if not centred)"
LABELS = ("plain", "residual, β = 1", "β = 0.5", "β = 0.25", "β of the slider", PRE_NORM)
LOWEST, DEEPEST = 0.02, 9


class OneNumberView:
    """Small marks: many depths. Large marks: the depth of the slider."""

    size = (9.4, 3.9)

    def __init__(self, figure):
        shared = dict(ylim=(LOWEST, 1.15), yscale="log")
        left = add_axes(
            figure,
            (0.062, 0.125, 0.33, 0.78),
            title="Against depth",
            xlabel="depth L (layers)",
            ylabel="correlation R of the gradients",
            xlim=(0, 65),
            **shared,
        )
        right = add_axes(
            figure,
            (0.435, 0.125, 0.33, 0.78),
            title="Against the effective depth",
            xlabel=r"$s = p_1 + \dots + p_L$",
            xlim=(0, DEEPEST),
            **shared,
        )
        ticks = (0.02, 0.05, 0.1, 0.2, 0.5, 1)
        for axes, labels in ((left, [f"{tick:g}" for tick in ticks]), (right, [])):
            axes.set_yticks(ticks, labels or [""] * len(ticks))
            axes.set_yticks([], minor=True)
        self.band = PolyCollection([], facecolors=GREY, alpha=0.18, zorder=1)
        right.add_collection(self.band)
        self.theory = [
            right.plot([], [], linewidth=1.4, **style)[0] for style in (LARGE_STEPS, SMALL_STEPS)
        ]
        self.small = [
            [axes.plot([], [], markersize=4.5, **style)[0] for style in STYLES]
            for axes in (left, right)
        ]
        self.large = [
            [
                axes.plot(
                    [],
                    [],
                    markersize=11,
                    markeredgecolor=BLACK,
                    markeredgewidth=1.2,
                    zorder=5,
                    **style,
                )[0]
                for style in STYLES
            ]
            for axes in (left, right)
        ]
        self._add_legend(figure)
        self.moving = [self.band, *self.theory, *sum(self.small, []), *sum(self.large, [])]

    def _add_legend(self, figure):
        handles = [
            Line2D([], [], markersize=6, label=label, **style)
            for label, style in zip(LABELS, STYLES, strict=True)
        ]
        handles += [
            Line2D([], [], linewidth=1.4, label="steps as large as can be\n(p = 1)", **LARGE_STEPS),
            Line2D([], [], linewidth=1.4, label="very many small steps", **SMALL_STEPS),
        ]
        figure.legend(
            handles=handles,
            loc="upper left",
            bbox_to_anchor=(0.775, 0.93),
            fontsize=8.5,
            frameon=False,
            labelspacing=0.7,
        )

    def show(self, measurement):
        # What is below the axis has left through its lower edge; a logarithm of 0 or less would be
        # a gap.
        correlations = np.maximum(measurement.correlations, LOWEST / 10)
        depths = np.broadcast_to(np.arange(MAX_DEPTH + 1), correlations.shape)
        for places, small, large in zip(
            (depths, measurement.effective_depths), self.small, self.large, strict=True
        ):
            for arm, (dots, dot) in enumerate(zip(small, large, strict=True)):
                dots.set_data(places[arm, MARKED], correlations[arm, MARKED])
                dot.set_data(
                    places[arm, [measurement.depth]], correlations[arm, [measurement.depth]]
                )
        s, ends = measurement.reference, (measurement.large_steps, measurement.small_steps)
        for line, values in zip(self.theory, ends, strict=True):
            line.set_data(s, values)
        self.band.set_verts(
            [np.concatenate([np.stack([s, ends[0]], 1), np.stack([s, ends[1]], 1)[::-1]])]
        )
