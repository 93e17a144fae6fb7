"""The glossary as a page, and the way there from the words in the lessons."""

import re
from html import escape, unescape

from ..teaching.glossary import TERMS, Term

PAGE = "glossary.html"
# A link within a link is none: what stands in one stays as it is.
WORD = re.compile(r'<a\b.*?</a>|<abbr title="(?P<sentence>[^"]*)">.*?</abbr>', re.S)
BY_SENTENCE = {term.sentence: term for term in TERMS}


def anchor(term: Term) -> str:
    """The name of a term's entry on the page."""
    return "term-" + term.word.lower().replace(" ", "-")


def with_links(html: str) -> str:
    """Each word with a sentence of the glossary as a link to its entry: for fingers and keys, which
    do not hover."""
    return WORD.sub(_link, html)


def _link(found):
    term = BY_SENTENCE.get(unescape(found["sentence"] or ""))
    if term is None:
        return found[0]
    return f'<a class="term" href="{PAGE}#{escape(anchor(term))}">{found[0]}</a>'


def entries(lessons: list) -> list[dict]:
    """The terms by the alphabet, each with its lesson: the page whose number it has, if any."""
    by_number = {lesson.path.stem.partition("_")[0]: lesson for lesson in lessons}
    return [
        {"term": term, "anchor": anchor(term), "lesson": by_number.get(str(term.lesson))}
        for term in sorted(TERMS, key=lambda term: term.word.lower())
    ]
