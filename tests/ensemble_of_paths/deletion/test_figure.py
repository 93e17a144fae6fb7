"""Every kind of network has its errors in its look; the grey line stands at the slider."""

import numpy as np

from lessons.drawing.style import KINDS
from tests.looks import across, areas, curve, shown, titled

ORDER = ("plain", "residual", "small β")


def test_every_kind_is_in_its_look():
    for figure, m, view in shown("deletion_explorer"):
        axes = titled(figure, "Wrong answers")
        for kind, errors in zip(ORDER, m.errors, strict=True):
            np.testing.assert_allclose(curve(axes, KINDS[kind]), 100 * np.median(errors, 1))
            np.testing.assert_array_equal(across(axes, KINDS[kind]), range(12))
            (band,) = areas(axes, KINDS[kind]["color"])
            low, high = 100 * np.quantile(errors, (0.1, 0.9), axis=1)
            assert (band[:, 1].min(), band[:, 1].max()) == (low.min(), high.max())
        assert set(view.curves.mark.get_xdata()) == {m.deleted}
