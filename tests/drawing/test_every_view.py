"""Drawing a view by parts, on a kept background, is drawing the whole of it: asked of every view,
at several settings one after the other.
"""

import numpy as np
import pytest
from matplotlib.text import Text

from lessons.drawing.picture import DENSITIES, PAGE_DPI, Picture, page_size, picture_of
from tests.measurements import measurements, view_of
from tests.panels import explorers

MARGIN = 3  # pixels: a text that moves is stamped on whole ones, and its box is only its letters
OUTPUT = 934  # pixels of the page: JupyterLab on a screen of 1366 with its side bar, measured
TOP = 100  # above everything that stands still, as in drawing by parts


@pytest.fixture(scope="module", params=explorers())
def explorer(request):
    return request.param


@pytest.fixture(scope="module")
def picture(explorer):
    return picture_of(view_of(explorer))


def buffer(picture):
    """A copy of the pixels, since the canvas draws its next picture into the same ones."""
    return np.array(picture.figure.canvas.buffer_rgba())[..., :3]


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
    height = len(buffer(picture))
    for artist in picture.view.moving:
        if isinstance(artist, Text) and artist.get_visible() and artist.get_text():
            box = artist.get_window_extent().padded(MARGIN)
            ends = np.rint([height - box.y1, height - box.y0, box.x0, box.x1])
            top, bottom, left, right = ends.clip(0).astype(int)
            yield slice(top, bottom), slice(left, right)


def ink(pixels):
    """How much there is, and the row and the column of its middle."""
    dark = 255 - pixels.mean(-1)
    rows, columns = np.indices(dark.shape)
    return dark.sum(), np.array([(rows * dark).sum(), (columns * dark).sum()]) / dark.sum()


@pytest.mark.slow
def test_a_view_drawn_by_parts_is_the_whole_of_it(explorer, picture):
    for measurement in measurements(explorer):
        picture.draw(measurement)
        parts, whole = buffer(picture), draw_whole(picture)
        differs = (parts != whole).any(-1)
        for box in boxes_of_texts(picture):
            (amount, middle), (expected, place) = ink(parts[box]), ink(whole[box])
            assert amount == pytest.approx(expected, rel=0.05)
            assert np.abs(middle - place).max() <= 1
            differs[box] = False
        assert not differs.any()
        assert (parts < 250).any(-1).sum() > 1000, "an empty picture"


@pytest.mark.slow
def test_a_view_does_not_remember_what_it_showed_before(explorer, picture):
    measurement = measurements(explorer)[0]
    assert picture.draw(measurement) == Picture(view_of(explorer)).draw(measurement)


def test_a_picture_fits_an_output_and_has_whole_pixels_at_every_density(explorer, picture):
    width, height = page_size(view_of(explorer))
    assert width <= OUTPUT
    for density in DENSITIES:
        picture.figure.set_dpi(PAGE_DPI * density)
        size = picture.figure.canvas.get_width_height(physical=True)
        assert size == (density * width, density * height)
