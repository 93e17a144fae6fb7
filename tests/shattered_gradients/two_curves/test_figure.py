"""Each kind's curve and number stand in its own axes and colour."""

import numpy as np
from matplotlib.colors import same_color

from lessons.drawing.style import line
from lessons.shattered_gradients.two_curves.figure import REACHES
from lessons.shattered_gradients.two_curves.measurement import agreed
from tests.looks import curve, shown, titled


def test_each_kind_has_its_curve_and_its_number():
    for figure, m, _ in shown("two_curves_explorer"):
        for arm, kind in enumerate(("plain", "residual")):
            axes, look = titled(figure, kind.capitalize()), line(kind) | {"linestyle": "-"}
            drawn = curve(axes, look)
            np.testing.assert_allclose(drawn, np.clip(m.curves[arm], -REACHES, REACHES))
            (number,) = (text for text in axes.texts if text.get_text())
            assert number.get_text() == f"neighbours {agreed(m.agreement[arm])}"
            assert same_color(number.get_color(), look["color"])
