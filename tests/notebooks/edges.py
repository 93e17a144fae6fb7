"""Which stored numbers stand so near an edge that another version of JAX may round otherwise.

    python -m tests.notebooks.edges [--seeds 2] [--scale 4e-6] [--training] [NOTEBOOK ...]

Runs the cells of these notebooks, or of all, with perturbed weights, each seed in a process of its
own, and names every word of their stored text that changes. Print fewer digits there, or a quantity
that is better conditioned. Without --training the cells that train are left out: their weights part
ways for good, so that only their verdicts may be printed.
"""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import nbformat

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TRAINS = ".train("
SCALE = 4e-6  # four times the 1e-6 that a version may do: so a few seeds find what many would
CONTEXT = 5  # words before a change
# Programs run once or twice here: to optimise them takes XLA longer than it saves, and what it
# rounds otherwise is less than what is looked for. NumPy's threads would wait for each other in a
# loop, on the core of the other process.
SETTINGS = {"JAX_DISABLE_MOST_OPTIMIZATIONS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Flip(NamedTuple):
    """A stretch of words that changes."""

    notebook: str
    cell: int  # its execution count
    stored: str
    perturbed: str
    before: str  # the words in front of it

    def __str__(self) -> str:
        return (
            f"{self.notebook}, cell [{self.cell}]: {self.before} {self.stored} -> {self.perturbed}"
        )


def stored_text(cell: nbformat.NotebookNode) -> str:
    """Everything that nbval compares, as text."""
    outputs = (
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    )
    return "\n".join(outputs)


def has_numbers(cell: nbformat.NotebookNode, training: bool) -> bool:
    """Whether the cell is to be run again: its stored text has a digit that weights may have
    made.
    """
    if cell.source.startswith(("lesson.predict(", "lesson.show_source(")) or (
        TRAINS in cell.source and not training
    ):
        return False
    return any(character.isdigit() for character in stored_text(cell))


def changes(stored: str, perturbed: str) -> list[tuple[str, str, str]]:
    """Stored words, the words in their place, and the words before; for each stretch that
    differs.
    """
    old, new = stored.split(), perturbed.split()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        (" ".join(old[i:j]), " ".join(new[k:l]), " ".join(old[max(0, i - CONTEXT) : i]))
        for step, i, j, k, l in steps
        if step != "equal"
    ]


def run_cells(path: Path, training: bool) -> list[Flip]:
    """What changes in one notebook, run in this process; an error in a cell is raised."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell, flips = InteractiveShell(), []
    first, *others = [
        cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"
    ]
    for cell in [first, *(cell for cell in others if has_numbers(cell, training))]:
        with capture_output() as printed:
            found = shell.run_cell(cell.source)
            found.raise_error()
        shown = (
            ""
            if found.result is None
            else shell.display_formatter.format(found.result)[0]["text/plain"]
        )
        text = f"{_without_echo(printed.stdout)}\n{shown}"
        flips += [
            Flip(path.stem, cell.execution_count, *change)
            for change in changes(stored_text(cell), text)
        ]
    return flips


def _without_echo(text):
    """Outside a kernel the shell prints the last expression, too."""
    return text.split("Out[")[0]


def one_seed(asked: argparse.Namespace) -> None:
    """Prints the flips under the perturbation `asked.one`, as JSON in a line for each notebook."""
    from .perturbed import perturb

    perturb(asked.one, asked.scale)
    os.chdir(ROOT / "notebooks")
    for path in asked.notebooks:
        print(json.dumps([path.stem, run_cells(path, asked.training)]), flush=True)


def flips(seed: int, arguments: list[str]) -> list[Flip]:
    """The same, from a process of its own, for what a process has drawn it keeps; says how far it
    is.
    """
    command = [sys.executable, "-m", "tests.notebooks.edges", "--one", str(seed), *arguments]
    found, environment = [], {**os.environ, **SETTINGS}
    pipe = {"stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipe) as process:
        for line in process.stdout:
            notebook, its_own = json.loads(line)
            print(f"{notebook}, seed {seed}: {len(its_own)} numbers change", flush=True)
            found += [Flip(*flip) for flip in its_own]
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return found


def main(arguments: list[str]) -> int:
    """0 if no number changes under any seed."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "notebooks", nargs="*", type=lambda name: Path(name).resolve(), default=NOTEBOOKS
    )
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--scale", type=float, default=SCALE)
    parser.add_argument("--training", action="store_true")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.one is not None:
        one_seed(asked)
        return 0
    print(
        f"{asked.seeds} times, with weights changed by {asked.scale:g} of themselves:", flush=True
    )
    with ThreadPoolExecutor(2) as pool:  # two processes at a time
        runs = pool.map(lambda seed: flips(seed, arguments), range(asked.seeds))
        found = sorted({str(flip) for run in runs for flip in run})
    print(*found, sep="\n")
    print(f"{len(found)} numbers near an edge" if found else "No number stands near an edge.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
