"""One notebook as a plain page."""

import json
import re
from base64 import b64decode
from pathlib import Path
from typing import NamedTuple

import jinja2
import nbformat
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML

from ..drawing.picture import DENSITY
from ..teaching.predict import Prediction
from .cells import Shown, shown_alive
from .pictures import Pictures
from .prose import markdown_with_formulas, text_with_formulas
from .states import TRAINED, Exhibition

TEMPLATES = Path(__file__).parent / "templates"
PICTURES = "pictures"
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
    notebook = nbformat.read(path, as_version=4)
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
    """Writes the page and its pictures; returns the page's file."""
    file = page.folder / page.lesson.page
    file.write_text(_html(page), encoding="utf-8")
    return file


def _html(page):
    """The notebook through nbconvert, with our template."""
    exporter = TemplateExporter(
        extra_loaders=[jinja2.FileSystemLoader(TEMPLATES)],
        template_file="lesson.html.j2",
        filters={
            "markdown2html": markdown_with_formulas,
            "formulas": text_with_formulas,
            "highlight_code": Highlight2HTML(pygments_lexer="python3"),
        },
    )
    pictures, exhibition = Pictures(page.folder / PICTURES), Exhibition(page.draft)
    shown = {
        number: _described(each, exhibition, pictures)
        for number, each in shown_alive(page.lesson.notebook)
    }
    about = {
        "lesson": page.lesson,
        "before": page.before,
        "after": page.after,
        "shown": shown,
        "store": _storing(pictures),
    }
    return exporter.from_notebook_node(page.lesson.notebook, {"page": about})[0]


def _storing(pictures):
    return lambda base64: pictures.add(b64decode(base64))


def _described(shown: Shown, exhibition, pictures):
    """What the template needs of a prediction or a panel, as plain data: nbconvert copies it."""
    if isinstance(shown.thing, Prediction):
        return {
            "prediction": {
                name: getattr(shown.thing, name)
                for name in ("question", "options", "right", "explanation")
            }
        }
    panel = exhibition.exhibit(shown.thing, shown.trained)
    states = [
        {"picture": pictures.add(state.picture), "text": state.text} for state in panel.states
    ]
    width, height = (pixels // DENSITY for pixels in panel.size)
    controls = [_look(str(number), control) for number, control in enumerate(panel.controls)]
    look = {"width": width, "height": height, "trains": False, "controls": controls}
    return {
        "trains": any(control.label == TRAINED for control in panel.controls),
        "needs_kernel": panel.needs_kernel,
        "size": (width, height),
        "first": states[panel.start],
        # "<" could end the script element that holds this.
        "data": json.dumps(
            {"look": look, "start": panel.start, "states": states}, ensure_ascii=False
        ).replace("<", "\\u003c"),
    }


def _look(name, control):
    """A control of the page as its screen wants it: see lessons/panel/page/controls.js."""
    look = {"name": name, "label": control.label, "open": True, "start": control.start}
    if control.is_choice:
        return {**look, "kind": "choice", "options": control.positions}
    return {**look, "kind": "slider", "step": 1, "labels": control.positions}
