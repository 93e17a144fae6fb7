"""What stands around the lessons: the index, the glossary, and texts beside the notebooks."""

import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from . import glossary
from .pictures import Pictures
from .place import SiteError
from .prose import Anchors, markdown_with_formulas, text_with_formulas

TEMPLATES = Path(__file__).parent / "templates"
PICTURES = "pictures"
TEXTS = ("for_teachers.md",)
TITLE = re.compile(r"# (.+)")


def write_around(lessons: list, folder: Path) -> list[Path]:
    """Writes these pages into the folder; returns their files, the index first."""
    texts = [_text(path) for path in _beside(lessons)]
    pictures = Pictures(folder / PICTURES)
    cards = [_card(lesson, pictures) for lesson in lessons]
    written = [
        _write(folder / "index.html", "index.html.j2", cards=cards, texts=texts),
        _write(folder / glossary.PAGE, "glossary.html.j2", entries=glossary.entries(lessons)),
    ]
    return written + [_write(folder / text["page"], "text.html.j2", text=text) for text in texts]


def _write(file, template, **about):
    file.write_text(_environment().get_template(template).render(**about), encoding="utf-8")
    return file


def _environment():
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    # any, for the filters that are there already have a type of their own
    formulas: Any = lambda text: Markup(text_with_formulas(text))
    environment.filters["formulas"] = formulas
    return environment


def _beside(lessons):
    folders = sorted({lesson.path.parent for lesson in lessons})
    return [folder / name for folder in folders for name in TEXTS if (folder / name).is_file()]


def _text(path):
    """A Markdown file whose first line is its title."""
    source = path.read_text(encoding="utf-8")
    title = TITLE.match(source)
    if not title:
        raise SiteError(f"{path.name} must begin with '# title'; nothing was changed.")
    html = glossary.with_links(markdown_with_formulas(source, Anchors()))
    return {
        "page": f"{path.stem}.html",
        "title": title[1],
        "html": jinja2.utils.markupsafe.Markup(html),
    }


def _card(lesson, pictures):
    """A lesson, and the picture of its cell tagged "cover"."""
    covers = [cell for cell in lesson.notebook.cells if "cover" in cell.metadata.get("tags", [])]
    images = [
        output.data
        for cell in covers
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    image = (
        {
            "address": pictures.add(b64decode(images[0]["image/png"])),
            "text": images[0]["text/plain"],
        }
        if images
        else None
    )
    return {"lesson": lesson, "image": image}
