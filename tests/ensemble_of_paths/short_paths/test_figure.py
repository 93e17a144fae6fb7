"""Networks trained on all paths and on short ones keep to their looks, in both axes."""

from math import comb

import numpy as np

from lessons.drawing.style import RESIDUAL
from lessons.ensemble_of_paths.short_paths.figure import ARM_STYLES
from tests.looks import across, curve, pale, shown, titled


def test_training_on_all_blocks_looks_residual():
    assert ARM_STYLES[0] == RESIDUAL


def test_lengths_and_errors_are_in_the_look_of_their_arm():
    for figure, m, _ in shown("short_paths_explorer"):
        lengths, errors = titled(figure, "Lengths"), titled(figure, "Test error")
        for look, blocks in zip(ARM_STYLES, (m.blocks, m.kept), strict=False):
            counts = np.array([float(comb(blocks, length)) for length in range(blocks + 1)])
            np.testing.assert_allclose(curve(lengths, look), counts / counts.max())
        for look, found in zip(ARM_STYLES, 100 * m.errors, strict=True):
            np.testing.assert_allclose(curve(errors, look), np.median(found, 0))
            np.testing.assert_array_equal(across(errors, look), m.step)
            np.testing.assert_allclose(pale(errors, look), found)
