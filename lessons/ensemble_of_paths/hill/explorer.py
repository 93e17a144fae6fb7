"""Lesson 4: the number of paths never changes, what they carry does."""

from ...panel.controls import Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...teaching.symbols import label
from .experiment import measure_hill
from .figure import HillView

SHALLOW = 5
TASKS = (
    Task(
        f"Bring the blue hill below {SHALLOW} layers. No block may be deleted.",
        lambda m: m.mean_length < SHALLOW,
        "As many paths as before. Only the short ones carry something now: a shallow network.",
        {},
        {"branch_scale": 0.2},
    ),
)


def _controls():
    return {
        "branch_scale": Slider(label("β"), 1.0, 0.0, 1.5, 0.05),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def hill_explorer(**start) -> Explorer:
    """How many of the 2^54 paths of 54 blocks have each length, and what they carry."""
    main = {"branch_scale": (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.3)}
    return Explorer(
        "hill", HillView, measure_hill, _controls(), start=start, main=main, tasks=TASKS
    )
