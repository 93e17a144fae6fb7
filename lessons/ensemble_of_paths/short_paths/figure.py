"""Test error while networks train on all of their paths, or on short ones only."""

from typing import Any

import numpy as np

from ...drawing.style import GREEN, GREY, RESIDUAL, UMBER, add_axes
from .measurement import ARMS

ARM_STYLES: tuple[dict[str, Any], ...] = (
    RESIDUAL,
    dict(color=GREEN, linestyle=(0, (6, 1.5, 1, 1.5))),
    dict(color=UMBER, linestyle="-"),
)
MARKERS = ("s", "v", "P")
BLOCKS, CHANCE = 54, 90
LIMITS = (300, 600, 1000)


class ShortPathsView:
    """Left the lengths of paths in a batch, right the errors: thick lines are medians of the
    seeds, thin ones the seeds.
    """

    size = (9.4, 3.4)

    def __init__(self, figure):
        lengths = add_axes(
            figure,
            (0.06, 0.14, 0.34, 0.72),
            title="Lengths of the paths in a batch",
            xlabel="path length (layers)",
            ylabel="part of the paths / largest",
            xlim=(-0.8, BLOCKS + 0.8),
            ylim=(0, 1.08),
            yticks=[0, 0.5, 1],
        )
        self.axes = axes = add_axes(
            figure,
            (0.47, 0.14, 0.515, 0.72),
            title="Test error, all blocks in place",
            xlabel="steps",
            ylabel="test error (%)",
            xlim=(0, 1),
            ylim=(0, 100),
        )
        self.lengths = [
            lengths.plot([], [], **style, marker=marker, markersize=3, linewidth=1.3)[0]
            for style, marker in zip(ARM_STYLES[:2], MARKERS[:2], strict=True)
        ]
        self.seeds = [
            [axes.plot([], [], color=style["color"], linewidth=0.6, alpha=0.6)[0] for _ in range(3)]
            for style in ARM_STYLES
        ]
        self.medians = [
            axes.plot([], [], **style, marker=marker, markersize=4, linewidth=1.8, label=arm)[0]
            for style, marker, arm in zip(ARM_STYLES, MARKERS, ARMS, strict=True)
        ]
        # A handle is as long as two dashes of the residual line and the gap between them.
        axes.legend(
            loc="upper right",
            bbox_to_anchor=(1, 0.88),
            fontsize=8.5,
            frameon=False,
            handlelength=2.86,
        )
        axes.axhline(CHANCE, color=GREY, linewidth=0.8)
        axes.text(
            0.995,
            CHANCE + 1.5,
            "guessing",
            transform=axes.get_yaxis_transform(),
            color=GREY,
            fontsize=8,
            ha="right",
            va="bottom",
        )
        self.moving = [
            *self.lengths,
            *(line for lines in self.seeds for line in lines),
            *self.medians,
        ]

    def show(self, measurement):
        for line, blocks in zip(self.lengths, (measurement.blocks, measurement.kept), strict=True):
            share = binomial(blocks)
            line.set_data(np.arange(len(share)), share / share.max())
        # Ticks are dear: the limit moves in steps.
        self.axes.set_xlim(0, next(limit for limit in LIMITS if limit >= measurement.steps))
        for lines, median, errors in zip(
            self.seeds, self.medians, 100 * measurement.errors, strict=True
        ):
            median.set_data(measurement.step, np.median(errors, axis=0))
            for line, of_seed in zip(lines, errors, strict=True):
                line.set_data(measurement.step, of_seed)


def binomial(blocks):
    """Row n of Pascal's triangle, in floats."""
    row = np.ones(1)
    for _ in range(blocks):
        row = np.convolve(row, [1.0, 1.0])
    return row
