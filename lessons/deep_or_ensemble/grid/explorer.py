"""Lesson 6: what the full grid says, depth or ensemble. Nothing is trained here."""

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ..architectures import NAMES
from .experiment import measure_grid
from .figure import GridView
from .store import ROWS

PLACES = tuple((row, size) for row, (_, sizes) in ROWS.items() for size in range(1, len(sizes) + 1))


def _controls():
    return {
        "arm": Choice("arm", "deep", NAMES),
        "rival": Choice("rival", "12 × 1", NAMES),
        "line": Slider("shaded line", len(PLACES), 1, len(PLACES)),
    }


@starting_values(_controls)
def grid_explorer(**start) -> Explorer:
    """Any two arms compared in all cells of the stored grid, and all arms in one."""
    main = {"arm": ("deep", "4 × 3", "12 × 1"), "rival": NAMES}
    return Explorer("grid", GridView, _measure, _controls(), start=start, main=main)


def _measure(arm, rival, line):
    return measure_grid(arm, rival, *PLACES[line - 1])
