"""One notebook as a plain page."""

import re
from base64 import b64decode
from pathlib import Path
from typing import NamedTuple, cast

import jinja2
import nbformat
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML

from ..panel.explorer import Explorer
from ..teaching.folds import fold_ends, heading
from . import described
from .around import PICTURES, TEMPLATES
from .cells import shown_alive
from .glossary import with_links
from .pictures import Pictures
from .prose import Anchors, markdown_with_formulas, text_with_formulas
from .size import MOST_BYTES, page_bytes
from .states import Exhibition

HEADING = re.compile(r"# (?P<title>.+?)\n+\*\*(?P<question>.+?)\*\*", re.S)
# For whoever has cells to run: a page has none.
TO_RUN_CELLS = re.compile(r"^\(Run each cell with Shift \+ Enter\.\)$", re.M)


class Lesson(NamedTuple):
    """A notebook, and what the index says of it."""

    path: Path
    notebook: nbformat.NotebookNode
    title: str
    question: str

    @property
    def page(self) -> str:
        return f"{self.path.stem}.html"


def read_lesson(path: Path) -> Lesson:
    """A notebook whose first cell has its title and, in bold letters, its question."""
    notebook = cast(nbformat.NotebookNode, nbformat.read(path, as_version=4))
    heading = HEADING.match(notebook.cells[0].source)
    if not heading:
        raise ValueError(f"{path} must begin with '# title' and a question between ** and **.")
    return Lesson(path, notebook, heading["title"], heading["question"])


class Page(NamedTuple):
    """What a page is made of, and where it goes."""

    lesson: Lesson
    before: Lesson | None
    after: Lesson | None
    folder: Path
    draft: bool  # see Exhibition


def write_page(page: Page) -> Path:
    """Writes the page and its pictures; returns the page's file.

    What tasks need beyond the states that a page has anyway is left out of a page that would be too
    large, of the panel with most states first: these tasks then need a kernel.
    """
    file = page.folder / page.lesson.page
    exhibition, pictures = Exhibition(page.draft), Pictures(page.folder / PICTURES, page.draft)
    shown, exhibits = {}, {}
    for number, each in shown_alive(page.lesson.notebook):
        shown[number] = each
        if isinstance(each.thing, Explorer):  # at once: the next cell may move it
            exhibits[number] = exhibition.exhibit(each.thing, each.trained)
    while True:
        file.write_text(_html(page, shown, exhibits, pictures), encoding="utf-8")
        several = [number for number, each in exhibits.items() if len(each.families) > 1]
        if not several or page_bytes(file) <= MOST_BYTES:
            return file
        largest = max(several, key=lambda number: len(exhibits[number].states))
        exhibits[largest] = exhibits[largest].with_one_family()


def _html(page, shown, exhibits, pictures):
    """The notebook through nbconvert, with our template."""
    anchors = Anchors("run", "run-heading")
    exporter = TemplateExporter(
        extra_loaders=[jinja2.FileSystemLoader(TEMPLATES)],
        template_file="lesson.html.j2",
        filters={
            "markdown2html": lambda text: with_links(
                markdown_with_formulas(TO_RUN_CELLS.sub("", text), anchors)
            ),
            "formulas": text_with_formulas,
            "highlight_code": Highlight2HTML(pygments_lexer="python3"),
        },
    )
    descriptions = {
        number: described.panel(each, exhibits[number], pictures)
        if number in exhibits
        else described.questions(each, number)
        for number, each in shown.items()
    }
    cells = page.lesson.notebook.cells
    about = {
        "lesson": page.lesson,
        "before": page.before,
        "after": page.after,
        "shown": descriptions,
        "store": lambda base64: pictures.add(b64decode(base64)),
        "folds": {number: split_at_heading(cells[number]) for number in fold_ends(cells)},
        "ends": list(fold_ends(cells).values()),
    }
    return exporter.from_notebook_node(page.lesson.notebook, {"page": about})[0]


def split_at_heading(cell) -> tuple[str, str, str]:
    """What stands before a cell's heading, the heading, and what follows it."""
    found = heading(cell)
    return (
        cell.source[: found.start],
        cell.source[found.start : found.stop],
        cell.source[found.stop :],
    )
