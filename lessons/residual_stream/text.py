"""What the transformers of lesson 7 read: the prose of Python's own reference manual.

It comes with Python, as the topics that `help()` knows, and differs a little from version to
version. What is shown was therefore trained beforehand, and its text is told by its length.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module

import numpy as np

from ..errors import LearnerError
from ..network.arrays import Int

ALPHABET = " abcdefghijklmnopqrstuvwxyz.,:;'()-"
CONTEXT = 64  # most characters that a transformer reads at once
NUMBER_OF = {character: number for number, character in enumerate(ALPHABET)}
SHORTEST = 60  # characters of a paragraph: below stand headings and pieces of code
MOST_OTHERS = 0.02  # of a paragraph's characters: above it is a table or a formula
HELD_OUT = 10  # every tenth paragraph is kept back from training


@lru_cache(maxsize=1)
def paragraphs() -> tuple[str, ...]:
    """The manual's paragraphs of prose in ALPHABET. Raises LearnerError where Python has none."""
    try:
        topics = import_module("pydoc_data.topics").topics
    except ImportError:
        raise LearnerError(
            "The text comes with Python, in its module pydoc_data.topics, and this Python lacks "
            "it. Install Python's full standard library (on Debian: libpython3-stdlib)."
        ) from None
    pieces = (piece for name in sorted(topics) for piece in re.split(r"\n\s*\n", topics[name]))
    prose = (_in_alphabet(piece) for piece in pieces)
    return tuple(dict.fromkeys(piece for piece in prose if piece))


def _in_alphabet(piece):
    """The paragraph on one line in small letters, or nothing where it is no prose."""
    line = re.sub(r'[*`"\[\]_]', "", " ".join(piece.split())).lower()
    kept = "".join(character for character in line if character in NUMBER_OF)
    is_prose = len(line) >= SHORTEST and line[-1] in ".:"
    return kept if is_prose and len(kept) >= (1 - MOST_OTHERS) * len(line) else ""


def training_text() -> Int[np.ndarray, " characters"]:
    """All but every tenth paragraph, as numbers of ALPHABET."""
    return encode(" ".join(p for i, p in enumerate(paragraphs()) if i % HELD_OUT))


def held_out_text() -> Int[np.ndarray, " characters"]:
    """Every tenth paragraph, which no training sees."""
    return encode(" ".join(paragraphs()[::HELD_OUT]))


def encode(text: str) -> Int[np.ndarray, " characters"]:
    """Each character's number in ALPHABET. Capitals become small letters; raises LearnerError for
    what is not in it.
    """
    strange = sorted(set(text.lower()) - set(NUMBER_OF))
    if strange:
        raise LearnerError(
            f"text must consist of the characters {ALPHABET[1:]} and spaces, got {strange[0]!r}."
        )
    return np.array([NUMBER_OF[character] for character in text.lower()], np.int32)


def decode(numbers: Iterable[int]) -> str:
    """The text again."""
    return "".join(ALPHABET[number] for number in numbers)
