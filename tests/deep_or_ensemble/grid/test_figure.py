"""A clear verdict is in the colour of the arm that is better, on its side of 1."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import same_color

from lessons.deep_or_ensemble.architecture_styles import STYLES
from lessons.deep_or_ensemble.architectures import NAMES
from lessons.drawing.style import GREY
from tests.looks import marks, shown, titled


def settings():
    """The panel's, and one with arm and rival the other way round."""
    for figure, m, view in shown("grid_explorer"):
        yield figure, m, view
    other = replace(m, arm=m.rival, rival=m.arm)
    view.show(other)
    yield figure, other, view


def geometric_means(m, name):
    """Of the errors of an arm in every cell."""
    cells = [m.cells[(*place, name)].error for place in m.comparisons]
    return np.exp(np.log(cells).mean(1))


@pytest.mark.slow
def test_a_clear_verdict_is_in_the_better_ones_colour_and_on_its_side():
    for figure, m, view in settings():
        axes = figure.axes[0]
        ratios = geometric_means(m, m.arm) / geometric_means(m, m.rival)
        colours = {
            "arm": STYLES[m.arm]["color"],
            "rival": STYLES[m.rival]["color"],
            "not clear": GREY,
        }
        segments, drawn = view.intervals.get_segments(), view.intervals.get_colors()
        for row, (ratio, height, verdict) in enumerate(
            zip(ratios, axes.get_yticks(), m.verdicts, strict=True)
        ):
            marker = {"arm": "<", "rival": ">", "not clear": "o"}[verdict]
            points = np.concatenate(marks(axes, {"marker": marker, "color": colours[verdict]}))
            assert np.isclose(points, [ratio, height]).all(1).any()
            assert verdict == "not clear" or (verdict == "arm") == (ratio < 1)
            for part, ends in ((0, m.ratios[row, 1:3]), (1, m.ratios[row, 3:])):
                np.testing.assert_allclose(segments[2 * row + part][:, 0], ends.clip(0.1, 10))
                assert same_color(drawn[2 * row + part], colours[verdict])


def test_the_shaded_row_is_the_one_whose_errors_are_shown():
    for figure, m, view in settings():
        row = m.comparisons.index((m.row, m.examples))
        middle = view.here.get_y() + view.here.get_height() / 2
        np.testing.assert_allclose(middle, figure.axes[0].get_yticks()[row])


def test_the_sides_bear_the_names_of_the_better_ones():
    for _, m, view in settings():
        assert view.left.get_text() == f"◂ {m.arm} better" and view.left.get_ha() == "left"
        assert view.right.get_text() == f"{m.rival} better ▸" and view.right.get_ha() == "right"


def test_every_arms_errors_are_in_its_look_and_above_its_name():
    for figure, m, _ in settings():
        axes = titled(figure, "All arms")
        for place, name in enumerate(NAMES):
            assert axes.get_xticklabels()[place].get_text().replace("\n", " ") == name
            errors = m.cells[(m.row, m.examples, name)].error
            (points,) = marks(axes, STYLES[name])
            np.testing.assert_allclose(points[:, 1], errors)
            assert np.abs(points[:, 0] - place).max() < 0.5
