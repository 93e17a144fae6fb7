"""What every lesson offers under the same names."""

from collections.abc import Callable
from typing import NamedTuple

from . import recall as questions
from .symbols import SymbolTable


class OfLesson(NamedTuple):
    """Functions of one lesson, in the order in which a learner meets them."""

    symbols: Callable[[], SymbolTable]
    recall: Callable[[], questions.Questions]
    missed: Callable[[], questions.Again]


def of_lesson(name: str) -> OfLesson:
    """Those of the lesson whose package has this name."""

    def symbols() -> SymbolTable:
        """The symbols of this lesson, and what each means in all lessons."""
        return SymbolTable(name)

    def recall() -> questions.Questions:
        """Three questions on the lessons before this one, to be answered from memory."""
        return questions.recall(name)

    def missed() -> questions.Again:
        """The questions of `recall` whose first answer was wrong, once more."""
        return questions.missed(name)

    return OfLesson(symbols, recall, missed)
