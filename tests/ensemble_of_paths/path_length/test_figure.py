"""Each way of adding has its look, its share and its mean length; counts and norms keep apart."""

import numpy as np

from lessons.drawing.style import BLACK, GREY
from lessons.ensemble_of_paths.path_length.figure import SIGNAL, WAY_STYLES
from lessons.ensemble_of_paths.path_length.measurement import WAYS
from lessons.formatting import number
from tests.looks import curve, shown, titled


def to_peak(share):
    return share / share.max()


def test_every_way_is_in_its_look():
    for figure, m, view in shown("path_length_explorer"):
        axes, there = titled(figure, "Share of the gradient"), m.counts > 0
        shares = (m.vectors, m.squares, np.sqrt(m.squares * m.counts))
        for way, (look, share) in enumerate(zip(WAY_STYLES, shares, strict=True)):
            np.testing.assert_allclose(curve(axes, look), to_peak(share)[there])
            bar = view.ranges[way]
            assert bar.get_color() == look["color"]
            first, last = m.range_of(way)
            assert tuple(bar.get_xdata()) == (first - 0.4, last + 0.4)
        np.testing.assert_allclose(curve(axes, SIGNAL), to_peak(m.signal)[there])


def test_counts_and_norms_are_in_their_axes():
    for figure, m, _ in shown("path_length_explorer"):
        there, solid = m.counts > 0, {"linestyle": "-"}
        many = curve(titled(figure, "How many"), solid | {"color": GREY})
        np.testing.assert_allclose(many, m.counts[there])
        norms = curve(titled(figure, "Norm of one"), solid | {"color": BLACK})
        expected = m.single_norms[there] / m.single_norms[there][0]
        np.testing.assert_allclose(norms, np.maximum(expected, norms.min()))


def test_mean_lengths_stand_beside_their_names():
    for figure, m, view in shown("path_length_explorer"):
        names = [legend.get_texts()[0].get_text() for legend in figure.legends]
        assert names == [*WAYS, "forward signal: s", "all paths"]
        lengths = np.arange(len(m.counts))
        laws = (m.vectors, m.squares, np.sqrt(m.squares * m.counts), m.signal, m.counts)
        means = [number(float(law @ lengths / law.sum())) for law in laws]
        assert [text.get_text() for text in view.means] == means
