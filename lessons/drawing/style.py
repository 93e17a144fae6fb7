"""Colours and axes that mean the same in all six lessons.

Okabe and Ito's hues, which stay apart for colour-blind readers, darkened until a line has a
contrast of 3 to 1 with white and the colours that texts have (black, grey, green, blue, vermilion)
one of 4.5 to 1. A line style is the second cue.
"""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

BLACK, GREY, PALE = "#000000", "#5C5C5C", "#E4E4E4"
ORANGE, SKY, GREEN, YELLOW = (
    "#BD8A00",
    "#3399D6",
    "#00875F",
    "#F0E442",
)  # yellow and pale: for areas only
BLUE, VERMILION, PURPLE = "#005D9E", "#C04500", "#C2609B"
PALETTE = (BLACK, GREY, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE)

PLAIN = {"color": VERMILION, "linestyle": "-"}
RESIDUAL = {"color": BLUE, "linestyle": (0, (6, 1.5))}
THEORY = {"color": BLACK, "linestyle": (0, (1, 1.5))}
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
