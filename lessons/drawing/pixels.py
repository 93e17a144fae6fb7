"""A matrix of colours without resampling: matplotlib's own image takes ten times as long to
draw.
"""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes


class Pixels(Artist):
    """Fills its axes with the cells of a matrix, row 0 at the bottom; a cell is a block of whole
    pixels.
    """

    def __init__(self, axes: Axes):
        super().__init__()
        self._cells = np.zeros((1, 1, 4), np.uint8)
        axes.add_artist(self)

    def set_data(self, cells: np.ndarray) -> None:
        """cells is (rows, columns, 4), uint8: red, green, blue, alpha."""
        self._cells = np.ascontiguousarray(cells)

    def draw(self, renderer) -> None:
        """Called by matplotlib."""
        assert self.axes is not None  # an artist is drawn by the axes that it is in
        left, bottom, right, top = np.rint(self.axes.bbox.extents).astype(int)
        words = self._cells.view(np.uint32)[..., 0]  # a pixel at a time, not a byte
        spread = words[:, _nearest(right - left, words.shape[1])][
            _nearest(top - bottom, len(words))
        ]
        context = renderer.new_gc()
        renderer.draw_image(context, left, bottom, spread.view(np.uint8).reshape(*spread.shape, 4))
        context.restore()


def _nearest(pixels, cells):
    """Which cell each pixel lies in."""
    return np.arange(pixels) * cells // pixels
