"""From executed notebooks to a folder of plain pages."""

import multiprocessing
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from ..panel.screen import SCRIPT, STYLE
from .around import PICTURES, TEMPLATES, write_around
from .page import Page, read_lesson, write_page
from .place import SiteError, built_beside, check_target
from .size import MOST_BYTES, page_bytes

# The panels' screen is that of the notebooks; what is here comes after it.
ASSETS = {"page.css": STYLE, "page.js": SCRIPT}


def build(
    notebooks: list[Path],
    folder: Path,
    processes: int = 1,
    draft: bool = False,
    only: Collection[str] | None = None,
) -> list[Path]:
    """Writes a page per notebook, in the order of their names, an index, a glossary, and a page per
    text beside the notebooks; returns the files.

    A `draft` has few positions and short training runs (see Exhibition), and the pages of lessons
    alone. `only` names the notebooks, without their suffix, whose pages are written: the index and
    the links to neighbours are those of all. What else is in the folder stays. If a lesson fails or
    its page is too large, SiteError names it and the folder stays as it was.
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
        around = [] if draft else write_around(lessons, beside)
        written = [*around, *_write_pages(pages, processes)]
        for file in written:
            _check_size(file)
        _sweep(beside)
    return [folder / file.name for file in written]


def _check_size(file):
    if (size := page_bytes(file)) > MOST_BYTES:
        raise SiteError(
            f"A page must have at most {MOST_BYTES / 1e6:g} MB with its pictures, {file.name} has "
            f"{size / 1e6:.1f} MB; nothing was changed."
        )


def _sweep(folder):
    """Takes away pictures that no page shows: a page that was too large has left some out."""
    texts = [file.read_text(encoding="utf-8") for file in folder.glob("*.html")]
    for picture in (folder / PICTURES).iterdir():
        if not any(picture.name in text for text in texts):
            picture.unlink()


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
