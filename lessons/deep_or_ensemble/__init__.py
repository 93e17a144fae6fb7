"""Lesson 6: one very deep network, or an ensemble of shallow ones."""

from ..teaching import recall as questions
from ..teaching.of_lesson import of_lesson
from ..teaching.predict import predict
from ..teaching.show_source import show_source
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

symbols, recall, missed = of_lesson("deep_or_ensemble")


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules


def quiz() -> questions.Questions:
    """Twelve questions on lessons 1 to 6."""
    return questions.quiz()
