"""Networks without skips are in the plain look, those with them in the residual one."""

import numpy as np

from lessons.drawing.log_scale import as_decades
from lessons.drawing.style import PLAIN, RESIDUAL
from tests.looks import across, curve, shown, titled


def test_each_kind_is_in_its_look():
    for figure, m, view in shown("growth_explorer"):
        axes = titled(figure, "Squared gradient")
        for look, found in ((PLAIN, m.plain), (RESIDUAL, m.residual)):
            expected = view.scale.place(as_decades(np.median(found, 0)))
            np.testing.assert_allclose(curve(axes, look), expected)
            np.testing.assert_array_equal(across(axes, look), range(m.depth + 1))
