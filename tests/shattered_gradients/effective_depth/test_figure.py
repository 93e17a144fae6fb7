"""Every network's points are in its look, against depth and against s; formulas in theirs."""

import numpy as np
import pytest

from lessons.drawing.style import OTHER_THEORY, THEORY, mark
from lessons.shattered_gradients.effective_depth.figure import LOWEST, MARKED, STYLES
from tests.looks import across, curve, marks, shown, titled

KINDS = ("plain", "residual", "small β", "small β", "small β", "pre-norm")


def test_kinds_look_as_everywhere_and_apart():
    for style, kind in zip(STYLES, KINDS, strict=True):
        assert mark(kind).items() <= style.items()
    assert len({str(style) for style in STYLES}) == len(STYLES)


@pytest.mark.slow
def test_every_networks_points_are_in_its_look():
    for figure, m, _ in shown("one_number_explorer"):
        depths, s = titled(figure, "Against depth"), titled(figure, "Against the effective")
        for arm, look in enumerate(STYLES):
            heights = np.maximum(m.correlations[arm], LOWEST / 10)
            for axes, places in ((depths, np.arange(65)), (s, m.effective_depths[arm])):
                small, large = marks(axes, look)
                np.testing.assert_allclose(small.T, [places[MARKED], heights[MARKED]])
                np.testing.assert_allclose(large.T, [[places[m.depth]], [heights[m.depth]]])


def test_formulas_are_in_their_looks():
    for figure, m, _ in shown("one_number_explorer"):
        axes = titled(figure, "Against the effective")
        np.testing.assert_allclose(curve(axes, THEORY), m.large_steps)
        np.testing.assert_array_equal(across(axes, THEORY), m.reference)
        np.testing.assert_array_equal(across(axes, OTHER_THEORY), m.reference)
        np.testing.assert_allclose(curve(axes, OTHER_THEORY), m.small_steps)
