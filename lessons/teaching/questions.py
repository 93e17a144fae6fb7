"""The questions of recall and quiz, as `questions.toml` has them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("questions.toml")


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with its options in the order in which they stand, and a reason for each."""

    lesson: int  # that it asks about
    question: str
    options: tuple[str, ...]
    answer: str  # one of the options
    explanation: str
    wrong: dict[str, str]  # why each of the others is wrong


def _question(entry: dict) -> Question:
    wrong = dict(entry["wrong"])
    options = (entry["right"], *wrong)
    if sorted(entry["order"]) != list(range(len(options))):
        raise ValueError(f"order must name each of 0 to {len(options) - 1} once: {entry}")
    return Question(
        lesson=entry["lesson"],
        question=entry["question"],
        options=tuple(options[number] for number in entry["order"]),
        answer=entry["right"],
        explanation=entry["why"],
        wrong=wrong,
    )


_read = tomllib.loads(FILE.read_text(encoding="utf-8"))
QUESTIONS = {name: _question(entry) for name, entry in _read["questions"].items()}
AT_THE_HEAD = {lesson: tuple(names) for lesson, names in _read["at_the_head"].items()}
LAST = tuple(_read["last"]["quiz"])
