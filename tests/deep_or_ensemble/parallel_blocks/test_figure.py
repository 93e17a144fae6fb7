"""Each task's errors are in its look and under its name; paths are those that are left."""

import numpy as np
import pytest

from lessons.deep_or_ensemble.parallel_blocks.figure import CEILING, FLOOR, TASKS
from lessons.deep_or_ensemble.parallel_blocks.measurement import DEEP, SHALLOW
from lessons.drawing.style import KINDS
from tests.looks import across, curve, pale, titled, trained


@pytest.mark.slow
def test_each_tasks_errors_are_in_its_look():
    rows = {"teacher that needs depth": DEEP, "teacher with 1 hidden layer": SHALLOW}
    for figure, m, _ in trained("parallel_blocks_explorer"):
        axes = titled(figure, "The trained network")
        for name, look in TASKS:
            errors = np.clip(m.error[rows[name]], FLOOR * 1.02, CEILING / 1.05)
            np.testing.assert_allclose(curve(axes, look), errors.mean(1))
            np.testing.assert_array_equal(across(axes, look), np.arange(m.blocks) + 1)
            np.testing.assert_allclose(pale(axes, look), errors.T)
        names = [text.get_text() for text in axes.get_legend().get_texts()]
        assert names == [name for name, _ in TASKS]


def test_paths_are_those_that_are_left():
    for figure, m, view in trained("parallel_blocks_explorer"):
        drawn = curve(titled(figure, "Paths"), KINDS["residual"])
        assert drawn[0] == 2**m.blocks and drawn[-1] == m.blocks + 1
        np.testing.assert_array_equal(drawn, m.paths)
        words = " ".join(note.text.get_text() for note in view.notes)
        assert all(f"{drawn[g - 1]}, up to {m.blocks // g} blocks" in words for g in (1, 2, 4))
