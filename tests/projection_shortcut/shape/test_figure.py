"""Singular values and states of branch, shortcut and sum are in the colours of each."""

import numpy as np
from matplotlib.colors import same_color

from lessons.drawing.style import GREEN, KINDS, RESIDUAL
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


def test_states_are_framed_in_the_colour_of_what_they_are():
    for _, m, view in shown("shape_explorer"):
        diagram = view.diagram
        frames = zip(diagram.frames.get_edgecolor(), diagram.images, strict=False)
        states = [(edge, image) for edge, image in frames if image.get_array().shape[1] == 1]
        expected = [(KINDS["plain"]["color"], m.branch), (GREEN, m.carried)]
        expected += [] if m.sum is None else [(RESIDUAL["color"], m.sum)]
        for colour, numbers in expected:
            shades = next(
                image.get_array()[:, 0, 0] for edge, image in states if same_color(edge, colour)
            )
            np.testing.assert_allclose(
                (255 - shades.astype(float)) / 190,
                np.abs(numbers) / np.abs(numbers).max(),
                atol=0.01,
            )
