"""What of a notebook stands open, and what is folded until it is asked for.

Two things fold: `<details>` inside a text cell, and a heading cell that is collapsed. Such a fold
holds the cells from there to the next heading of the same or of a higher level, as in JupyterLab.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

COLLAPSED = "jp-MarkdownHeadingCollapsed"
# Code between fences may hold lines that look like headings.
_HEADING = re.compile(
    r"^ {0,3}(?P<fence>```|~~~).*?^ {0,3}(?P=fence)"
    r"|^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<text>\S.*?)[ \t#]*$",
    re.M | re.S,
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>details|summary)\b(?P<rest>[^>]*)>", re.I)


class Heading(NamedTuple):
    """A heading within the source of a cell: 1 is the highest level; `start` and `stop` of its
    line."""

    level: int
    text: str
    start: int
    stop: int


def heading(cell) -> Heading | None:
    """The highest heading of a Markdown cell, the first of them; None where there is none."""
    if cell["cell_type"] != "markdown":
        return None
    found = (each for each in _HEADING.finditer(cell["source"]) if each["marks"])
    headings = (Heading(len(each["marks"]), each["text"], *each.span()) for each in found)
    return min(headings, key=lambda each: each.level, default=None)


def fold_ends(cells: Sequence) -> dict[int, int]:
    """{number of a fold's heading cell: number of the first cell after the fold}. One may lie in
    another."""
    headings = [heading(cell) for cell in cells]
    return {
        number: _end(headings, number)
        for number, (cell, each) in enumerate(zip(cells, headings, strict=True))
        if each and cell["metadata"].get(COLLAPSED)
    }


def _end(headings, number):
    level = headings[number].level
    later = range(number + 1, len(headings))
    ends = (k for k in later if headings[k] and headings[k].level <= level)
    return next(ends, len(headings))


def folded(cells: Sequence) -> list[bool]:
    """Whether each cell is inside a collapsed section. The heading of a fold is not, unless it is
    in another one: its title is what one sees."""
    inside = {k for start, end in fold_ends(cells).items() for k in range(start + 1, end)}
    return [number in inside for number in range(len(cells))]


def open_spans(source: str) -> list[tuple[int, int]]:
    """The parts of a Markdown text that are read without unfolding anything, as (start, stop).

    All but what `<details>` holds; of that, the `<summary>` is seen, and what is `<details open>`.
    Tags of both kinds belong to none of the parts.
    """
    spans, folds, start, summary = [], [], 0, 0
    for tag in _TAG.finditer(source):
        if not any(folds[: len(folds) - summary]):
            spans.append((start, tag.start()))
        if tag["name"].lower() == "summary":
            summary = 0 if tag["end"] else 1
        elif tag["end"]:
            folds = folds[:-1]
        else:
            folds.append(not re.search(r"\bopen\b", tag["rest"], re.I))
        start = tag.end()
    if not any(folds):
        spans.append((start, len(source)))
    return [(start, stop) for start, stop in spans if source[start:stop].strip()]


def open_text(cells: Sequence) -> str:
    """All Markdown that is read without unfolding anything, titles of folds included."""
    parts = (
        cell["source"][start:stop].strip()
        for cell, is_folded in zip(cells, folded(cells), strict=True)
        if cell["cell_type"] == "markdown" and not is_folded
        for start, stop in open_spans(cell["source"])
    )
    return "\n\n".join(parts)
