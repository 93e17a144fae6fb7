"""Lesson 6: the winner changes with the number of digits. Nothing is trained here."""

from ...panel.controls import Choice
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from .experiment import ENSEMBLES, SIZES, measure_number_of_digits
from .figure import NumberOfDigitsView
from .measurement import LABELS

TWELVE, FOUR, _ = ENSEMBLES
TASKS = (
    Task(
        "Find a number of digits at which the ensemble of 12 clearly wins.",
        lambda m: m.members == 12 and m.verdict == "rival",
        "With few digits members err in different ways, and much of that goes with the mean.",
        {"digits": "1000"},
        {"digits": "50"},
    ),
    Task(
        "200 digits: split the 12 blocks so that the ensemble clearly wins.",
        lambda m: m.digits == 200 and m.verdict == "rival",
        "Some depth for each and some networks to average: both first steps are the largest.",
        {"digits": "200"},
        {"ensemble": FOUR},
    ),
)


def _controls():
    return {
        "digits": Choice("digits to learn from", SIZES[-1], SIZES),
        "ensemble": Choice("ensemble", TWELVE, tuple(ENSEMBLES)),
        "labels": Choice("their labels", LABELS[0], LABELS),
    }


@starting_values(_controls)
def number_of_digits_explorer(**start) -> Explorer:
    """One network of 12 blocks against an ensemble with as many parameters, from stored runs."""
    main = {"digits": SIZES, "ensemble": tuple(ENSEMBLES)}
    return Explorer(
        "number_of_digits",
        NumberOfDigitsView,
        measure_number_of_digits,
        _controls(),
        start=start,
        main=main,
        tasks=TASKS,
    )
