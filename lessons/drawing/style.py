"""Colours and axes that mean the same in all six lessons.

Okabe and Ito's hues, which stay apart for colour-blind readers, darkened until a line has a
contrast of 3 to 1 with white and the colours that texts have (black, grey, green, blue, vermilion)
one of 4.5 to 1. A line style is the second cue, a mark the third.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

BLACK, GREY, PALE = "#000000", "#5C5C5C", "#E4E4E4"  # pale: for areas only
ORANGE, SKY, GREEN, UMBER = (
    "#BD8A00",
    "#3399D6",
    "#00875F",
    "#5C4600",  # their yellow: as dark as a line has to be, it is a brown
)
BLUE, VERMILION, PURPLE = "#005D9E", "#C04500", "#C2609B"
PALETTE = (BLACK, GREY, ORANGE, SKY, GREEN, UMBER, BLUE, VERMILION, PURPLE)

# The one place that says what a kind of network looks like, in every picture of every lesson.
# Green and umber are no kind's: they are for what is none, as are the marks v, P, d, >, * and h.
# "small β" is a residual network with β < 1 or 1 / sqrt(n), where the same picture has β = 1 too.
KINDS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        kind: MappingProxyType({"color": colour, "linestyle": dash, "marker": mark})
        for kind, colour, dash, mark in (
            ("plain", VERMILION, "-", "o"),
            ("residual", BLUE, (0, (6, 1.5)), "s"),
            ("small β", SKY, (0, (3, 1.2)), "^"),
            ("pre-norm", PURPLE, (0, (5, 1.2, 1.2, 1.2)), "D"),
            ("post-norm", ORANGE, (0, (2, 2)), "X"),
            ("theory", BLACK, (0, (1, 1.5)), ""),  # formulas have no points
            ("noise", GREY, "-", "."),
        )
    }
)


def line(kind: str) -> dict[str, Any]:
    """Colour and dash of one of KINDS, for a curve of more points than marks have room."""
    return {part: KINDS[kind][part] for part in ("color", "linestyle")}


def mark(kind: str) -> dict[str, Any]:
    """Colour and mark of one of KINDS, for points without a line."""
    return {**KINDS[kind], "linestyle": ""}


PLAIN, RESIDUAL, THEORY = line("plain"), line("residual"), line("theory")
OTHER_THEORY = THEORY | {"linestyle": "-"}  # the second formula of a picture
# What an error consists of: three shades of a colour that no kind of network has.
ERROR = UMBER
INPUT = {"color": "#484848", "linestyle": "-"}  # drawn half transparent, behind what became of it


def add_axes(figure: Figure, box: tuple, *, title="", xlabel="", ylabel="", **settings) -> Axes:
    """Axes at `box` (left, bottom, width, height in parts of the figure), quiet enough for the data
    to speak.

    Positions are given, not computed: a constrained layout costs more than all the rest of a
    redraw.
    """
    axes = figure.add_axes(box, **settings)
    axes.set_title(title, fontsize=10, loc="left")
    axes.set_xlabel(xlabel, fontsize=9)
    axes.set_ylabel(ylabel, fontsize=9)
    axes.tick_params(labelsize=8, color=GREY)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
    return axes


def add_canvas(figure: Figure, box: tuple, *, title="", xlim=(0, 1), ylim=(0, 1)) -> Axes:
    """Axes without ticks, to draw a diagram on."""
    axes = add_axes(figure, box, title=title, xlim=xlim, ylim=ylim)
    axes.grid(False)
    axes.set_axis_off()
    return axes


def add_untrained_note(axes: Axes) -> Text:
    """What stands in axes that only training fills, for as long as there is nothing else."""
    return axes.text(
        0.5,
        0.5,
        "not trained yet",
        transform=axes.transAxes,
        fontsize=9,
        ha="center",
        va="center",
        color=GREY,
    )
