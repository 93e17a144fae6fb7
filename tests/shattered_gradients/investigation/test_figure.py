"""Left stands the curve without the change, right the one with it."""

import numpy as np

from lessons.drawing.style import line
from lessons.shattered_gradients.two_curves.figure import REACHES
from lessons.shattered_gradients.two_curves.measurement import agreed
from tests.looks import curve, shown, titled


def test_before_and_after_stand_where_they_are_named():
    for figure, m, _ in shown("investigation_explorer"):
        for number, title in enumerate(("Without the change", "With it")):
            axes = titled(figure, title)
            drawn = curve(axes, line("plain") | {"linestyle": "-"})
            np.testing.assert_allclose(drawn, np.clip(m.curves[number], -REACHES, REACHES))
            assert f"neighbours {agreed(m.agreement[number])}" in [
                text.get_text() for text in axes.texts
            ]
