"""Every arm's curve is in its look, and above its mark stands its error, in parts."""

import numpy as np
import pytest
from matplotlib.colors import same_color

from lessons.deep_or_ensemble.architecture_styles import STYLES
from lessons.deep_or_ensemble.architectures import NAMES
from lessons.deep_or_ensemble.bias_variance.figure import CEILING, FLOOR
from lessons.drawing.style import ERROR, KINDS
from tests.looks import curve, marks, shown, trained


def curves_and_bars(figure):
    left, right = figure.axes
    return left, right


def test_deep_and_plain_look_as_everywhere_and_no_part_of_an_error_does():
    assert STYLES["deep"] == KINDS["residual"] and STYLES["plain"] == KINDS["plain"]
    assert ERROR not in {look["color"] for look in (*KINDS.values(), *STYLES.values())}


@pytest.mark.slow
def test_every_arms_curve_is_in_its_look():
    for figure, m, _ in trained("bias_variance_explorer"):
        left, _ = curves_and_bars(figure)
        for arm, name in enumerate(m.arms):
            stop, rate = m.picks[arm]
            errors = np.clip(m.error[arm, :, rate].mean(-1), FLOOR * 1.02, CEILING / 1.05)
            np.testing.assert_allclose(curve(left, STYLES[name]), errors)
            (mark,) = marks(left, STYLES[name])
            np.testing.assert_allclose(mark, [[100 * m.stops[stop] / m.steps, errors[stop]]])


def test_above_an_arms_mark_stands_its_error():
    for figure, m, _ in trained("bias_variance_explorer"):
        _, right = curves_and_bars(figure)
        for arm, name in enumerate(m.arms):
            (mark,) = marks(right, STYLES[name])
            place = mark[0, 0]
            assert place == NAMES.index(name)
            shades = [bar for bar in right.patches if bar.get_x() + bar.get_width() / 2 == place]
            assert all(same_color(bar.get_facecolor()[:3], ERROR) for bar in shades)
            top, (stop, rate) = right.get_ylim()[1], m.picks[arm]
            common, runs, members = sorted(shades, key=lambda bar: -(bar.get_alpha() or 1))
            ends = np.maximum(m.parts[arm], 0).cumsum().clip(0, top)
            drawn = [bar.get_y() + bar.get_height() for bar in (common, runs, members)]
            np.testing.assert_allclose(drawn, ends)
            (rings,) = (
                line.get_ydata()
                for line in right.get_lines()
                if line.get_marker() == "o" and len(line.get_xdata()) > 1
                if abs(np.mean(line.get_xdata()) - place) < 1e-9
            )
            np.testing.assert_allclose(rings, m.error[arm, stop, rate].clip(0, top))


def test_before_training_there_is_neither():
    *_, (figure, m, view) = shown("bias_variance_explorer")
    assert not len(m.stops) and all(note.get_visible() for note in view.untrained)
    assert not any(bar.get_visible() for bar in figure.axes[1].patches)
