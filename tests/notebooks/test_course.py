"""The course as a learner meets it: how much is open, what comes first, what is asked before it
shows, and that every term is explained where it first stands.
"""

import ast
import re
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from lessons.teaching.folds import folded, open_text
from lessons.teaching.glossary import MARKED, with_terms

from ..panels import tasks

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if not path.stem.startswith("0_")]
MOST_WORDS, MOST_WORDS_OF_THE_TOUR, MOST_BEFORE_THE_FIRST_CHOICE = 900, 700, 120

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4).cells


def words(text):
    """How many words are read: a formula is one, what stands between < and > is none."""
    text = re.sub(r"\$\$.+?\$\$|\$[^$]+?\$", " formula ", text, flags=re.S)
    text = re.sub(r"<[^>]+>|\]\([^)]*\)", " ", text)
    return len(re.findall(r"\w[\w'’.,/-]*", text))


def open_code(cells):
    """(number, tree) of each code cell that no fold holds."""
    for number, (cell, is_folded) in enumerate(zip(cells, folded(cells), strict=True)):
        if cell.cell_type == "code" and not is_folded:
            yield number, ast.parse(TransformerManager().transform_cell(cell.source))


def calls(tree, ending):
    """The calls in a cell of what ends so: (name, {keyword: its value, if it is a constant})."""
    for node in ast.walk(tree):
        name = getattr(node.func, "attr", "") if isinstance(node, ast.Call) else ""
        if name.endswith(ending):
            constants = [each for each in node.keywords if isinstance(each.value, ast.Constant)]
            yield name, {each.arg: each.value.value for each in constants}


def panels(cells):
    return [
        (number, *call) for number, tree in open_code(cells) for call in calls(tree, "_explorer")
    ]


def predictions(cells):
    return [
        (number, keywords)
        for number, tree in open_code(cells)
        for _, keywords in calls(tree, "predict")
    ]


@each_notebook
def test_the_open_text_is_short(path):
    most = MOST_WORDS if path in LESSONS else MOST_WORDS_OF_THE_TOUR
    assert words(open_text(read(path))) <= most


@each_notebook
def test_the_first_choice_comes_soon(path):
    cells = read(path)
    first, _ = predictions(cells)[0]
    assert words(open_text(cells[:first])) <= MOST_BEFORE_THE_FIRST_CHOICE


@each_lesson
def test_two_or_three_panels_stand_open(path):
    names = {name for _, name, _ in panels(read(path))}
    assert 2 <= len(names) <= 3, names


@each_lesson
def test_the_open_panels_have_three_tasks(path):
    open_now = {name.removesuffix("_explorer") for _, name, _ in panels(read(path))}
    assert len([name for name in tasks() if name.split()[0] in open_now]) >= 3


@each_notebook
def test_a_prediction_is_answered_by_a_panel_that_was_veiled(path):
    """The panel that follows a prediction waits for it, and no open panel before shows it."""
    cells = read(path)
    shown = panels(cells)
    asked = {
        keywords["name"]: number for number, keywords in predictions(cells) if "name" in keywords
    }
    waiting = {keywords["after"]: number for number, _, keywords in shown if "after" in keywords}
    assert waiting and set(waiting) <= set(asked), "a panel waits for what nobody asks"
    assert all(asked[name] < waiting[name] for name in waiting)
    for number, keywords in predictions(cells):
        following = [(panel, kw) for panel, _, kw in shown if panel > number]
        later = [other for other, _ in predictions(cells) if other > number]
        if following and (not later or following[0][0] < later[0]):
            assert following[0][1].get("after") == keywords.get("name"), cells[number].source


@each_notebook
def test_every_wrong_option_has_its_reason(path):
    for number, tree in open_code(read(path)):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("predict"):
                given = {each.arg: each.value for each in node.keywords}
                options = given.get("options") or node.args[1]
                wrong = ast.literal_eval(given["wrong"])
                assert len(wrong) == len(ast.literal_eval(options)) - 1, number


@each_lesson
def test_core_exercises_and_takeaways_stand_open(path):
    text = open_text(read(path))
    _, found, rest = text.partition("## Takeaways")
    assert found, "a lesson ends its core with ## Takeaways"
    section = rest.split("\n#")[0]
    assert len(re.findall(r"^(?:[-*]|\d\.) ", section, re.M)) == 3
    assert "\n## Do it yourself" in text and "popular story" in text


@each_notebook
def test_a_lesson_says_its_time_and_leads_on(path):
    number = NOTEBOOKS.index(path)
    neighbours = [NOTEBOOKS[k].name for k in (number - 1, number + 1) if 0 <= k < len(NOTEBOOKS)]
    text = open_text(read(path))
    assert re.search(r"\*\d+ minutes\*", text)
    assert all(f"({name})" in text for name in neighbours)


@each_notebook
def test_the_terms_are_explained_at_their_first_use(path):
    """`python -m lessons.teaching.glossary notebooks/*.ipynb` puts them there."""
    cells = read(path)
    hidden = folded(cells)
    texts = [
        (c.source, not h) for c, h in zip(cells, hidden, strict=True) if c.cell_type == "markdown"
    ]
    sources, open_now = [text for text, _ in texts], [is_open for _, is_open in texts]
    assert sources == with_terms(sources, open_now, int(path.stem.split("_")[0]))
    assert any(MARKED.search(source) for source in sources)


@each_lesson
def test_every_fold_has_a_title_and_holds_something(path):
    cells = read(path)
    for cell in cells:
        if cell.cell_type != "markdown":
            continue
        for fold in re.findall(r"<details>(.*?)</details>", cell.source, re.S):
            title = re.match(r"\s*<summary>(.+?)</summary>(.+)", fold, re.S)
            assert title and title[1].strip() and len(title[2].split()) >= 3, fold[:80]
