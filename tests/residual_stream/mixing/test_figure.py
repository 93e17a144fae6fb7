"""Every ribbon has the parts of its own stream, and each curve its own singular value."""

import numpy as np
import pytest

from lessons.drawing.log_scale import as_decades
from lessons.drawing.style import THEORY
from lessons.residual_stream.mixing.experiment import BLOCKS, measure_mixing
from lessons.residual_stream.mixing.figure import COLOURS, GAIN, RIBBON, SECOND
from lessons.residual_stream.mixing_matrices import KINDS
from tests.looks import areas, curves, shown, titled


def height(outline, place):
    """Of an area at this abscissa: its upper edge is its first half."""
    upper, lower = np.split(outline[: 2 * (len(outline) // 2)], 2)
    lower = lower[::-1]
    return np.interp(place, *upper.T) - np.interp(place, *lower.T)


def test_every_ribbon_has_the_parts_of_its_own_stream_in_their_colours():
    for figure, m, _ in shown("mixing_explorer"):
        axes = titled(figure, "What each stream is made of")
        for part, colour in enumerate(COLOURS):
            outlines = areas(axes, colour)
            assert len(outlines) == 4
            middles = [outline[:, 1].mean() for outline in outlines]
            assert middles == sorted(middles, reverse=True)
            for stream, outline in enumerate(outlines):
                for block in (0, m.block // 2, m.block):
                    expected = RIBBON * m.shares[block, stream, part]
                    assert height(outline, block) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_stand_beside_the_ribbons_with_their_signs(kind, mixing_view):
    m = measure_mixing(kind, 9)
    mixing_view.show(m)
    found = [
        [int(text.get_text().replace("−", "-")) for text in row]
        for row in mixing_view.ribbons.numbers
    ]
    np.testing.assert_allclose(found, np.sign(m.products[9]) * 100 * m.shares[9], atol=0.5)


def test_what_has_a_minus_is_hatched_there_and_only_there(mixing_view):
    m = measure_mixing("orthogonal", 12)
    mixing_view.show(m)
    middles = m.shares.cumsum(-1) - m.shares / 2
    for block in range(13):
        place = min(max(block, 0.1), 11.9)
        for stream, part in np.ndindex(4, 4):
            depth = np.interp(place, range(BLOCKS + 1), middles[:, stream, part])
            point = place, 3 + RIBBON - stream - RIBBON * depth
            hatched = mixing_view.ribbons.minus.get_path().contains_point(point)
            assert hatched == (m.products[block, stream, part] < 0)
    mixing_view.show(measure_mixing("doubly stochastic", 12))
    assert not len(mixing_view.ribbons.minus.get_path().vertices)


def test_each_curve_is_its_own_singular_value_up_to_the_chosen_block():
    for figure, m, view in shown("mixing_explorer"):
        axes = titled(figure, "How strongly")
        upto = slice(m.block + 1)
        for look, found in ((GAIN, m.gain), (SECOND, m.second), (THEORY, m.predicted)):
            found = np.full(BLOCKS + 1, np.nan) if found is None else found
            expected = view.scale.place(as_decades(found[upto]))
            (line,) = (c for c in curves(axes, look) if len(c.get_xdata()) > 2)  # not that at 1
            np.testing.assert_allclose(line.get_ydata(), expected)
            np.testing.assert_array_equal(line.get_xdata(), range(m.block + 1))


@pytest.fixture(scope="module")
def mixing_view():
    return next(shown("mixing_explorer")).view
