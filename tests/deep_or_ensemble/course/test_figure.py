"""Every kind's mark stands on its own formula and in its own look, and laws in theirs."""

import numpy as np
import pytest

from lessons.deep_or_ensemble.course.measurement import KINDS, effective_depth
from lessons.drawing.style import OTHER_THEORY, THEORY, line, mark
from tests.looks import curve, marks, shown, titled

LOOKS = ("plain", "residual", "post-norm", "pre-norm", "small β")


@pytest.mark.slow
def test_every_kind_is_in_its_look():
    for figure, m, _ in shown("course_explorer"):
        depth, law = titled(figure, "Effective depth"), titled(figure, "What s does")
        names = [text.get_text() for text in depth.get_legend().get_texts()]
        assert names == list(KINDS)
        for row, (kind, look) in enumerate(zip(KINDS, LOOKS, strict=True)):
            formula = [effective_depth(kind, blocks) for blocks in range(1, 55)]
            np.testing.assert_allclose(curve(depth, line(look)), formula)
            (point,) = marks(depth, mark(look))
            np.testing.assert_allclose(point, [[m.blocks, m.measured[row]]])
            (point,) = marks(law, mark(look))
            s = effective_depth(kind, m.blocks)
            np.testing.assert_allclose(point, [[s, m.measured_correlations[row]]])


def test_laws_are_in_theirs():
    for figure, _, _ in shown("course_explorer"):
        law = titled(figure, "What s does")
        s = np.geomspace(0.4, 80, 80)
        np.testing.assert_allclose(curve(law, THEORY), 2.0**-s)
        np.testing.assert_allclose(curve(law, OTHER_THEORY), np.exp(-s / 2))
