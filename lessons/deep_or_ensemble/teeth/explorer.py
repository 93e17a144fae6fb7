"""Lesson 6: each block doubles the teeth, each unit brings one bend."""

from ...panel.controls import Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...teaching.symbols import label
from ..sawtooth.experiment import MOST_BLOCKS
from .experiment import MOST_UNITS, measure_teeth
from .figure import TeethView

TASKS = (
    Task(
        "6 blocks make 32 teeth. How many units side by side make as many?",
        lambda m: m.blocks == 6 and m.teeth[1] == m.teeth[0],
        "About 63, with 189 parameters against 36: two bends for every tooth.",
        {"blocks": 6, "units": 12},
        {"units": 64},
    ),
)


def _controls():
    return {
        "blocks": Slider(label("n"), 5, 1, MOST_BLOCKS, play=True),
        "units": Slider("units side by side", 10, 1, MOST_UNITS),
    }


@starting_values(_controls)
def teeth_explorer(**start) -> Explorer:
    """A sawtooth: n residual blocks in a row, and the best that units side by side can do."""
    main = {"blocks": tuple(range(1, MOST_BLOCKS + 1)), "units": (2, 4, 10, 12, 16, 32, 64, 256)}
    return Explorer(
        "teeth", TeethView, measure_teeth, _controls(), start=start, main=main, tasks=TASKS
    )
