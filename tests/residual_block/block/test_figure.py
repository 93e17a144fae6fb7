"""The plain image is where plain belongs, and so are its distance and its colour."""

import numpy as np
from matplotlib.colors import same_color

from lessons.drawing.style import INPUT, KINDS
from lessons.formatting import number
from tests.looks import marks, shown


def plane(figure, colour, among=None):
    """The axes with a grid in this colour, and its rows and columns, (lines, points, 2)."""
    (found,) = (
        (axes, np.array(grid.get_segments()))
        for axes in figure.axes
        if axes.get_xlabel() and among in (None, axes)
        for grid in axes.collections
        if same_color(grid.get_color()[0, :3], colour)
    )
    return found


def test_each_plane_shows_its_own_network_in_its_own_colour():
    for figure, m, _ in shown("block_explorer"):
        for kind, image, distance, title in (
            ("plain", m.plain, m.plain_distance, "Without skips"),
            ("residual", m.residual, m.residual_distance, "With skips"),
        ):
            axes, drawn = plane(figure, KINDS[kind]["color"])
            scale = 2.0 ** np.rint(np.log2(np.abs(image).max() / np.abs(drawn).max()))
            np.testing.assert_allclose(drawn * scale, [*image, *image.swapaxes(0, 1)], rtol=1e-5)
            _, before = plane(figure, INPUT["color"], axes)
            zoomed = [*m.grid, *m.grid.swapaxes(0, 1)]
            np.testing.assert_allclose(before * scale, zoomed, atol=1e-6)
            (corner,) = marks(axes, KINDS[kind])
            np.testing.assert_allclose(corner[0] * scale, image[-1, -1], rtol=1e-5)
            words = " ".join(text.get_text() for text in axes.texts)
            assert f"all 64 directions: {number(distance)}" in words
            assert title in words or (kind == "residual" and not m.topology.skips)
