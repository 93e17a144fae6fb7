"""One notebook as a plain page."""

import json
import re
from base64 import b64decode
from pathlib import Path
from typing import NamedTuple, cast

import jinja2
import nbformat
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML

from ..drawing.picture import DENSITY
from ..panel.explorer import Explorer
from ..teaching.folds import fold_ends, heading
from ..teaching.recall import NOT_ANSWERED, NOTHING_MISSED
from .around import PICTURES, TEMPLATES
from .cells import shown_alive
from .glossary import with_links
from .pictures import Pictures
from .prose import Anchors, markdown_with_formulas, text_with_formulas
from .size import MOST_BYTES, page_bytes
from .states import TRAINED, Exhibition

HEADING = re.compile(r"# (?P<title>.+?)\n+\*\*(?P<question>.+?)\*\*", re.S)


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
    exhibition, pictures = Exhibition(page.draft), Pictures(page.folder / PICTURES)
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
            "markdown2html": lambda text: with_links(markdown_with_formulas(text, anchors)),
            "formulas": text_with_formulas,
            "highlight_code": Highlight2HTML(pygments_lexer="python3"),
        },
    )
    described = {
        number: _panel(each, exhibits[number], pictures)
        if number in exhibits
        else _questions(each, number)
        for number, each in shown.items()
    }
    cells = page.lesson.notebook.cells
    about = {
        "lesson": page.lesson,
        "before": page.before,
        "after": page.after,
        "shown": described,
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


def _named(number, place):
    """The address of a question within its page."""
    return f"prediction-{number}-{place}"


def _questions(shown, number):
    """What the template needs of questions, as plain data: nbconvert copies it."""
    parts = ("question", "options", "right", "explanation", "wrong")
    asked = [
        {"name": _named(number, place)} | {part: getattr(each, part) for part in parts}
        for place, each in enumerate(shown.predictions)
    ]
    words = {"none_missed": NOTHING_MISSED, "not_answered": NOT_ANSWERED}
    return {"questions": asked, "alone": shown.thing in shown.predictions, **words}


def _panel(shown, exhibit, pictures):
    """What the template needs of a panel."""
    states = [
        {"picture": pictures.add(state.picture), "text": state.text, "reached": state.reached}
        | ({"regions": [_region(spot) for spot in state.spots]} if state.spots else {})
        for state in exhibit.states
    ]
    width, height = (pixels // DENSITY for pixels in exhibit.size)
    look = {"width": width, "height": height, "trains": False}
    look["controls"] = [_look(str(number), each) for number, each in enumerate(exhibit.controls)]
    look["tasks"] = [
        {"goal": task.goal, "explanation": task.explanation}
        | ({"needs": "#run"} if task.begins is None else {})
        for task in exhibit.tasks
    ]
    data = {"look": look, "start": exhibit.start, "states": states, "families": exhibit.families}
    data["begins"] = [task.begins for task in exhibit.tasks]
    return {
        "trains": any(control.label == TRAINED for control in exhibit.controls),
        "needs_kernel": exhibit.needs_kernel,
        "size": (width, height),
        "first": states[exhibit.start],
        "after": shown.after and _named(*shown.after),
        # "<" could end the script element that holds this.
        "data": json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
    }


def _region(spot):
    """A place to click as the screen wants it: see lessons/panel/page/regions.js."""
    return {"control": str(spot.control), "box": spot.box, "name": spot.name}


def _look(name, control):
    """A control of the page as its screen wants it: see lessons/panel/page/controls.js."""
    look = {"name": name, "label": control.label, "open": True, "start": control.start}
    if control.is_choice:
        return {**look, "kind": "choice", "options": control.positions}
    return {**look, "kind": "slider", "step": 1, "labels": control.positions}
