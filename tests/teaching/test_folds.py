"""What a learner reads before anything is unfolded."""

import random
from html.parser import HTMLParser

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from lessons.teaching.folds import COLLAPSED, fold_ends, folded, heading, open_spans, open_text


def text(source, fold=False):
    return new_markdown_cell(source, metadata={COLLAPSED: True} if fold else {})


NESTED = [
    text("# Title\n\nFirst."),
    text("## Why?", fold=True),
    text("Because."),
    text("### All the numbers", fold=True),
    new_code_cell("panel()"),
    text("### Sources"),
    text("## Takeaways\n\nLast."),
    text("#### Last fold", fold=True),
    text("No heading follows."),
]


def test_a_fold_reaches_to_the_next_heading_of_its_level_or_a_higher_one():
    assert fold_ends(NESTED) == {1: 6, 3: 5, 7: 9}


def test_what_is_below_a_folded_heading_is_folded_and_the_heading_is_seen():
    assert folded(NESTED) == [False, False, True, True, True, True, False, False, True]


def test_open_text_has_the_titles_of_folds_and_nothing_that_is_in_them():
    expected = "# Title\n\nFirst.|## Why?|## Takeaways\n\nLast.|#### Last fold"
    assert open_text(NESTED) == expected.replace("|", "\n\n")


def test_a_heading_that_is_not_collapsed_folds_nothing():
    cells = [text("## Open", fold=False), text("Seen.")]
    cells[0].metadata[COLLAPSED] = False
    assert not any(folded(cells)) and not fold_ends(cells)


def test_a_cell_without_a_heading_folds_nothing():
    assert fold_ends([text("No heading.", fold=True), new_code_cell("# code")]) == {}


@pytest.mark.parametrize(
    "source, level, words",
    [
        ("Text.\n\n### Low\n\n## High ##\n\n## Other", 2, "High"),
        ("```\n# a comment\n```\n\n### True", 3, "True"),
        ("#tag\n\n####### seven", None, None),
    ],
)
def test_the_heading_of_a_cell_is_its_highest_and_none_in_code(source, level, words):
    found = heading(text(source))
    assert (found and found.level, found and found.text) == (level, words)
    assert found is None or source[found.start : found.stop].startswith("#" * level)


DETAILS = """Before.

<details><summary>Solution</summary>

Hidden. <details open><summary>Inner</summary>Hidden too.</details> Still hidden.

</details>

After."""


def test_of_details_only_the_summary_is_read():
    assert open_text([text(DETAILS)]) == "Before.\n\nSolution\n\nAfter."


def test_details_that_stand_open_are_read():
    source = "<details open><summary>Title</summary>Seen.<details>Not seen.</details></details>"
    assert open_text([text(source)]) == "Title\n\nSeen."


class Reader(HTMLParser):
    """What a browser shows of HTML with folds: the rule, word by word."""

    def __init__(self):
        super().__init__()
        self.path, self.words = [], []

    def handle_starttag(self, tag, attributes):
        self.path.append("open" if tag == "details" and ("open", None) in attributes else tag)

    def handle_endtag(self, tag):
        self.path.pop()

    def handle_data(self, data):
        summary = self.path[-1:] == ["summary"]
        around = self.path[:-2] if summary else self.path
        self.words += data.split() if "details" not in around else []


def tree(draw, depth=0):
    """Random text with folds, as deep as four."""
    parts = [f"w{draw.randrange(1000)}" for _ in range(draw.randrange(3))]
    for _ in range(draw.randrange(3) if depth < 4 else 0):
        tag = draw.choice(["<details>", "<details open>"])
        inner = tree(draw, depth + 1)
        parts.append(f"{tag}\n<summary>s{draw.randrange(1000)}</summary>\n{inner}</details>")
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize("seed", range(20))
def test_what_is_open_is_what_an_html_reader_finds_open(seed):
    source, reader = tree(random.Random(seed)), Reader()
    reader.feed(source)
    spans = open_spans(source)
    assert " ".join(source[a:b] for a, b in spans).split() == reader.words
