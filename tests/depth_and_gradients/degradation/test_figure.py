"""Plain and residual errors and gradients are in their own looks, training and test apart."""

import numpy as np
import pytest

from lessons.drawing.log_scale import as_decades
from lessons.drawing.style import KINDS
from tests.looks import across, curve, marks, pale, titled, trained


@pytest.mark.slow
def test_errors_and_gradients_are_in_the_look_of_their_kind():
    for figure, m, view in trained("degradation_explorer"):
        for arm, kind in enumerate(("plain", "residual")):
            gradients = view.scale.place(as_decades(m.gradients))[arm]
            train, test = (of_best(m, arm, errors) for errors in (m.train_errors, m.test_errors))
            look = KINDS[kind] | {"marker": ""}
            for title, values in (("Before training", gradients), ("After training", train)):
                axes = titled(figure, title)
                np.testing.assert_allclose(curve(axes, look), np.median(values, 1))
                np.testing.assert_array_equal(across(axes, look), m.depths)
                (points,) = marks(axes, KINDS[kind])
                np.testing.assert_allclose(points[:, 1], values.ravel())
                depths = np.repeat(m.depths, values.shape[1])
                assert np.abs(points[:, 0] - depths).max() < 0.5
            (faint,) = pale(titled(figure, "After training"), look)
            np.testing.assert_allclose(faint, np.median(test, 1))


def of_best(m, arm, errors):
    """In per cent at the rate with the least median training error, (depths, seeds)."""
    best = np.median(m.train_errors, axis=3).argmin(axis=2)[arm]
    return 100 * np.array([errors[arm, depth, rate] for depth, rate in enumerate(best)])
