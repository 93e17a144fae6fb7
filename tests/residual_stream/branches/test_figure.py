"""Every mark stands where its lesion's surprise is, every level where its network's is."""

import numpy as np
import pytest
from matplotlib.colors import same_color

from lessons.drawing.style import KINDS
from lessons.residual_stream.branches.figure import COLOUR, PARTS
from tests.looks import curve, marks, shown

FIGURES = "branches_explorer"


def test_each_branch_has_its_part_and_its_surprise():
    for figure, m, _ in shown(FIGURES):
        axes, colour = figure.axes[0], KINDS["residual"]["color"]
        for first, (_, mark) in enumerate(PARTS):  # attention comes first in a layer
            (found,) = marks(axes, dict(color=colour, marker=mark))
            np.testing.assert_array_equal(found[:, 0], np.arange(1 + first, 11, 2))
            np.testing.assert_allclose(found[:, 1], m.single[first::2])
        (found,) = marks(axes, dict(color="#5C5C5C", marker="d"))
        np.testing.assert_array_equal(found[:, 0], np.arange(1, 10) + 0.5)
        np.testing.assert_allclose(found[:, 1], m.neighbours)


def test_every_level_is_named_with_its_number():
    for _, m, view in shown(FIGURES):
        worth = view.worth
        assert worth.whole.name.get_text() == f"all branches: {m.whole:.2f}"
        assert worth.plain.name.get_text() == f"no skips: {m.plain:.2f}"
        wanted = "" if m.is_whole else f"damaged: {m.surprise:.2f}"
        assert worth.now.name.get_text() == wanted


def test_levels_have_the_colours_of_their_networks():
    for figure, m, _ in shown(FIGURES):
        for kind, level in (("residual", m.whole), ("plain", m.plain)):
            assert curve(figure.axes[0], KINDS[kind]) == pytest.approx(level)


def test_the_level_of_the_damaged_network_stays_in_the_axes_and_its_name_beside_others():
    for figure, m, view in shown(FIGURES):
        now, others = view.worth.now, (view.worth.whole, view.worth.plain)
        if m.is_whole:
            assert not len(now.line.get_xdata())
            continue
        low, high = figure.axes[0].get_ylim()
        assert now.line.get_ydata()[0] == pytest.approx(min(m.surprise, high))
        heights = [abs(now.name.get_position()[1] - one.name.get_position()[1]) for one in others]
        assert min(heights) > 0.15 and low < now.name.get_position()[1] < high


def test_what_is_damaged_is_ringed():
    for _, m, view in shown(FIGURES):
        found = view.worth.chosen.get_xydata()
        wanted = [(branch, m.single[branch - 1]) for branch in m.deleted]
        wanted += [(m.exchanged + 0.5, m.neighbours[m.exchanged - 1])] * bool(m.exchanged)
        np.testing.assert_allclose(found.reshape(-1, 2), np.reshape(wanted, (-1, 2)))


def test_an_expected_character_is_darker_and_a_right_guess_has_the_colour():
    for _, m, view in shown(FIGURES):
        letters, guesses = (row.artist for row in (view.text.letters, view.text.guesses))
        light = letters.get_facecolor()[1:, :3].sum(1)
        assert (np.diff(light[np.argsort(m.chances)]) <= 1e-6).all()
        own = [same_color(each, COLOUR) for each in guesses.get_facecolor()[1:]]
        assert own == [a == b for a, b in zip(m.guesses, m.line[1:], strict=True)]
        assert view.text.letters.text == m.line
