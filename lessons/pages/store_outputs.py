"""Runs notebooks and stores their outputs, so that they read on a page with no kernel.

    python -m lessons.pages.store_outputs notebooks/*.ipynb

A second run leaves the files alone unless an output has changed: what differs from one run to the
next is not stored.
"""

import sys
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from typing import cast

import nbformat
from nbclient import NotebookClient
from PIL import Image

COLOURS = 64
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def shrink_png(png: bytes) -> bytes:
    """The same picture as small as it gets: with a palette of 64 colours if it has none, and
    packed with patience.
    """
    picture = Image.open(BytesIO(png))
    if picture.mode != "P":
        # Maximum coverage keeps the rare colours of thin lines; the k-means step gives large areas
        # their own colour back.
        palette = {"method": Image.Quantize.MAXCOVERAGE, "kmeans": 1, "dither": Image.Dither.NONE}
        picture = picture.convert("RGB").quantize(COLOURS, **palette)
    shrunk = BytesIO()
    picture.save(shrunk, "PNG", optimize=True)
    return min(png, shrunk.getvalue(), key=len)


def execute(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Run all cells in a fresh kernel whose working directory is the folder; an error in a cell
    is raised.
    """
    # Stored widget state would hide the pictures: a reader without a kernel would see the dead
    # widget instead.
    notebook.metadata.pop("widgets", None)
    resources = {"metadata": {"path": str(folder)}}
    settings = dict(
        store_widget_state=False, record_timing=False, coalesce_streams=True, timeout=300
    )
    NotebookClient(notebook, resources=resources, **settings).execute()


def check_execution_counts(notebook: nbformat.NotebookNode) -> None:
    """Each code cell must have run, in order: nbval silently skips a cell without a count."""
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    if counts != list(range(1, len(counts) + 1)):
        raise ValueError(
            f"execution counts must be 1 to {len(counts)}, got {counts}: is a code cell empty?"
        )


def fold_predictions(notebook: nbformat.NotebookNode) -> None:
    """Hide the source of a prediction, for it holds the answer."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.startswith("predict("):
            cell.metadata["jupyter"] = {"source_hidden": True}


def strip_volatile(notebook: nbformat.NotebookNode) -> None:
    """Drop what differs between two runs or two machines, and shrink the pictures."""
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            data.pop(WIDGET_VIEW, None)  # names a model that dies with its kernel
            if "image/png" in data:
                data["image/png"] = b64encode(shrink_png(b64decode(data["image/png"]))).decode()


def cover(notebook: nbformat.NotebookNode) -> bytes | None:
    """The picture of the cell tagged "cover", for README.md."""
    cells = [cell for cell in notebook.cells if "cover" in cell.metadata.get("tags", [])]
    pictures = [
        output.data["image/png"]
        for cell in cells
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    return b64decode(pictures[0]) if pictures else None


def store_outputs(path: Path) -> bool:
    """Run the notebook and write its outputs into it; whether the file changed."""
    before = path.read_text(encoding="utf-8")
    notebook = cast(nbformat.NotebookNode, nbformat.reads(before, as_version=4))
    execute(notebook, path.parent)
    check_execution_counts(notebook)
    fold_predictions(notebook)
    strip_volatile(notebook)
    after = nbformat.writes(notebook) + "\n"
    path.write_text(after, encoding="utf-8", newline="\n")
    if picture := cover(notebook):
        file = path.parent / "pictures" / f"{path.stem}.png"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(picture)
    return after != before


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(name, "stored" if store_outputs(Path(name)) else "unchanged", flush=True)
