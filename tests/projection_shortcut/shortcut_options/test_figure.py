"""Every option's errors, losses and parameters stand at its place and in its look."""

import numpy as np

from lessons.drawing.style import BLACK, KINDS
from lessons.projection_shortcut.shortcut_options.figure import ERRORS, LOSSES, NAMES, STYLES
from tests.looks import across, curve, marks, titled, trained


def test_without_a_skip_is_plain_and_with_the_identity_residual():
    looks = dict(zip(NAMES, STYLES, strict=True))
    assert looks["no skip"] == KINDS["plain"] and looks["A"] == KINDS["residual"]


def test_every_option_is_in_its_place_and_look():
    for figure, m, _ in trained("shortcut_options_explorer"):
        points, losses = titled(figure, "a point per seed"), titled(figure, "Training loss")
        places = dict(zip(NAMES, points.get_xticks(), strict=True))
        assert [label.get_text() for label in points.get_xticklabels()] == list(NAMES)
        for row, (name, look) in enumerate(zip(m.options, STYLES, strict=True)):
            errors = np.clip(100 * m.errors[row], *ERRORS)
            (drawn,) = marks(points, look)
            np.testing.assert_allclose(drawn[:, 1], errors)
            assert np.abs(drawn[:, 0] - places[name]).max() < 0.5
            np.testing.assert_allclose(
                curve(losses, look), np.clip(np.median(m.losses[row], 0), *LOSSES)
            )
            np.testing.assert_allclose(across(losses, look), 100 * m.step / m.step[-1])
            (count,) = (t for t in points.texts if t.get_position()[0] == places[name])
            assert count.get_text() == str(m.parameters[row])
            bars = [
                line.get_ydata()[0]
                for line in points.get_lines()
                if line.get_color() == BLACK and np.mean(line.get_xdata()) == places[name]
            ]
            np.testing.assert_allclose(bars, [np.clip(np.median(errors), *ERRORS)])
