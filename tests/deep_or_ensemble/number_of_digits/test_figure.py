"""Every arm's runs and means are in its look; the better one is called so."""

import numpy as np
from matplotlib.colors import same_color

from lessons.deep_or_ensemble.architecture_styles import STYLES
from lessons.deep_or_ensemble.number_of_digits.figure import PLACES
from tests.looks import curve, marks, shown, titled


def test_runs_and_means_are_those_of_the_arms():
    for figure, m, view in shown("number_of_digits_explorer"):
        by_size = titled(figure, "Means, by number of digits")
        arms = ("deep", m.ensemble, m.ensemble)
        for number, arm in enumerate(arms):
            here = [
                points
                for points in marks(view.runs, STYLES[arm])
                if np.abs(points[:, 0] - number).max() < 0.5
            ]
            np.testing.assert_allclose(here[0][:, 1], m.here[number])
        for number, arm in enumerate(arms[:2]):
            np.testing.assert_allclose(curve(by_size, STYLES[arm]), m.errors[:, number].mean(1))
            assert same_color(view.names[number].get_color(), STYLES[arm]["color"])
        assert view.names[1].get_text() == m.ensemble_in_words
        ticks = [label.get_text() for label in view.runs.get_xticklabels()]
        assert ticks == list(PLACES.values())


def test_pairs_join_runs_of_one_seed():
    for _, m, view in shown("number_of_digits_explorer"):
        ends = np.array(view.pairs.get_segments())[:, :, 1]
        np.testing.assert_allclose(ends.T, m.here[:2])


def test_the_better_one_is_called_so_in_its_colour_and_nobody_if_it_is_not_clear():
    for _, m, view in shown("number_of_digits_explorer"):
        assert view.better.get_visible() == (m.verdict != "not clear")
        if view.better.get_visible():
            place = round(view.better.get_position()[0])
            arm = ("deep", m.ensemble)[place]
            assert place == ["arm", "rival"].index(m.verdict)
            assert same_color(view.better.get_color(), STYLES[arm]["color"])


def test_the_band_stands_at_the_number_that_is_chosen():
    for _, m, view in shown("number_of_digits_explorer"):
        assert list(view.here.get_xdata()) == [m.digits] * 2
        assert f"{m.digits} digits" in view.title.get_text()
