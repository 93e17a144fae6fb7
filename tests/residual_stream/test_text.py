"""The text that comes with Python."""

import sys

import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.residual_stream import text
from lessons.residual_stream.stream.experiment import TEXTS


def test_every_paragraph_is_prose_of_the_alphabet():
    found = text.paragraphs()
    assert len(found) == len(set(found)) > 100
    for paragraph in found:
        assert set(paragraph) <= set(text.ALPHABET) and paragraph[-1] in ".:"


def test_what_is_held_out_is_not_learned():
    learned, kept = text.decode(text.training_text()), text.decode(text.held_out_text())
    kept_paragraphs = text.paragraphs()[:: text.HELD_OUT]
    assert len(learned) > 5 * len(kept) and len(learned) > 100_000
    assert not any(paragraph in learned for paragraph in kept_paragraphs)


def test_the_sentences_of_the_panel_are_not_learned():
    learned = text.decode(text.training_text())
    assert not any(sentence in learned for sentence in TEXTS)


def test_numbers_and_characters_are_one_to_one():
    assert text.decode(np.arange(len(text.ALPHABET))) == text.ALPHABET
    assert text.decode(text.encode("It's so: (a-b).")) == "it's so: (a-b)."


def test_a_strange_character_is_named():
    with pytest.raises(LearnerError, match="got 'é'"):
        text.encode("café")


def test_a_python_without_the_text_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pydoc_data.topics", None)
    text.paragraphs.cache_clear()
    with pytest.raises(LearnerError, match="libpython3-stdlib"):
        text.paragraphs()
