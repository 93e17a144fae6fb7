"""Lesson 4: delete a block, and see how many paths are left."""

from ...panel.controls import Slider, Switch
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from .experiment import BLOCKS, measure_ways
from .figure import WaysView

DELETIONS = {f"delete_{block}": f"delete block {block}" for block in range(1, BLOCKS + 1)}
TASKS = (
    Task(
        "Leave a single path.",
        lambda m: m.left == 1,
        "It goes around every block: no deletion can cut it. Each deletion halves the others.",
        {},
        dict.fromkeys(DELETIONS, True),
    ),
)


def _controls():
    switches = {name: Switch(said, False, small=True) for name, said in DELETIONS.items()}
    return {**switches, "seed": Slider("seed", 0, 0, 99)}


@starting_values(_controls)
def ways_explorer(**start) -> Explorer:
    """A residual network of three blocks, its eight paths, and the one path without skips."""
    main = dict.fromkeys(DELETIONS, (False, True))
    return Explorer(
        "ways", WaysView, measure_ways, _controls(), start=start, main=main, tasks=TASKS
    )
