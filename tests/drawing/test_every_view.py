"""Drawing a view by parts, on a kept background, is drawing the whole of it: asked of every view,
at several settings one after the other.
"""

import numpy as np
import pytest
from matplotlib.text import Text

from lessons.drawing.picture import DENSITIES, PAGE_DPI, page_size
from tests.measurements import measurements, view_of
from tests.panels import each_explorer, panel_of

MARGIN = 3  # pixels: a text that moves is stamped on whole ones, and its box is only its letters
OUTPUT = 934  # pixels of the page: JupyterLab on a screen of 1366 with its side bar, measured
WHITE = 2**32 - 1  # a pixel's four bytes
TOP = 100  # above everything that stands still, as in drawing by parts


@pytest.fixture(scope="module", params=each_explorer())
def explorer(request):
    return request.param


@pytest.fixture(scope="module")
def picture(explorer):
    """That of the panel, whose backgrounds and texts are drawn already."""
    return panel_of(explorer)._drawing._made()


def buffer(picture):
    """A copy of the pixels, since the canvas draws its next picture into the same ones; all are
    opaque.
    """
    return np.array(picture.figure.canvas.buffer_rgba())


def draw_whole(picture):
    """The figure as matplotlib draws it at once, with what moves on top; then as it was."""
    moving = picture.view.moving
    before = [artist.get_zorder() for artist in moving]
    for artist in moving:
        artist.set(animated=False, zorder=TOP + artist.get_zorder())
    picture.figure.canvas.draw()
    whole = buffer(picture)
    for artist, zorder in zip(moving, before, strict=True):
        artist.set(animated=True, zorder=zorder)
    return whole


def boxes_of_texts(picture):
    """(rows, columns) of every text that moves and is there."""
    _, height = picture.figure.canvas.get_width_height(physical=True)
    for artist in picture.view.moving:
        if isinstance(artist, Text) and artist.get_visible() and artist.get_text():
            box = artist.get_window_extent().padded(MARGIN)
            ends = np.rint([height - box.y1, height - box.y0, box.x0, box.x1])
            top, bottom, left, right = ends.clip(0).astype(int)
            yield slice(top, bottom), slice(left, right)


def ink(pixels):
    """How much there is, and the row and the column of its middle."""
    dark = 255 - pixels[..., :3].mean(-1)
    rows, columns = np.indices(dark.shape)
    return dark.sum(), np.array([(rows * dark).sum(), (columns * dark).sum()]) / dark.sum()


def words(pixels):
    """One number for each pixel: numbers are compared in a tenth of the time of four bytes."""
    return pixels.view(np.uint32)[..., 0]


def some(measurements):
    """As the panel opens, at the upper ends, and before training if it trains: one more, half-way,
    is one more of the same kind.
    """
    opening, _, *others = measurements
    return opening, *others


@pytest.mark.slow
def test_a_view_drawn_by_parts_is_the_whole_of_it(explorer, picture):
    for measurement in some(measurements(explorer)):
        picture.draw(measurement)
        parts, whole = buffer(picture), draw_whole(picture)
        differs = words(parts) != words(whole)
        for box in boxes_of_texts(picture):
            (amount, middle), (expected, place) = ink(parts[box]), ink(whole[box])
            assert amount == pytest.approx(expected, rel=0.05)
            assert np.abs(middle - place).max() <= 1
            differs[box] = False
        assert not differs.any()
        assert np.count_nonzero(words(parts) != WHITE) > 1000, "an empty picture"


def test_a_picture_fits_an_output_and_has_whole_pixels_at_every_density(explorer, picture):
    width, height = page_size(view_of(explorer))
    assert width <= OUTPUT
    for density in DENSITIES:
        picture.figure.set_dpi(PAGE_DPI * density)
        size = picture.figure.canvas.get_width_height(physical=True)
        assert size == (density * width, density * height)
