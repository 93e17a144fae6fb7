"""Memory of a kernel that runs a notebook, where nothing is compiled yet and where all is; and
then also trains.

Promise: 500 MB once every cell has run and every panel has trained: one of each kind, to the end.
`python -m benchmarks.memory FILE ...` says it by cells.
What is mapped from files, the libraries' code, is shared by all kernels of a machine; the rest is
each kernel's own.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbclient import NotebookClient

from .timing import print_table

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
FOLDER = "JAX_COMPILATION_CACHE_DIR"
TRAIN = """# one panel of each kind that trains is trained
from ipywidgets.widgets.widget import _instances
from lessons.panel.training_explorer import TrainingExplorer
shown = [panel for panel in _instances.values() if isinstance(panel, TrainingExplorer)]
for panel in {panel.kind: panel for panel in shown}.values():
    panel.train()
    assert panel.measurement.progress == 1 and not panel.message, (panel.kind, panel.message)
"""


class Resident(NamedTuple):
    """Megabytes: the kernel's own, and what is mapped from files."""

    own: float
    mapped: float

    @property
    def whole(self) -> float:
        """What the kernel holds in all."""
        return self.own + self.mapped


def resident(process: int) -> Resident:
    """What a process holds now, as Linux counts it."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    found = {
        name: text.split()[0]
        for name, _, text in (line.partition(":") for line in lines)
        if text.split()
    }
    own, *mapped = (int(found[name]) / 1024 for name in ("RssAnon", "RssFile", "RssShmem"))
    return Resident(own, sum(mapped))


def by_cell(path: Path) -> list[tuple[str, Resident]]:
    """(first line, what the kernel holds after it) for each code cell, and after training."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(TRAIN))
    client = NotebookClient(
        notebook, resources={"metadata": {"path": str(path.parent)}}, timeout=1800
    )
    found = []

    def note(cell, **_):
        process = client.km.provisioner.process.pid
        found.append((cell.source.strip().splitlines()[0], resident(process)))

    client.on_cell_executed = note
    client.on_notebook_start = lambda notebook: found.clear()
    client.execute()
    return found


def cold_and_warm(path: Path) -> tuple[list, list]:
    """`by_cell` of the first opening, and of one that finds what was compiled."""
    before = os.environ.get(FOLDER)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[FOLDER] = folder
        try:
            return by_cell(path), by_cell(path)
        finally:
            os.environ.pop(FOLDER) if before is None else os.environ.update({FOLDER: before})


def row(path):
    cells, trained = -2, -1
    found = [(opening[cells][1], opening[trained][1]) for opening in cold_and_warm(path)]
    return path.stem, *(held.whole for pair in found for held in pair), *found[-1][-1]


def main():
    """Prints a table."""
    header = (
        *("notebook", "nothing compiled, MB", "and trained", "compiled, MB", "and trained"),
        *("its own", "from files"),
    )
    print_table("Memory of a kernel", header, map(row, sorted(NOTEBOOKS.glob("*.ipynb"))))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        for state, cells in zip(
            ("nothing compiled", "compiled"), cold_and_warm(Path(name)), strict=True
        ):
            rows = [(line[:60], each.whole, *each) for line, each in cells]
            print_table(
                f"{Path(name).stem}, {state}", ("cell", "MB", "its own", "from files"), rows
            )
