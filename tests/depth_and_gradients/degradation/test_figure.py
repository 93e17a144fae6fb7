"""Plain and residual errors and gradients are in their own looks, training and test apart."""

import numpy as np

from lessons.drawing.log_scale import as_decades
from lessons.drawing.style import KINDS
from tests.looks import across, curve, marks, titled, trained


def test_errors_and_gradients_are_in_the_look_of_their_kind():
    for figure, m, view in trained("degradation_explorer"):
        best = np.median(m.train_errors, axis=3).argmin(axis=2)
        for arm, kind in enumerate(("plain", "residual")):
            rows = range(len(m.depths))
            train, test = (
                100 * np.array([errors[arm, row, best[arm, row]] for row in rows])
                for errors in (m.train_errors, m.test_errors)
            )
            gradients = view.scale.place(as_decades(m.gradients))[arm]
            for title, values in (
                ("Training error", train),
                ("Test error", test),
                ("Before training", gradients),
            ):
                axes = titled(figure, title)
                np.testing.assert_allclose(
                    curve(axes, KINDS[kind] | {"marker": ""}), np.median(values, 1)
                )
                look = KINDS[kind] | {"marker": ""}
                np.testing.assert_array_equal(across(axes, look), m.depths)
                (points,) = marks(axes, KINDS[kind])
                np.testing.assert_allclose(points[:, 1], values.ravel())
                depths = np.repeat(m.depths, values.shape[1])
                assert np.abs(points[:, 0] - depths).max() < 0.5
