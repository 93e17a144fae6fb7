"""Recall shows one question after the other, and what was missed comes back."""

import pytest

from lessons.teaching.predict import checked_options
from lessons.teaching.questions import AT_THE_HEAD, LAST, QUESTIONS
from lessons.teaching.recall import NOT_ANSWERED, NOTHING_MISSED, missed, quiz, recall

LESSON = "depth_and_gradients"
ORDER = (
    "residual_block",
    "projection_shortcut",
    "depth_and_gradients",
    "ensemble_of_paths",
    "shattered_gradients",
    "deep_or_ensemble",
    "residual_stream",
)


def choose(prediction, right):
    other = (prediction.right + 1) % len(prediction.options)
    prediction.choices.index = prediction.right if right else other


def shown(questions):
    return questions.children[:-1]  # the last one is the score


def test_the_next_question_shows_when_the_one_before_is_answered():
    asked = recall(LESSON)
    assert shown(asked) == asked.predictions[:1]
    for number, prediction in enumerate(asked.predictions, 1):
        assert not asked.score.value
        choose(prediction, right=True)
        assert shown(asked) == asked.predictions[: min(number + 1, 3)]
    assert "3 of 3 right" in asked.score.value


def test_the_first_choice_counts():
    asked = recall(LESSON)
    choose(asked.predictions[0], right=False)
    choose(asked.predictions[0], right=True)
    choose(asked.predictions[1], right=True)
    choose(asked.predictions[1], right=False)
    choose(asked.predictions[2], right=True)
    assert asked.missed == AT_THE_HEAD[LESSON][:1]
    assert "2 of 3 right" in asked.score.value


@pytest.mark.parametrize("later", [False, True], ids=["asked before", "asked after"])
def test_what_was_missed_comes_back_fresh(later):
    asked = recall(LESSON)
    early = missed(LESSON)
    choose(asked.predictions[0], right=True)
    choose(asked.predictions[1], right=False)
    choose(asked.predictions[2], right=False)
    [first, second] = (missed(LESSON) if later else early).children
    assert [first.question, second.question] == [
        QUESTIONS[name].question for name in AT_THE_HEAD[LESSON][1:]
    ]
    assert first.choices.index is None


def test_an_end_without_misses_is_a_sentence():
    recall(LESSON)
    again = missed(LESSON)
    assert NOT_ANSWERED in again.children[0].value
    for prediction in recall(LESSON).predictions:
        choose(prediction, right=True)
    assert NOTHING_MISSED in missed(LESSON).children[0].value
    assert NOT_ANSWERED in missed("no such lesson has been opened").children[0].value


def test_what_is_stored_holds_all_questions():
    bundle = recall(LESSON)._repr_mimebundle_()
    for name in AT_THE_HEAD[LESSON]:
        assert QUESTIONS[name].question in bundle["text/plain"]
    assert bundle["text/html"].count("<details>") == 3


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_option_of_a_question_has_its_reason(name):
    asked = QUESTIONS[name]
    options = checked_options(asked.options)
    assert {asked.answer, *asked.wrong} == set(options) and len(options) >= 3
    assert asked.explanation and all(asked.wrong.values())
    assert asked.question.rstrip().endswith(("?", "…"))


def test_questions_look_back_and_each_lesson_has_its_own():
    heads = [AT_THE_HEAD[lesson] for lesson in ORDER[1:]]
    names = [name for head in heads for name in head]
    assert all(len(head) == 3 for head in heads) and len(set(names)) == len(names)
    for number, head in enumerate(heads, 2):
        assert all(QUESTIONS[name].lesson < number for name in head)


def test_the_quiz_asks_twelve_new_questions_on_all_lessons():
    at_heads = {name for head in AT_THE_HEAD.values() for name in head}
    assert len(quiz().predictions) == len(set(LAST)) == 12 and not at_heads & set(LAST)
    assert {QUESTIONS[name].lesson for name in LAST} == set(range(1, 7))
    assert at_heads | set(LAST) == set(QUESTIONS), "a question that nobody asks"


def test_the_right_answer_has_no_fixed_place():
    places = [asked.options.index(asked.answer) for asked in QUESTIONS.values()]
    counts = [places.count(place) for place in range(3)]
    assert min(counts) >= len(places) // 5, counts
