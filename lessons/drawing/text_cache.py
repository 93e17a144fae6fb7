"""Texts as pixels, kept: one text takes longer to draw than all the lines of a picture.

A text is drawn once, alone and on whole pixels, and laid on the picture wherever it goes, so that a
picture does not depend on where its words stood before.
"""

import math

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

MOST = 300  # stamps of 10 to 100 kB
MARGIN = 2  # pixels: a letter may lean out of its box


class Stamps:
    """The stamps of one picture."""

    def __init__(self):
        self._kept = {}

    def draw(self, text: Text, renderer: RendererAgg) -> None:
        """Does what text.draw(renderer) does, with the anchor on the nearest whole pixel."""
        if not text.get_text():
            return
        key = renderer.dpi, _look(text)
        if key not in self._kept:
            if len(self._kept) == MOST:
                self._kept.clear()
            self._kept[key] = _stamp(text, renderer)
        left, bottom, pixels = self._kept[key]
        x, y = np.rint(_anchor(text)).astype(int)
        context = renderer.new_gc()
        renderer.draw_image(context, x + left, y + bottom, pixels)
        context.restore()


def _anchor(text):
    return text.get_transform().transform(text.get_unitless_position())


def _look(text):
    """All that the lessons change in a text but its place."""
    aligned = text.get_horizontalalignment(), text.get_verticalalignment()
    return (
        text.get_text(),
        text.get_color(),
        text.get_alpha(),
        text.get_fontsize(),
        text.get_fontweight(),
        text.get_rotation(),
        aligned,
    )


def _stamp(text, renderer):
    """(left, bottom, pixels): where the stamp's lower left corner lies from the anchor, and its
    RGBA rows.
    """
    box = text.get_window_extent(renderer).translated(*-_anchor(text)).padded(MARGIN)
    left, bottom = math.floor(box.x0), math.floor(box.y0)
    alone = RendererAgg(math.ceil(box.x1) - left, math.ceil(box.y1) - bottom, renderer.dpi)
    transform, place = text.get_transform(), text.get_position()
    text.set_transform(IdentityTransform())
    text.set_position((-left, -bottom))
    text.draw(alone)
    text.set_position(place)
    text.set_transform(transform)
    return left, bottom, np.array(alone.buffer_rgba())[::-1]  # draw_image counts rows from below
