"""Lesson 5: which single change makes a deep plain gradient shatter."""

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from .experiment import CHANGES, measure_investigation
from .figure import InvestigationView
from .measurement import NOTHING

SHATTERED = 0.3
TASKS = (
    Task(
        "24 plain layers: find the one change that brings neighbours below 0.3.",
        lambda m: m.agreement[1] < SHATTERED,
        "The subtracted mean is what all inputs have in common; what is left tells them apart.",
        {},
        {"change": next(change for change in CHANGES if change.startswith("centring"))},
    ),
)


def _controls():
    return {
        "change": Choice("one change", NOTHING, tuple(CHANGES)),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def investigation_explorer(**start) -> Explorer:
    """A deep plain network whose gradient does not shatter, and one change at a time."""
    main = {"change": tuple(CHANGES), "seed": (0, 1, 2)}
    return Explorer(
        "investigation",
        InvestigationView,
        measure_investigation,
        _controls(),
        start=start,
        main=main,
        tasks=TASKS,
    )
