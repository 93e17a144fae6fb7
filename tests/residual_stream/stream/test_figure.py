"""Which data each letter has."""

import numpy as np
import pytest
from matplotlib.colors import same_color, to_rgb
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath

from lessons.drawing.style import KINDS
from lessons.residual_stream.stream.figure import PALEST, StreamView
from lessons.residual_stream.stream.measurement import StreamMeasurement


def made_up(text="abcde"):
    chances = np.linspace(0, 1, 2 * 3 * 4).reshape(2, 3, 4)
    guesses = (("xxxx", "bxxx", "bcd "), ("    ", "eeee", "cccc"))
    return StreamMeasurement(text=text, branch=2, step=1, steps=4, chances=chances, guesses=guesses)


def darkness(colour, reference):
    return np.mean((1 - np.array(colour)) / (1 - np.array(to_rgb(reference)) + 1e-9))


def shown(measurement):
    view = StreamView(Figure())
    view.show(measurement)
    return view


def test_letters_are_as_dark_as_their_chances():
    view, m = shown(made_up()), made_up()
    for network, (half, kind) in enumerate(zip(view.halves, ("residual", "plain"), strict=True)):
        assert half.letters.text == "abcde"
        colours = half.letters.artist.get_facecolor()[:, :3]
        dark = [darkness(each, KINDS[kind]["color"]) for each in colours]
        wanted = PALEST + (1 - PALEST) * np.append(1, m.chances[network, 2])
        np.testing.assert_allclose(dark, wanted, atol=1e-6)


def test_the_guesses_stand_under_the_characters_that_they_are_for():
    half = shown(made_up()).halves[0]
    assert half.guesses.text == " bcd␣"
    places = [row.artist.get_offsets()[:, 0] for row in (half.letters, half.guesses)]
    np.testing.assert_array_equal(*places)
    assert half.count.get_text() == "3 of 4 right"


def test_what_is_right_has_the_colour_of_its_network():
    half = shown(made_up()).halves[0]
    own = [same_color(each, half.colour) for each in half.guesses.artist.get_facecolor()[1:]]
    assert own == [True, True, True, False]


def test_a_letter_is_drawn_where_it_stands_and_as_the_letter_it_is():
    """Its outline is that of the character, and a text has as many as it has characters."""
    half = shown(made_up("abaca")).halves[0]
    outlines = half.letters.artist.get_paths()
    assert outlines[0] is outlines[2] is outlines[4] and outlines[0] is not outlines[1]
    alone = TextPath((0, 0), "a", size=15 / 72, prop={"family": "DejaVu Sans Mono"})
    widths = [np.ptp(path.vertices[:, 0]) for path in (outlines[0], alone)]
    assert widths[0] == pytest.approx(widths[1])
    assert abs(outlines[0].vertices[:, 0].mean()) < 0.03  # inches from the middle


def test_a_shorter_text_leaves_nothing_of_a_longer_one():
    view = shown(made_up())
    looks = dict(branch=0, step=0, steps=1, guesses=(("b",) * 3, ("b",) * 3))
    view.show(StreamMeasurement(text="ab", chances=np.ones((2, 3, 1)), **looks))
    for half in view.halves:
        for row in (half.letters, half.guesses):
            assert len(row.artist.get_paths()) == len(row.artist.get_offsets()) == 2
