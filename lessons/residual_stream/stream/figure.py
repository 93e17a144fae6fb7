"""A sentence, each character as dark as the stream expects it."""

import numpy as np
from matplotlib.colors import to_rgb

from ...drawing.style import BLACK, GREY, KINDS, add_canvas
from ..text import CONTEXT

TITLES = {
    "residual": "with skips:  stream + F(stream)",
    "plain": "without skips, trained alike:  F(stream)",
}
SHADES = 12  # of a character: so many pictures of each letter are kept
PALEST = 0.04  # a character that is not expected at all can just be seen


class StreamView:
    """Above with skips, below without: the sentence, and under it the likeliest characters."""

    size = (9.4, 3.0)

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
        axes.text(-0.4, 0.86, TITLES[kind], fontsize=11, color=self.colour, va="center")
        axes.text(
            -0.4, 0.2, "its best guess", fontsize=8, color=GREY, va="center", ha="left"
        ).set_y(0.03)
        place = dict(va="center", ha="center", family="monospace")
        self.letters = [axes.text(k, 0.52, "", fontsize=15, **place) for k in range(CONTEXT)]
        self.guesses = [axes.text(k, 0.22, "", fontsize=10, **place) for k in range(CONTEXT)]
        self.count = axes.text(
            CONTEXT - 0.5, 0.86, "", fontsize=12, fontweight="bold", color=self.colour, ha="right"
        )
        self.moving = [*self.letters, *self.guesses, self.count]

    def show(self, text, chances, guesses, right):
        self.count.set_text(f"{right} of {len(text) - 1} right")
        for letter, character, dark in zip(
            self.letters, text.ljust(CONTEXT), np.append(1.0, chances), strict=False
        ):
            letter.set_text(character)
            letter.set_color(shade(self.colour, dark))
        self._guess(text, guesses)

    def _guess(self, text, guesses):
        for artist in (*self.letters[len(text) :], *self.guesses):
            artist.set_text("")
        for artist, said, wanted in zip(self.guesses[1:], guesses, text[1:], strict=False):
            artist.set_text("␣" if said == " " else said)
            artist.set_color(BLACK if said == wanted else "#A0A0A0")


def shade(colour: str, dark: float) -> tuple[float, ...]:
    """The colour, mixed with white: in a few steps, so that a letter's picture is found again."""
    part = PALEST + (1 - PALEST) * round(dark * (SHADES - 1)) / (SHADES - 1)
    return tuple(np.round(1 - part * (1 - np.array(to_rgb(colour))), 4))
