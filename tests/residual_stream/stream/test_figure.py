"""Which data each letter has."""

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

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
        assert [letter.get_text() for letter in half.letters[:5]] == list("abcde")
        colour = KINDS[kind]["color"]
        dark = [darkness(letter.get_color(), colour) for letter in half.letters[:5]]
        wanted = PALEST + (1 - PALEST) * np.append(1, m.chances[network, 2])
        np.testing.assert_allclose(dark, wanted, atol=0.05)


def test_the_guesses_stand_under_the_characters_that_they_are_for():
    half = shown(made_up()).halves[0]
    assert [guess.get_text() for guess in half.guesses[:6]] == ["", "b", "c", "d", "␣", ""]
    xs = [artist.get_position()[0] for artist in (half.letters[3], half.guesses[3])]
    assert xs[0] == xs[1]
    assert half.count.get_text() == "3 of 4 right"


def test_what_is_right_is_black():
    half = shown(made_up()).halves[0]
    black = [guess.get_color() == "#000000" for guess in half.guesses[1:5]]
    assert black == [True, True, True, False]


def test_a_shorter_text_leaves_nothing_of_a_longer_one():
    view = shown(made_up())
    chances = np.ones((2, 3, 1))
    short = StreamMeasurement(
        text="ab",
        branch=0,
        step=0,
        steps=1,
        chances=chances,
        guesses=(("b",) * 3, ("b",) * 3),
    )
    view.show(short)
    for half in view.halves:
        assert [a.get_text() for a in half.letters[:4]] == ["a", "b", " ", " "] or [
            a.get_text() for a in half.letters[:4]
        ] == ["a", "b", "", ""]
        assert all(not guess.get_text() for guess in half.guesses[2:])
