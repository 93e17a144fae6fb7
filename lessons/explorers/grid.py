"""Lesson 6: what the full grid says, depth or ensemble. Nothing is trained here."""

from ..arms import NAMES
from ..experiments.grid import measure_grid
from ..figures.grid import GridView
from ..grid_store import ROWS
from .controls import Choice, Slider
from .explorer import Explorer


def grid_explorer(**start) -> Explorer:
    """Any two arms compared in all cells of the stored grid, and all arms in one.

    Keywords give starting values: arm, rival, row (the task) and size (1 few ... 3 many examples).
    """
    controls = {
        "arm": Choice("arm", "deep", NAMES),
        "rival": Choice("rival", "12 × 1", NAMES),
        "row": Choice("task", tuple(ROWS)[-1], tuple(ROWS)),
        "size": Slider("examples (1 few)", 3, 1, 3),
    }
    return Explorer("grid", GridView, measure_grid, controls, start=start)
