"""A sentence, each character as dark as the stream expects it."""

from functools import lru_cache

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from ...drawing.style import GREY, KINDS, add_canvas
from ..text import CONTEXT

TITLES = {
    "residual": "with skips:  $x \\to x + F(x)$",
    "plain": "without skips, otherwise alike:  $x \\to F(x)$",
}
KEY = "as dark as it is expected; below, its best guess"
PALEST = 0.04  # a character that is not expected at all can just be seen


class StreamView:
    """Above with skips, below without: the sentence, and under it the likeliest characters."""

    size = (9.4, 2.6)

    def __init__(self, figure):
        self.halves = [
            Half(figure, bottom, kind) for bottom, kind in ((0.5, "residual"), (0.0, "plain"))
        ]
        self.moving = [artist for half in self.halves for artist in half.moving]

    def show(self, measurement):
        m = measurement
        for network, half in enumerate(self.halves):
            half.show(
                m.text,
                m.chances[network, m.branch],
                m.guesses[network][m.branch],
                m.right[network, m.branch],
            )


class Half:
    """One network's line of text."""

    def __init__(self, figure, bottom, kind):
        self.colour = KINDS[kind]["color"]
        axes = add_canvas(figure, (0.0, bottom, 1.0, 0.5), xlim=(-1.5, CONTEXT + 0.5))
        axes.text(-0.4, 0.84, TITLES[kind], fontsize=11, color=self.colour, va="center")
        axes.text(CONTEXT / 2 - 2, 0.84, KEY, fontsize=8, color=GREY, va="center")
        self.letters, self.guesses = Letters(axes, 0.4, 15), Letters(axes, 0.12, 10)
        self.count = axes.text(
            CONTEXT - 0.5,
            0.84,
            "",
            fontsize=12,
            fontweight="bold",
            color=self.colour,
            ha="right",
            va="center",
        )
        self.moving = [self.letters.artist, self.guesses.artist, self.count]

    def show(self, text, chances, guesses, right):
        self.count.set_text(f"{right} of {len(text) - 1} right")
        self.letters.show(text, [shade(self.colour, dark) for dark in (1.0, *chances)])
        pairs = zip(guesses, text[1:], strict=True)
        looks = [self.colour if said == wanted else GREY for said, wanted in pairs]
        self.guesses.show(" " + guesses.replace(" ", "␣"), [GREY, *looks])


class Letters:
    """A line of characters, one at each whole number, each in a colour of its own.

    As outlines, filled in one go: a text for each would take ten times as long.
    """

    def __init__(self, axes, height: float, size: float):
        self.height, self.size = height, size  # of the base line; in points
        inches = axes.figure.dpi_scale_trans
        self.artist = PathCollection([], offset_transform=axes.transData, linewidths=0)
        self.artist.set_transform(inches)
        axes.add_collection(self.artist, autolim=False)

    def show(self, text: str, colours):
        self.text, self.colours = text, colours
        self.artist.set_paths([_outline(character, self.size) for character in text])
        self.artist.set_offsets([(place, self.height) for place in range(len(text))])
        self.artist.set_facecolor(colours)


@lru_cache(maxsize=200)
def _outline(character: str, size: float) -> Path:
    """In inches, its middle above 0; closed contours, since nothing is to be filled but them."""
    if character == " ":
        return Path(np.empty((0, 2)))
    font = FontProperties(family="DejaVu Sans Mono")
    outline = TextPath((0, 0), character, size=size / 72, prop=font)
    return outline.transformed(Affine2D().translate(-0.301 * size / 72, 0))


def shade(colour: str, dark: float) -> tuple[float, ...]:
    """The colour mixed with white: 0 can just be seen, 1 is the colour itself."""
    part = PALEST + (1 - PALEST) * dark
    return tuple(1 - part * (1 - np.array(to_rgb(colour))))
