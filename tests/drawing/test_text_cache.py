"""A stamp is what matplotlib draws, wherever it goes, and is drawn once."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from lessons.drawing import text_cache
from lessons.drawing.text_cache import MOST, Stamps

SIZE = 200, 100  # pixels


def canvas_with(*args, **kwargs):
    canvas = FigureCanvasAgg(Figure(figsize=(2, 1), dpi=100))
    return canvas, canvas.figure.text(*args, **kwargs)


def pixels(canvas):
    return np.asarray(canvas.buffer_rgba()).astype(int)


def stamped(kept, place, words, **look):
    canvas, text = canvas_with(*np.divide(place, SIZE), words, **look)
    kept.draw(text, canvas.get_renderer())
    return pixels(canvas)


@pytest.mark.parametrize("words", ["depth 12", "$h_{12}$", "two\nlines"])
@pytest.mark.parametrize(
    "look",
    [{}, {"ha": "center", "va": "center"}, {"ha": "right", "color": "#0072B2", "alpha": 0.5}],
)
def test_a_stamp_is_what_matplotlib_draws_on_whole_pixels(words, look):
    canvas, text = canvas_with(0.5, 0.4, words, **look)
    text.draw(canvas.get_renderer())
    assert pixels(canvas)[..., 3].max() > 100  # something is drawn
    assert np.abs(stamped(Stamps(), (100, 40), words, **look) - pixels(canvas)).max() <= 2


def test_the_second_time_and_elsewhere_it_is_the_same():
    kept = Stamps()
    here, there = stamped(kept, (20, 40), "s = 3.2"), stamped(kept, (70, 60), "s = 3.2")
    np.testing.assert_array_equal(np.roll(here, (-20, 50), (0, 1)), there)


def test_looks_are_told_apart():
    kept = Stamps()
    looks = (
        {},
        {"color": "red"},
        {"fontsize": 7},
        {"fontweight": "bold"},
        {"rotation": 90},
        {"ha": "right"},
        {"alpha": 0.3},
    )
    pictures = [stamped(kept, (100, 40), "four", **look).tobytes() for look in looks]
    assert len(set(pictures)) == len(looks)


def test_a_text_keeps_its_place_and_a_known_one_is_not_drawn_again(monkeypatch):
    canvas, text = canvas_with(0.3, 0.4, "once")
    kept, drawn = Stamps(), []
    draw = Text.draw
    monkeypatch.setattr(
        Text, "draw", lambda self, renderer: (drawn.append(self), draw(self, renderer))
    )
    for _ in range(3):
        kept.draw(text, canvas.get_renderer())
    assert drawn == [text] and text.get_position() == (0.3, 0.4)


def test_an_empty_text_draws_nothing_and_the_store_stays_small(monkeypatch):
    monkeypatch.setattr(text_cache, "MOST", 5)
    kept = Stamps()
    assert not stamped(kept, (100, 40), "")[..., 3].any()
    for number in range(12):
        stamped(kept, (100, 40), str(number))
    assert 0 < len(kept._kept) <= 5 < MOST
