"""The terms are marked where they first stand open, and say one plain sentence."""

import json

import pytest

from lessons.teaching.glossary import TERMS, mark, with_terms

BLOCK = next(term for term in TERMS if term.word == "block")
SKIP = next(term for term in TERMS if term.word == "skip")


def abbr(term, word):
    return f'<abbr title="{term.sentence}">{word}</abbr>'


def marked(*sources, open_now=None, lesson=6):
    return with_terms(list(sources), open_now or [True] * len(sources), lesson)


def test_a_term_is_marked_once_where_it_first_stands():
    first, second = marked("Two blocks.", "One block.")
    assert first == f"Two {abbr(BLOCK, 'blocks')}."
    assert second == "One block."


@pytest.mark.parametrize(
    "hidden",
    [
        "# The block\n",
        "`block` ",
        "$block$ ",
        "<details>\n<summary>Why?</summary>\n\nA block.\n\n</details>\n",
        "[the block](block.ipynb) ",
        "```python\nblock = 1\n```\n",
        "**What is a block?**\n",
    ],
)
def test_what_is_no_open_prose_is_passed_by(hidden):
    [text] = marked(f"{hidden}A block.")
    assert text == f"{hidden}A {abbr(BLOCK, 'block')}."


def test_a_folded_cell_keeps_its_text():
    assert marked("A block.", "Block it.", open_now=[False, True]) == [
        "A block.",
        f"{abbr(BLOCK, 'Block')} it.",
    ]


def test_parts_of_words_are_no_terms():
    assert marked("Blockade, roadblock, skip-block, skipper.")[0].count("<abbr") == 0


def test_the_longer_term_wins():
    [text] = marked("The branch scale, then the branch.")
    assert text.count("<abbr") == 2 and ">branch scale</abbr>" in text


def test_a_word_that_meant_something_else_before_is_left_alone_there():
    assert "<abbr" not in marked("The bias of a layer.", lesson=5)[0]
    assert "<abbr" in marked("The bias of an ensemble.", lesson=6)[0]


def test_marking_twice_changes_nothing_and_a_new_sentence_replaces_the_old():
    once = marked("A skip and a block.")
    assert marked(*once) == once
    stale = once[0].replace(SKIP.sentence, "Something old.")
    assert marked(stale) == once


def test_a_notebook_keeps_all_but_its_text(tmp_path):
    cells = [
        {"cell_type": "markdown", "metadata": {"a": 1}, "source": ["# A skip\n", "A skip."]},
        {"cell_type": "code", "metadata": {}, "source": ["skip = 1"], "outputs": []},
    ]
    path = tmp_path / "1_x.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    mark(path)
    now = json.loads(path.read_text(encoding="utf-8"))
    assert now["cells"][1] == cells[1] and now["cells"][0]["metadata"] == {"a": 1}
    assert "".join(now["cells"][0]["source"]) == f"# A skip\nA {abbr(SKIP, 'skip')}."


def test_every_term_is_one_sentence_and_stands_once():
    words = [form.lower() for term in TERMS for form in (term.word, *term.forms)]
    assert len(set(words)) == len(words)
    for term in TERMS:
        assert term.sentence.endswith(".") and '"' not in term.sentence
        assert term.sentence.count(". ") == 0 and len(term.sentence.split()) <= 25, term.word
        assert term.lesson in range(8)
