"""Words that the glossary explains lead to their entry."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from lessons.pages.glossary import anchor, entries, with_links
from lessons.pages.prose import markdown_with_formulas
from lessons.teaching.glossary import TERMS, with_terms


class Lesson(NamedTuple):
    path: Path


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.word)
def test_a_marked_word_leads_to_its_entry(term):
    [source] = with_terms([f"Once: {term.word}."], [True], term.lesson)
    html = with_links(markdown_with_formulas(source))
    links = re.findall(r'<a class="term" href="glossary.html#(.*?)"><abbr title="(.*?)">', html)
    assert (anchor(term), term.sentence) in links


def test_other_abbreviations_and_words_within_a_link_stay_as_they_are():
    term = TERMS[0]
    for html in (
        '<p><abbr title="not of the glossary">word</abbr></p>',
        f'<a href="x.html">a <abbr title="{term.sentence}">{term.word}</abbr></a>',
    ):
        assert with_links(html) == html


def test_entries_are_by_the_alphabet_and_name_their_lesson():
    lessons = [Lesson(Path("2_b.ipynb")), Lesson(Path("1_a.ipynb"))]
    found = entries(lessons)
    words = [entry["term"].word.lower() for entry in found]
    assert words == sorted(words) and len(words) == len(TERMS)
    for entry in found:
        expected = {1: lessons[1], 2: lessons[0]}.get(entry["term"].lesson)
        assert entry["lesson"] is expected
    assert len({entry["anchor"] for entry in found}) == len(TERMS)
    assert all(re.fullmatch(r"[a-z-]+", entry["anchor"]) for entry in found)
