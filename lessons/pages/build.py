"""From executed notebooks to a folder of plain pages."""

import multiprocessing
from base64 import b64decode
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import jinja2

from ..panel.screen import SCRIPT, STYLE
from .page import PICTURES, TEMPLATES, Page, read_lesson, write_page
from .pictures import Pictures
from .place import SiteError, built_beside, check_target
from .prose import text_with_formulas

# The panels' screen is that of the notebooks; what is here comes after it.
ASSETS = {"page.css": STYLE, "page.js": SCRIPT}
MOST_BYTES = 6_000_000  # a phone loads that much


def build(
    notebooks: list[Path],
    folder: Path,
    processes: int = 1,
    draft: bool = False,
    only: Collection[str] | None = None,
) -> list[Path]:
    """Writes a page per notebook, in the order of their names, and an index; returns the files.

    A `draft` has few positions and short training runs (see Exhibition). `only` names the
    notebooks, without their suffix, whose pages are written: the index and the links to neighbours
    are those of all. What else is in the folder stays. If a lesson fails or its page is too large,
    SiteError names it and the folder stays as it was.
    """
    check_target(folder)
    lessons = [_named(read_lesson, path, path) for path in sorted(notebooks)]
    with built_beside(folder) as beside:
        for name, shared in ASSETS.items():
            own = (TEMPLATES / name).read_text(encoding="utf-8")
            (beside / name).write_text(f"{shared}\n{own}", encoding="utf-8", newline="\n")
        neighbours = zip([None, *lessons], lessons, [*lessons[1:], None], strict=False)
        pages = [Page(lesson, before, after, beside, draft) for before, lesson, after in neighbours]
        pages = [page for page in pages if only is None or page.lesson.path.stem in only]
        written = [_write_index(lessons, beside), *_write_pages(pages, processes)]
        for file in written:
            _check_size(file)
    return [folder / file.name for file in written]


def _check_size(file):
    if (size := page_bytes(file)) > MOST_BYTES:
        raise SiteError(
            f"A page must have at most {MOST_BYTES / 1e6:g} MB with its pictures, {file.name} has "
            f"{size / 1e6:.1f} MB; nothing was changed."
        )


def page_bytes(file: Path) -> int:
    """Bytes of a page and of everything beside it that it shows: pictures, styles, script."""
    text = file.read_text(encoding="utf-8")
    others = (part for part in file.parent.rglob("*") if part.is_file() and part.suffix != ".html")
    return sum(part.stat().st_size for part in (file, *others) if part == file or part.name in text)


def _write_pages(pages, processes):
    if processes == 1:
        return [_named(write_page, page.lesson.path, page) for page in pages]
    # A fresh process for each page: what a lesson has compiled would fill the memory of the next.
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawned, max_tasks_per_child=1) as pool:
        futures = [pool.submit(write_page, page) for page in pages]
        try:
            return [
                _named(future.result, page.lesson.path)
                for future, page in zip(futures, pages, strict=True)
            ]
        finally:
            pool.shutdown(
                cancel_futures=True
            )  # after a failure the pages that wait would be for nothing


def _named(make, path, *arguments):
    """What `make` returns; SiteError with the lesson's name if it fails."""
    try:
        return make(*arguments)
    except Exception as error:
        raise SiteError(
            f"{path.name} cannot become a page ({type(error).__name__}: {error}); "
            "nothing was changed."
        ) from error


def _environment():
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["formulas"] = lambda text: jinja2.utils.markupsafe.Markup(
        text_with_formulas(text)
    )
    return environment


def _write_index(lessons, folder):
    file, pictures = folder / "index.html", Pictures(folder / PICTURES)
    entries = [_entry(lesson, pictures) for lesson in lessons]
    file.write_text(
        _environment().get_template("index.html.j2").render(entries=entries), encoding="utf-8"
    )
    return file


def _entry(lesson, pictures):
    """Title, question, and the picture of the cell tagged "cover"."""
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
