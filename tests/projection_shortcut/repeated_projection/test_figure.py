"""The gradient of all paths, that of the shortcuts alone and the prediction keep to their looks."""

import numpy as np

from lessons.drawing.style import RESIDUAL, THEORY
from lessons.projection_shortcut.repeated_projection.figure import DECADES, SHORTCUT
from tests.looks import curve, curves, shown, titled


def test_norms_correlation_and_values_are_in_their_looks():
    for figure, m, view in shown("repeated_projection_explorer"):
        norms = titled(figure, "Gradient at state")
        top = view.decades[-1].get_text()
        decades = int(top.removeprefix("$10^{").removesuffix("}$"))
        assert decades in DECADES
        for look, values in (
            (RESIDUAL, m.gradient_norm),
            (SHORTCUT, m.direct_norm),
            (THEORY, m.predicted_norm),
        ):
            if values is None:
                assert not curves(norms, look)
            else:
                np.testing.assert_allclose(10 ** (decades * curve(norms, look)), values)
        np.testing.assert_allclose(curve(titled(figure, "direction"), RESIDUAL), m.correlation)
        product = curve(titled(figure, "multiplied"), SHORTCUT)
        np.testing.assert_allclose(product, m.product_values / m.product_values[0])
        rank = float((m.product_values**2).sum() / m.product_values[0] ** 2)
        assert view.rank.get_text() == f"{rank:.1f} of 64"
