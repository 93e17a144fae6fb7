"""Each lesson's own symbols and questions."""

from lessons.teaching.of_lesson import of_lesson
from lessons.teaching.questions import AT_THE_HEAD
from lessons.teaching.symbols import LESSONS, SymbolTable


def test_each_lesson_has_its_own_symbols_and_questions():
    for name in LESSONS:
        own = of_lesson(name)
        assert repr(own.symbols()) == repr(SymbolTable(name))
        assert name not in AT_THE_HEAD or own.recall().names == AT_THE_HEAD[name]


def test_what_was_missed_is_that_of_the_lesson():
    one, other = of_lesson("depth_and_gradients"), of_lesson("ensemble_of_paths")
    asked, _ = one.recall(), other.recall()
    first = asked.predictions[0]
    first.choices.index = (first.right + 1) % len(first.options)
    [again] = one.missed().children
    assert again.question == first.question
    assert all(getattr(each, "question", "") != first.question for each in other.missed().children)
