"""Four networks, each with its own errors in its own look, one block deleted or many."""

import numpy as np

from lessons.drawing.style import KINDS
from lessons.ensemble_of_paths.lesion import measurement
from lessons.formatting import number
from tests.looks import across, areas, curve, pale, titled, trained

LOOKS = dict(
    zip(
        measurement.KINDS,
        (KINDS[kind] for kind in ("plain", "residual", "small β", "pre-norm")),
        strict=True,
    )
)


def test_errors_are_in_the_look_of_their_network():
    for figure, m, _ in trained("lesion_explorer"):
        one, many, order = (
            titled(figure, words) for words in ("One block", "at random", "another order")
        )
        for kind, look in enumerate(LOOKS.values()):
            np.testing.assert_allclose(curve(one, look), 100 * m.tables.single[kind])
            np.testing.assert_array_equal(across(one, look), np.arange(m.blocks) + 1)
            np.testing.assert_array_equal(across(many, look), np.arange(m.blocks))
            np.testing.assert_array_equal(across(order, look), m.taus)
            np.testing.assert_allclose(pale(one, look), [[100 * m.chosen[kind]] * 2])
            for axes, errors in ((many, m.tables.deletions), (order, m.tables.reorderings)):
                np.testing.assert_allclose(curve(axes, look), 100 * np.median(errors[kind], 1))
                (band,) = areas(axes, look["color"])
                ends = 100 * np.quantile(errors[kind], (0.1, 0.9))
                assert band[:, 1].min() <= ends[0] and band[:, 1].max() >= ends[1]
                low, high = 100 * np.quantile(errors[kind], (0.1, 0.9), axis=1)
                np.testing.assert_allclose(
                    [band[:, 1].min(), band[:, 1].max()], [low.min(), high.max()]
                )


def test_the_numbers_beside_a_name_are_that_networks():
    for figure, m, view in trained("lesion_explorer"):
        for kind, (legend, text) in enumerate(zip(figure.legends, view.depths, strict=True)):
            (name,), (handle,) = legend.get_texts(), legend.legend_handles
            assert name.get_text() == measurement.KINDS[kind]
            assert handle.get_color() == LOOKS[name.get_text()]["color"]
            s = number(m.effective_depths[kind])
            assert text.get_text() == f"{100 * m.intact[kind]:.0f} %, s = {s}"


def test_triangles_stand_over_the_blocks_that_are_gone():
    for figure, m, view in trained("lesion_explorer"):
        assert tuple(view.gone.get_xdata()) == m.gone and view.gone.axes in figure.axes
