"""Lesson 4: the same number of paths, robust and fragile."""

from functools import partial

from ...panel.controls import Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...panel.trained import Trained
from ..lesion import explorer as lesion
from ..lesion.trained import AnyLesion
from .experiment import measure_deletion
from .figure import DeletionView

MOST_ERROR = 0.2
SEED = 0  # of the networks that are stored
TASKS = (
    Task(
        "Delete as many blocks as you can while β = 1/√n stays below 20 % wrong answers.",
        lambda m: m.deleted == int((m.medians[2] < MOST_ERROR).sum()) - 1,
        "Half of its blocks are gone, and with them all but one in 64 of its paths.",
        {"deleted": 0},
        {"deleted": 6},
    ),
)


def _controls():
    return {"deleted": Slider("blocks deleted", 2, 0, 11, play=True)}


@starting_values(_controls)
def deletion_explorer(**start) -> Explorer:
    """Three trained networks of 12 blocks, and their errors with some of the blocks deleted."""
    stored = Trained(lesion.__file__, AnyLesion)({"seed": SEED})
    assert stored is not None, f"nothing is stored for seed {SEED}: see lessons/panel/trained.py"
    return Explorer(
        "deletion",
        DeletionView,
        partial(measure_deletion, stored),
        _controls(),
        start=start,
        main={"deleted": range(12)},
        tasks=TASKS,
    )
