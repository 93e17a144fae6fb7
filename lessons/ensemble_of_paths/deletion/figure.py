"""Test error against the number of deleted blocks, for networks with the same number of blocks."""

import numpy as np

from ...drawing.style import GREY, add_axes
from ..lesion.figure import BLOCKS, KIND_STYLES, Bands
from .measurement import KINDS

CHANCE = 90


class DeletionView:
    """Lines are medians over random choices, bands hold the middle 80 %; grey is where the slider
    stands."""

    size = (9.4, 3.3)

    def __init__(self, figure):
        axes = add_axes(
            figure,
            (0.06, 0.145, 0.93, 0.76),
            title="Wrong answers on test digits (%)",
            xlabel="blocks deleted at random, of 12",
            xlim=(-0.4, BLOCKS - 0.6),
            ylim=(-2, 102),
            xticks=range(BLOCKS),
            yticks=[0, 25, 50, 75, 100],
        )
        axes.axhline(CHANCE, color=GREY, linewidth=0.8)
        axes.text(-0.35, CHANCE + 1.5, "guessing", color=GREY, fontsize=8, va="bottom")
        self.curves = Bands(axes, KIND_STYLES[: len(KINDS)])
        axes.legend(
            self.curves.lines,
            KINDS,
            fontsize=8.5,
            frameon=False,
            ncol=len(KINDS),
            loc="lower right",
            bbox_to_anchor=(1.0, 0.98),
            borderaxespad=0.1,
            handlelength=3,
        )
        self.moving = self.curves.moving

    def show(self, measurement):
        places = np.arange(measurement.blocks)
        self.curves.show(places, measurement.errors, measurement.deleted)
