"""Every network's errors are in its own look, while training and against the learning rate."""

import numpy as np

from lessons.drawing.style import KINDS
from lessons.residual_block.identity.figure import CEILING, FLOOR, STYLES
from tests.looks import across, curve, marks, pale, shown, titled


def clipped(errors):
    return np.clip(errors, FLOOR, CEILING / 1.2)


def test_plain_and_residual_look_as_everywhere():
    assert STYLES["plain"] == KINDS["plain"] and STYLES["residual"] == KINDS["residual"]


def test_every_networks_errors_are_in_its_look():
    for figure, m, _ in shown("identity_explorer"):
        training, rates = titled(figure, "While training"), titled(figure, "same trials")
        for arm, name in enumerate(m.arms):
            look, errors = STYLES[name], m.errors[arm]
            best = np.median(errors[:, :, -1], 1).argmin()
            if name != "rigged":  # its key is a line of the same look
                np.testing.assert_allclose(
                    curve(training, look), clipped(np.median(errors[best], 0))
                )
                np.testing.assert_allclose(across(training, look), 100 * m.step / m.steps)
            np.testing.assert_allclose(
                marks(training, look)[0][:, 1], clipped(np.median(errors[best, :, -1:], 0))
            )
            np.testing.assert_allclose(pale(training, look), clipped(errors[best]))
            np.testing.assert_array_equal(across(rates, look), m.learning_rates)
            np.testing.assert_allclose(curve(rates, look), clipped(np.median(errors[..., -1], 1)))
            np.testing.assert_allclose(
                marks(rates, look)[0][:, 1], clipped(errors[..., -1]).ravel()
            )
