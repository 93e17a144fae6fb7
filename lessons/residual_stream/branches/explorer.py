"""Lesson 7: delete and exchange the branches of a trained transformer."""

from ...panel.controls import Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ..stored import BRANCHES
from .experiment import measure_branches
from .figure import BranchesView
from .page import LINES

MOST = 1.5  # nats per character
TASKS = (
    Task(
        f"Delete one branch, exchange two neighbours, and stay below {MOST} nats.",
        lambda m: bool(m.deleted) and bool(m.exchanged) and m.surprise < MOST,
        "Late branches add little to a stream that all before them have written, and each reads "
        "the sum: what wrote first hardly matters there.",
        {"deleted": 1, "exchanged": 1},
        {"deleted": 6, "exchanged": 4},
    ),
)


def _controls():
    return {
        "deleted": Slider("delete branch", 0, 0, BRANCHES, play=True),
        "exchanged": Slider("exchange with next", 0, 0, BRANCHES - 1),
        "also_deleted": Slider("delete also branch", 0, 0, BRANCHES),
        "line": Slider("line of the text", 1, 1, LINES),
    }


@starting_values(_controls)
def branches_explorer(**start) -> Explorer:
    """Ten branches of a trained transformer: which of them can go, and which change places?"""
    main = {"deleted": range(BRANCHES + 1), "exchanged": (0, 1, 2, 4, 6, 8, 9)}
    return Explorer(
        "branches",
        BranchesView,
        measure_branches,
        _controls(),
        start=start,
        main=main,
        tasks=TASKS,
    )
