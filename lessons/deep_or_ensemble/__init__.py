"""Lesson 6: one very deep network, or an ensemble of shallow ones."""

from ..teaching import recall as questions
from ..teaching.predict import predict
from ..teaching.show_source import show_source
from ..teaching.symbols import SymbolTable
from .bias_variance.explorer import bias_variance_explorer
from .course.explorer import course_explorer
from .ensembles import loss
from .exercises import (
    check_ambiguity,
    check_ensemble_wins,
    check_errors_alone,
    check_predictions,
)
from .grid.experiment import measure_grid
from .grid.explorer import grid_explorer
from .members import trained_members
from .number_of_digits.explorer import number_of_digits_explorer
from .parallel_blocks.experiment import grouped_answers
from .parallel_blocks.explorer import parallel_blocks_explorer
from .parallel_blocks.formula import in_groups
from .sawtooth.explorer import sawtooth_explorer
from .sawtooth.tent_map import fewest_wrong
from .teeth.explorer import teeth_explorer

__all__ = [
    "bias_variance_explorer",
    "check_ambiguity",
    "check_ensemble_wins",
    "check_errors_alone",
    "check_predictions",
    "course_explorer",
    "fewest_wrong",
    "grid_explorer",
    "grouped_answers",
    "in_groups",
    "loss",
    "measure_grid",
    "missed",
    "number_of_digits_explorer",
    "parallel_blocks_explorer",
    "predict",
    "quiz",
    "recall",
    "sawtooth_explorer",
    "show_source",
    "symbols",
    "teeth_explorer",
    "trained_members",
]


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules


def symbols() -> SymbolTable:
    """The symbols of this lesson, and what each means in all lessons."""
    return SymbolTable("deep_or_ensemble")


def recall() -> questions.Questions:
    """Three questions on the lessons before this one, to be answered from memory."""
    return questions.recall("deep_or_ensemble")


def missed() -> questions.Again:
    """The questions of `recall` whose first answer was wrong, once more."""
    return questions.missed("deep_or_ensemble")


def quiz() -> questions.Questions:
    """Twelve questions on all lessons."""
    return questions.quiz()
