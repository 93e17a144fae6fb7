"""Every column shows the signal that it names, in the look of its kind."""

import numpy as np

from lessons.drawing.style import line
from lessons.formatting import plural
from lessons.shattered_gradients.gradient_curve.figure import REACHES
from lessons.shattered_gradients.gradient_curve.measurement import SIGNALS
from tests.looks import curve, shown, titled

KINDS = ("plain", "plain", "residual", "noise", "noise")


def test_every_column_shows_what_it_names():
    for figure, m, _ in shown("gradient_curve_explorer"):
        depths = (1, m.depth, m.depth, None, None)
        lower = [axes for axes in figure.axes if axes.get_xlabel().startswith("lag")]
        for signal, (name, kind, depth) in enumerate(zip(SIGNALS, KINDS, depths, strict=True)):
            upper = titled(figure, name)
            drawn = curve(upper, line(kind) | {"linestyle": "-"})
            np.testing.assert_allclose(drawn, np.clip(m.curves[signal], -REACHES, REACHES))
            below = next(axes for axes in lower if axes.bbox.x0 == upper.bbox.x0)
            found = m.autocorrelations[:, signal]
            np.testing.assert_allclose(curve(below, line(kind)), found.mean(0))
            words = [text.get_text() for text in upper.texts]
            assert depth is None or plural(depth, "layer") in words
            (band,) = (c for c in below.collections if len(c.get_color()))
            assert band.get_visible() == (len(found) > 1)
            if len(found) > 1:
                ends = np.array(band.get_segments())[:, :, 1]
                np.testing.assert_allclose(ends.T, np.quantile(found, (0.25, 0.75), axis=0))
