"""From executed notebooks to a folder of plain pages."""

import json
import re
import shutil
from base64 import b64decode
from pathlib import Path
from typing import NamedTuple

import jinja2
import nbformat
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML

from ..figures.picture import DENSITY
from ..predict import Prediction
from .cells import Shown, shown_alive
from .pictures import Pictures
from .prose import markdown_with_formulas, text_with_formulas
from .states import exhibit

TEMPLATES = Path(__file__).parent / "templates"
ASSETS = ("page.css", "page.js")
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


def build(notebooks: list[Path], folder: Path) -> list[Path]:
    """Writes a page per notebook, in the order of their names, and an index; returns the pages' files."""
    lessons = [read_lesson(path) for path in sorted(notebooks)]
    _clear(folder)
    pictures, template = Pictures(folder / "pictures"), _environment().get_template("index.html.j2")
    for asset in ASSETS:
        shutil.copy(TEMPLATES / asset, folder)
    written = [folder / "index.html"]
    written[0].write_text(template.render(entries=[_entry(lesson, pictures) for lesson in lessons]), encoding="utf-8")
    for before, lesson, after in zip([None, *lessons], lessons, [*lessons[1:], None]):
        written.append(folder / lesson.page)
        written[-1].write_text(_page(lesson, before, after, pictures), encoding="utf-8")
    return written


def read_lesson(path: Path) -> Lesson:
    """A notebook whose first cell has its title and, in bold letters, its question."""
    notebook = nbformat.read(path, as_version=4)
    heading = HEADING.match(notebook.cells[0].source)
    if not heading:
        raise ValueError(f"{path} must begin with '# title' and a question between ** and **.")
    return Lesson(path, notebook, heading["title"], heading["question"])


def _clear(folder):
    """Makes the folder empty, but only if it was, or holds an earlier site."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "page.css").exists():
        raise FileExistsError(f"{folder} holds something other than these pages: name another folder.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _environment():
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["formulas"] = lambda text: jinja2.utils.markupsafe.Markup(text_with_formulas(text))
    return environment


def _entry(lesson, pictures):
    """Title, question, and the picture of the cell tagged "cover"."""
    covers = [cell for cell in lesson.notebook.cells if "cover" in cell.metadata.get("tags", [])]
    images = [output.data for cell in covers for output in cell.outputs if "image/png" in output.get("data", {})]
    image = {"address": pictures.add(b64decode(images[0]["image/png"])), "text": images[0]["text/plain"]} if images else None
    return {"lesson": lesson, "image": image}


def _page(lesson, before, after, pictures):
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
    shown = {number: _described(each, pictures) for number, each in shown_alive(lesson.notebook).items()}
    page = {"lesson": lesson, "before": before, "after": after, "shown": shown, "store": _storing(pictures)}
    return exporter.from_notebook_node(lesson.notebook, {"page": page})[0]


def _storing(pictures):
    return lambda base64: pictures.add(b64decode(base64))


def _described(shown: Shown, pictures):
    """What the template needs of a prediction or a panel, as plain data: nbconvert copies it."""
    if isinstance(shown.thing, Prediction):
        return {"prediction": {name: getattr(shown.thing, name) for name in ("question", "options", "right", "explanation")}}
    panel = exhibit(shown.thing, shown.trained)
    states = [{"picture": pictures.add(state.picture), "text": state.text} for state in panel.states]
    positions = [control.positions for control in panel.controls]
    return {
        "controls": panel.controls,
        "needs_kernel": panel.needs_kernel,
        "size": [pixels // DENSITY for pixels in panel.size],
        "first": states[panel.start],
        # "<" could end the script element that holds this.
        "data": json.dumps({"positions": positions, "states": states}, ensure_ascii=False).replace("<", "\\u003c"),
    }
