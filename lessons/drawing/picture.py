"""From a measurement to PNG bytes in a few milliseconds.

Ticks, titles and axes are drawn once and kept; only the artists that move are drawn again on top
of them. matplotlib.figure.Figure without pyplot: widget callbacks run on several threads, and
pyplot's current figure belongs to all of them.
"""

import io
import weakref
import zlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from .own_settings import own_settings
from .runs import Runs
from .style import PALETTE
from .text_cache import Stamps

DENSITY = (
    2  # pixels of the picture per pixel of the page: what is stored must be crisp on dense screens
)
DENSITIES = (1, 1.5, DENSITY)
# 9.4 inches, as wide as all pictures are, make 930 pixels of the page: an output in JupyterLab has
# 934 on a screen of 1366, beside the side bar, and would scale or scroll a wider one.
PAGE_DPI = 99
MOST_BACKGROUNDS = 24  # of 0.2 MB or so each
# The pictures that panels have now, by their view.
SHARED: "weakref.WeakValueDictionary[type[View], Picture]" = weakref.WeakValueDictionary()


class Measurement(Protocol):
    """What a panel shows, draws and judges: numbers, and a sentence about them."""

    @property
    def summary(self) -> str:
        """What the picture shows, in a sentence or two with rounded numbers."""
        ...


class View(Protocol):
    """What a picture shows: artists made once, data moved by `show`.

    One that can be clicked also has `regions(measurement)`, a list of `regions.Region`.
    """

    size: tuple[float, float]  # inches, of PAGE_DPI pixels of the page each

    def __init__(self, figure: Figure): ...

    @property
    def moving(self) -> Sequence[Artist]:
        """What `show` may change."""
        ...

    def show(self, measurement) -> None: ...  # the kind of measurement that it is made for


def page_size(view_type: type[View]) -> tuple[int, int]:
    """Width and height of a view's picture on the page, in CSS pixels; even numbers, so that it has
    whole pixels at every density.
    """
    width, height = view_type.size
    return 2 * round(width * PAGE_DPI / 2), 2 * round(height * PAGE_DPI / 2)


def picture_of(view_type: type[View]) -> "Picture":
    """The picture on which all panels with this view draw, one after the other: a figure with its
    ticks and texts takes longer to make than twenty pictures on it. Nobody sees it, for a view does
    not remember what it showed before.
    """
    with own_settings():
        found = SHARED.get(view_type)
        if found is None:
            found = SHARED[view_type] = Picture(view_type)
        return found


def _shades():
    """40 greys, and each colour of the palette in 30 steps towards white, which they do not
    reach.
    """
    greys = [(level,) * 3 for level in np.linspace(0, 1, 40)]
    shades = [
        1 - step * (1 - np.array(to_rgb(colour)))
        for colour in PALETTE[2:]
        for step in np.arange(2, 32) / 31
    ]
    image = Image.new("P", (1, 1))
    image.putpalette(np.rint(255 * np.array([*greys, *shades])).astype(np.uint8).tobytes())
    return image


class Picture:
    """A figure with one view in it."""

    # A palette shared by all pictures: full-colour PNG takes three times as long to write and to
    # send.
    _palette = _shades()
    # Who drew last has its 6 MB of pixels still; a panel that nobody moves needs none.
    _last: "weakref.ReferenceType[Picture] | None" = None

    def __init__(self, view_type: type[View]):
        # A hair more than whole pixels: what falls short of one by rounding would be cut off.
        width, height = ((length + 1e-3) / PAGE_DPI for length in page_size(view_type))
        with own_settings():
            self.figure = Figure(figsize=(width, height), dpi=PAGE_DPI * DENSITY)
            self._canvas = FigureCanvasAgg(self.figure)
            self.view = view_type(self.figure)
        for artist in self.view.moving:
            artist.set_animated(True)  # left out when the background is drawn
        self._backgrounds = {}
        self._stamps = Stamps()

    @property
    def page_width(self) -> int:
        """Width on the page, in CSS pixels."""
        return page_size(type(self.view))[0]

    def draw(self, measurement: Measurement, density: float = DENSITY) -> bytes:
        """The measurement as a PNG, with `density` pixels for each of the page's."""
        with own_settings():
            self._take_over()
            self.figure.set_dpi(PAGE_DPI * density)
            self.view.show(measurement)
            self._background().lay_on(self._pixels())
            for artist in sorted(self.view.moving, key=lambda artist: artist.get_zorder()):
                if artist.get_visible():
                    self._draw(artist)
            return self._png()

    def _take_over(self):
        last = Picture._last() if Picture._last else None
        Picture._last = weakref.ref(self)
        if last is not None and last is not self:
            last._rest()

    def _rest(self):
        self._canvas = FigureCanvasAgg(self.figure)  # one that has no pixels yet
        for text in self.figure.findobj(Text):
            vars(text)["_renderer"] = None  # a text keeps the pixels that it was drawn on

    def _pixels(self):
        return np.asarray(self._canvas.get_renderer().buffer_rgba())

    def _draw(self, artist):
        if type(artist) is Text:
            self._stamps.draw(artist, self._canvas.get_renderer())
        else:
            self.figure.draw_artist(artist)

    def _background(self):
        # A view may move its axes' limits; then, and only then, the ticks are drawn, once for each
        # of its limits.
        limits = (
            (axes.get_xlim(), axes.get_ylim(), axes.get_xscale(), axes.get_yscale())
            for axes in self.figure.axes
        )
        frame = (self.figure.dpi, *limits)
        if frame not in self._backgrounds:
            if len(self._backgrounds) == MOST_BACKGROUNDS:
                self._backgrounds.pop(next(iter(self._backgrounds)))
            self._canvas.draw()
            self._backgrounds[frame] = Runs.of(self._pixels())
        return self._backgrounds[frame]

    def _png(self):
        # Read as RGB and a byte to skip: to convert RGBA takes six times as long. Lines and areas
        # of one shade are runs.
        image = Image.frombytes(
            "RGB",
            self._canvas.get_width_height(physical=True),
            self._canvas.buffer_rgba(),
            "raw",
            "RGBX",
        )
        file = io.BytesIO()
        image.quantize(palette=self._palette, dither=Image.Dither.NONE).save(
            file, "png", compress_type=zlib.Z_RLE
        )
        return file.getvalue()
