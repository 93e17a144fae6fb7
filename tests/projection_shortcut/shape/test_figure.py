"""Singular values and states of branch, shortcut and sum are in the colours of each."""

import numpy as np
from matplotlib.colors import same_color

from lessons.drawing.style import BLACK, BLUE, GREEN, KINDS, RESIDUAL, VERMILION
from lessons.projection_shortcut.shape.figure import SHORTCUT
from tests.looks import curve, curves, shown, titled


def test_singular_values_are_in_the_look_of_their_part():
    for figure, m, view in shown("shape_explorer"):
        axes = titled(figure, "stretched")
        limit = float(view.values.numbers[-1].get_text())
        parts = (
            (KINDS["plain"], m.branch_values),
            (SHORTCUT, m.shortcut_values),
            (RESIDUAL, m.sum_values),
        )
        for look, values in parts:
            if values is None:
                assert not curves(axes, look)
            else:
                np.testing.assert_allclose(limit * curve(axes, look), values)


def shade(numbers):
    """1 for the largest of them, 0 for none, which is white."""
    return np.abs(numbers) / np.abs(numbers).max()


def test_boxes_are_framed_in_the_colour_of_what_they_are():
    for _, m, view in shown("shape_explorer"):
        has_matrix = m.W is not None and m.shortcut != "identity"
        expected = {
            BLACK: [m.x],
            VERMILION: [m.branch, *m.weights],
            GREEN: [m.carried, *([m.W] if has_matrix else [])],
            BLUE: [] if m.sum is None else [m.sum],
        }
        frames = list(zip(view.diagram.frames.get_edgecolor(), view.diagram.images, strict=False))
        for colour, boxes in expected.items():
            images = [image for edge, image in frames if same_color(edge, colour)]
            for image, numbers in zip(images, boxes, strict=True):
                drawn = (255 - image.get_array()[..., 0].astype(float)) / 190
                np.testing.assert_allclose(drawn, shade(numbers).reshape(drawn.shape), atol=0.01)


def test_branch_and_sum_look_as_plain_and_residual_do():
    assert (KINDS["plain"]["color"], KINDS["residual"]["color"]) == (VERMILION, BLUE)
