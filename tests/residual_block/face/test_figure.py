"""Each half shows its own network, in its own colour, with its own number."""

import numpy as np
import pytest
from matplotlib.colors import same_color

from lessons.drawing.style import KINDS
from lessons.residual_block.face.measurement import hundredths
from tests.looks import shown


def coloured(figure, colour):
    """The axes with thick lines in this colour, and these lines."""
    ((axes, lines),) = (
        (axes, collection.get_segments())
        for axes in figure.axes
        for collection in axes.collections
        if same_color(collection.get_color()[0, :3], colour)
    )
    return axes, lines


def bars(figure, colour):
    """Both ends of the wide lines in this colour."""
    lines = [line for axes in figure.axes for line in axes.get_lines()]
    return [line.get_xdata() for line in lines if same_color(line.get_color(), colour)]


def test_each_half_shows_its_own_network_in_its_own_colour():
    for figure, m, view in shown("face_explorer"):
        for half, kind, face, mesh, kept in (
            (view.halves[0], "plain", m.plain_face, m.plain_mesh, m.plain_kept),
            (view.halves[1], "residual", m.residual_face, m.residual_mesh, m.residual_kept),
        ):
            colour = KINDS[kind]["color"]
            axes, drawn = coloured(figure, colour)
            scale = np.abs(face[0]).max() / np.abs(drawn[0]).max()
            for line, expected in zip(drawn, face, strict=True):
                np.testing.assert_allclose(line * scale, expected, rtol=1e-4, atol=1e-5 * scale)
            for line, expected in zip(half.mesh.get_segments(), mesh, strict=True):
                np.testing.assert_allclose(line * scale, expected, rtol=1e-4, atol=1e-5 * scale)
            assert (
                max(np.abs(line).max() for line in half.mesh.get_segments()) <= axes.get_ylim()[1]
            )
            assert (scale < 1.05) == (half.scale.get_text() == "")
            ((left, right),) = bars(figure, colour)
            assert (right - left) / 0.4 == pytest.approx(min(max(kept, 0), 1))
            assert half.kept.number.get_text() == hundredths(kept)
            assert same_color(half.kept.number.get_color(), colour)


def test_the_plain_half_stands_on_the_left():
    figure, _, _ = next(shown("face_explorer"))
    kinds = ("plain", "residual")
    lefts = [coloured(figure, KINDS[kind]["color"])[0].get_position().x0 for kind in kinds]
    assert lefts == sorted(lefts)
