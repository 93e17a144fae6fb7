"""The pages around the lessons: index, glossary, and the text for teachers."""

import html5lib
import pytest
from bs4 import BeautifulSoup
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lessons.pages.build import build
from lessons.pages.place import SiteError
from lessons.teaching.glossary import TERMS

TEACHERS = "# For teachers\n\n## Plan\n\n[The tour](0_tour.ipynb) takes $15$ minutes.\n"
FIRST = "# 1 · One\n\n**Why $x$?**\n\n[For teachers](for_teachers.md#Plan)"


def notebook(text):
    return new_notebook(cells=[new_markdown_cell(text), new_code_cell("x = 1")])


@pytest.fixture
def folder(tmp_path):
    write(notebook(FIRST), tmp_path / "1_one.ipynb")
    write(notebook("# The tour\n\n**What is this?**"), tmp_path / "0_tour.ipynb")
    (tmp_path / "for_teachers.md").write_text(TEACHERS)
    (tmp_path / "my_notes.md").write_text("# Mine\n")
    return tmp_path


@pytest.fixture
def pages(folder):
    written = build(sorted(folder.glob("*.ipynb")), folder / "site")
    return {file.stem: BeautifulSoup(file.read_text(), "html5lib") for file in written}


def test_the_tour_is_the_first_card_and_glossary_and_teachers_are_linked(pages):
    assert list(pages) == ["index", "glossary", "for_teachers", "0_tour", "1_one"]
    cards = pages["index"].select(".lessons h2 a")
    assert [card["href"] for card in cards] == ["0_tour.html", "1_one.html"]
    beside = pages["index"].select("nav a")
    assert [link["href"] for link in beside] == ["glossary.html", "for_teachers.html"]
    assert beside[1].text == "For teachers"


def test_every_page_leads_back_and_lessons_to_the_glossary(pages):
    for name in set(pages) - {"index"}:
        links = [link["href"] for link in pages[name].select("header a")]
        assert links[0] == "index.html" and ("glossary.html" in links) == (name != "glossary")


def test_the_text_for_teachers_is_a_page_that_links_find(pages):
    text = pages["for_teachers"]
    assert text.title.text == text.h1.text == "For teachers" and text.select("math")
    assert text.select_one("main a")["href"] == "0_tour.html"
    assert pages["1_one"].select_one("main a[href^=for]")["href"] == "for_teachers.html#Plan"
    assert text.h2["id"] == "Plan"


@pytest.mark.slow
def test_the_glossary_has_every_term_with_its_sentence(pages):
    rows = pages["glossary"].select("dl > div")
    found = {row.dt.text: row.dd.text for row in rows}
    assert found.keys() == {term.word for term in TERMS}
    assert all(found[term.word].startswith(term.sentence) for term in TERMS)
    links = {row.a["href"] for row in rows if row.a}
    assert links == {"1_one.html"}


def test_these_pages_are_valid_html(folder, pages):
    for name in ("index", "glossary", "for_teachers"):
        html5lib.HTMLParser(strict=True).parse((folder / "site" / f"{name}.html").read_text())


def test_a_text_without_a_title_is_refused_in_a_sentence(folder):
    (folder / "for_teachers.md").write_text("No title.")
    with pytest.raises(SiteError, match="for_teachers.md must begin with '# title'"):
        build(sorted(folder.glob("*.ipynb")), folder / "site")
