"""The folder of pages: complete, valid, small, and without an address outside it."""

import json
import re
from urllib.parse import urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lessons.pages.build import build, page_bytes
from lessons.pages.page import read_lesson
from lessons.panel.screen import SCRIPT, STYLE, Screen
from lessons.teaching.folds import COLLAPSED

PANEL = (
    "panel = block_explorer()\npanel._main = {'depth': (1, 2)}\n"
    "panel.card = TaskCard((), panel.values)\npanel"
)
IMPORTS = (
    "from lessons.residual_block.block.explorer import block_explorer\n"
    "from lessons.panel.tasks import Task, TaskCard\n"
    "from lessons.teaching.predict import predict"
)
QUESTION = (
    'predict("Is $x < 1$?", ["yes", "no", "perhaps"], "yes", "Since $x = 0$.", '
    'wrong={"no": "But $x = 0$."})'
)
SOLUTION = "<details>\n<summary>Solution</summary>\n\n```python\nx = 1\n```\n\n</details>"


def notebook(title):
    exercise = new_code_cell("x = ...", metadata={"tags": ["exercise"]})
    check = new_code_cell(
        "check(x)", outputs=[new_output("execute_result", {"text/plain": "Not yet: nothing."})]
    )
    printed = new_code_cell("print(1)", outputs=[new_output("stream", text="1 < 2\n")])
    stored = [
        new_output("stream", text="said before\n"),
        new_output("execute_result", {"text/plain": "stored summary"}),
    ]
    return new_notebook(
        cells=[
            new_markdown_cell(
                f"# {title}\n\n**What is ${title[0]}$?**\n\nA "
                "[link](https://arxiv.org/abs/1512.03385).\n\n(Run each cell with Shift + Enter.)"
            ),
            new_code_cell(IMPORTS),
            new_code_cell(QUESTION),
            new_code_cell(PANEL, outputs=stored),
            printed,
            exercise,
            check,
            new_markdown_cell(SOLUTION, metadata={"tags": ["solution"]}),
        ]
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    for number in (1, 2, 3):
        write(notebook(f"{number} · Title"), folder / f"{number}_lesson.ipynb")
    build(list(folder.glob("*.ipynb")), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site):
    return {file.stem: file.read_text(encoding="utf-8") for file in site.glob("*.html")}


@pytest.fixture
def page(pages):
    return BeautifulSoup(pages["2_lesson"], "html5lib")


@pytest.mark.slow
def test_there_is_a_page_for_each_lesson_and_an_index(pages):
    assert set(pages) == {"index", "glossary", "1_lesson", "2_lesson", "3_lesson"}
    index = BeautifulSoup(pages["index"], "html5lib")
    assert [link["href"] for link in index.select(".lessons a")] == [
        "1_lesson.html",
        "2_lesson.html",
        "3_lesson.html",
    ]


@pytest.mark.slow
def test_pages_are_valid_html(pages):
    for text in pages.values():
        html5lib.HTMLParser(strict=True).parse(text)


def test_ids_are_unique_and_every_local_address_exists(site, pages):
    for name, text in pages.items():
        page = BeautifulSoup(text, "html5lib")
        ids = [part["id"] for part in page.select("[id]")]
        assert len(ids) == len(set(ids)), name
        for part in page.select("[href], [src]"):
            address = urlsplit(part.get("href") or part.get("src"))
            if address.scheme in ("data", "https"):
                assert part.name == "a" or address.scheme == "data", part
                continue
            assert (site / (address.path or f"{name}.html")).is_file(), part
            assert not address.fragment or address.fragment in ids, part


def test_neighbours_are_linked(page):
    assert {link["rel"][0]: link["href"] for link in page.select("header a[rel]")} == {
        "prev": "1_lesson.html",
        "next": "3_lesson.html",
    }


def test_a_panel_has_its_picture_its_words_and_what_the_screen_needs(page):
    [panel] = page.select("figure.explorer")
    data = json.loads(panel.script.string)
    [depth] = data["look"]["controls"]
    assert (depth["kind"], depth["label"], depth["labels"], depth["start"]) == (
        "slider",
        "depth L (layers)",
        ["1", "2"],
        1,
    )
    assert (
        panel.img["alt"]
        == panel.select_one(".summary").text
        == data["states"][data["start"]]["text"]
    )
    assert panel.img["src"] == data["states"][data["start"]]["picture"] and "h₂" in panel.img["alt"]
    assert (
        [panel.img["width"], panel.img["height"]]
        == ["930", "416"]
        == [str(data["look"][side]) for side in ("width", "height")]
    )
    assert "seed" in panel.select_one(".note:not(.family)").text


def test_the_page_shows_its_panels_on_the_notebooks_screen(site):
    assert SCRIPT in (site / "page.js").read_text(encoding="utf-8") and STYLE in (
        site / "page.css"
    ).read_text(encoding="utf-8")
    assert SCRIPT in Screen._esm and Screen._css == STYLE


def test_what_a_cell_prints_stands_above_its_panel_and_the_stored_panel_nowhere(page):
    printed = page.select_one("figure.explorer").find_previous("pre", class_="output")
    assert printed.text.strip() == "said before" and "stored summary" not in page.main.text


def test_a_prediction_keeps_its_answer_folded(page):
    [prediction] = page.select(".prediction")
    assert len(prediction.select("input[type=radio]")) == 3 and prediction.select("legend math")
    assert not prediction.details.has_attr("open") and "A is right." in prediction.details.text
    [reason] = prediction.select("details li")
    assert reason["data-option"] == "1" and reason.text.startswith("B: But ") and reason.math
    assert "predict(" not in page.main.text


def test_stubs_say_what_they_need_and_checks_have_no_verdict(page):
    assert "Needs a kernel" in page.select_one(".exercise .note").text
    assert "check(x)" in page.main.text and "Not yet" not in page.main.text
    assert "1 < 2" in page.main.text


def test_pictures_that_agree_are_stored_once(site):
    assert len(list((site / "pictures").iterdir())) == 2  # three pages with the same two states


def test_a_notebook_without_its_question_is_refused(tmp_path):
    write(new_notebook(cells=[new_markdown_cell("# Title\n\nNo question.")]), tmp_path / "a.ipynb")
    with pytest.raises(ValueError, match="must begin with"):
        read_lesson(tmp_path / "a.ipynb")


def test_styles_and_scripts_name_no_other_machine(site):
    for asset in ("page.css", "page.js"):
        assert not re.search(r"https?:|//[a-z]+\.", (site / asset).read_text(encoding="utf-8"))


FOLDS = [
    new_markdown_cell("# 1 · Title\n\n**Question?**\n\n[There](#Why-$x$?)"),
    new_code_cell(IMPORTS),
    new_markdown_cell("Before it.\n\n## Why $x$?\n\nRest.", metadata={COLLAPSED: True}),
    new_markdown_cell("Outer."),
    new_markdown_cell("### Inner", metadata={COLLAPSED: True}),
    new_code_cell(PANEL),
    new_markdown_cell("### Beside"),
    new_markdown_cell("## Open\n\nAfter it.\n\n## Open"),
    new_markdown_cell("## Last", metadata={COLLAPSED: True}),
    new_markdown_cell("The end."),
]


@pytest.mark.slow
def test_a_folded_section_is_a_fold_of_the_page_with_all_that_is_in_it(tmp_path):
    write(new_notebook(cells=FOLDS), tmp_path / "1.ipynb")
    text = write_alone(tmp_path).read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(text)
    page = BeautifulSoup(text, "html5lib")
    outer, inner, last = page.select("details.fold")
    assert outer.summary.select("h2 math") and inner.summary.text.strip() == "Inner"
    assert inner.parent == outer and last.parent == outer.parent == page.main
    assert inner.select("figure.explorer") and "Beside" not in inner.text
    assert all(word in outer.text for word in ("Rest.", "Outer.", "Beside"))
    assert not any(word in outer.text for word in ("Before it.", "After it."))
    assert last.select_one("p").text == "The end." and not outer.has_attr("open")


@pytest.mark.slow
def test_headings_have_names_for_links_each_once(tmp_path):
    write(new_notebook(cells=FOLDS), tmp_path / "1.ipynb")
    page = BeautifulSoup(write_alone(tmp_path).read_text(encoding="utf-8"), "html5lib")
    headings = page.select("main :is(h1, h2, h3)")
    assert {each["id"] for each in headings if each.has_attr("id")} >= {"Inner", "Beside", "Open"}
    assert len(page.select("#Open")) == 1 and page.select_one('[id="Why-x?"]').name == "h2"


def write_alone(folder):
    return build([folder / "1.ipynb"], folder / "site")[-1]


MORE = """panel = block_explorer()
panel._main = {'depth': (1, 2)}
panel.card = TaskCard((
    Task("Here.", lambda m: m.topology.depth == 1, "", {}, {"depth": 1}),
    Task("Far.", lambda m: m.topology.depth == 1, "", {"seed": NUMBER}, {"depth": 1}),
), panel.values)
panel"""


def begins(page):
    scripts = BeautifulSoup(page.read_text(encoding="utf-8"), "html5lib").select("figure script")
    return [json.loads(script.string)["begins"] for script in scripts]


@pytest.mark.slow
def test_a_page_that_would_be_too_large_leaves_states_out_that_tasks_alone_need(
    tmp_path, monkeypatch
):
    cells = [new_markdown_cell("# 1 · Title\n\n**Question?**"), new_code_cell(IMPORTS)]
    more = MORE.replace("(1, 2)", "(1, 2, 3)")
    cells += [
        new_code_cell(MORE.replace("NUMBER", "1")),
        new_code_cell(more.replace("NUMBER", "2")),
    ]
    write(new_notebook(cells=cells), tmp_path / "1.ipynb")
    whole = write_alone(tmp_path)
    size, pictures = page_bytes(whole), set((whole.parent / "pictures").iterdir())
    assert begins(whole) == [[1, 2 + 1], [1, 3 + 1]]
    monkeypatch.setattr("lessons.pages.page.MOST_BYTES", size - 1)
    page = write_alone(tmp_path)
    assert begins(page) == [[1, 3], [1, None]] and page_bytes(page) < size
    left = set((page.parent / "pictures").iterdir())
    assert len(left) == len(pictures) - 3 and left < pictures


def test_a_page_weighs_what_it_shows_and_not_what_it_links_to(site):
    page, pictures = site / "2_lesson.html", (site / "pictures").iterdir()
    shown = [page, site / "page.css", site / "page.js", *pictures]
    assert page_bytes(page) == sum(file.stat().st_size for file in shown)


@pytest.mark.slow
def test_one_page_alone_has_its_neighbours_and_its_index(tmp_path):
    for number in (1, 2):
        write(notebook(f"{number} · Title"), tmp_path / f"{number}_lesson.ipynb")
    folder = tmp_path / "site"
    build(list(tmp_path.glob("*.ipynb")), folder, only=["2_lesson"])
    pages = {file.stem: file.read_text(encoding="utf-8") for file in folder.glob("*.html")}
    assert set(pages) == {"index", "glossary", "2_lesson"}
    assert all('href="1_lesson.html"' in text for text in pages.values())


def test_a_page_does_not_speak_of_cells_to_run(site):
    text = (site / "1_lesson.html").read_text(encoding="utf-8")
    assert "link</a>" in text and "Shift + Enter" not in text
