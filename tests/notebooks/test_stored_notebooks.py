"""The notebooks as stored: complete, small, short, and able to run with no network."""

import ast
import os
import re
from base64 import b64decode
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from lessons.panel.training_explorer import NOTE
from reproduce.trained_panels import SETUPS
from tools.check import PHASES

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MAX_CODE_LINES = 40
MAX_PNG_BYTES = 120_000
MAX_NOTEBOOK_BYTES = 2_000_000

# `make test` runs the lessons in kernels that have this folder as their IPYTHONDIR: no second run
# is needed.
OFFLINE = Path(__file__).parent / "offline"

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def lesson_sources(path):
    """Python of the code cells that are no exercises, nor worked ones, with magics translated."""
    tags = {"exercise", "worked"}
    cells = [cell for cell in code_cells(path) if not tags & set(cell.metadata.get("tags", []))]
    return [TransformerManager().transform_cell(cell.source) for cell in cells]


def outputs(path):
    return [output for cell in code_cells(path) for output in cell.outputs]


def test_there_are_notebooks():
    assert NOTEBOOKS, f"no notebook found in {FOLDER}"


@each_notebook
def test_is_a_valid_notebook_with_code(path):
    nbformat.validate(read(path))
    assert code_cells(path)


@each_notebook
def test_each_code_cell_ran_in_order(path):
    # nbval silently skips a cell without an execution count.
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_stores_no_widget_state(path):
    # Stored state hides the pictures from a reader without a kernel.
    assert "widgets" not in read(path).metadata


@each_notebook
def test_stores_no_error_and_no_warning(path):
    assert not [output for output in outputs(path) if output.output_type == "error"]
    assert not [output for output in outputs(path) if output.get("name") == "stderr"]


@each_notebook
def test_a_panel_that_trains_is_stored_for_what_its_cell_asks(path):
    """Otherwise it would open blank. One that trains in its cell shows its own networks."""
    trains = re.compile(rf"lesson\.({'|'.join([*SETUPS, 'lesion'])})_explorer\(")
    for cell in code_cells(path):
        if trains.match(cell.source):
            [output] = cell.outputs
            beforehand = output["data"]["text/plain"].endswith(NOTE)
            assert beforehand != cell.source.endswith(".train()"), cell.source


@each_notebook
def test_stored_pictures_and_file_are_small(path):
    pictures = [
        output.data["image/png"]
        for output in outputs(path)
        if "image/png" in output.get("data", {})
    ]
    assert all(len(b64decode(picture)) <= MAX_PNG_BYTES for picture in pictures)
    assert path.stat().st_size < MAX_NOTEBOOK_BYTES


@each_notebook
def test_holds_few_lines_of_code(path):
    lines = [line.strip() for source in lesson_sources(path) for line in source.splitlines()]
    # a question, its options and its reasons are text, on lines of their own
    code = [line for line in lines if line.strip("[]{}(),") and line[0] not in "#\"'"]
    code = [line for line in code if not line.startswith(("name=", "wrong="))]
    assert len(code) <= MAX_CODE_LINES


@each_notebook
def test_defines_nothing_outside_exercises(path):
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for source in lesson_sources(path) for node in ast.walk(ast.parse(source))]
    assert not [node.name for node in nodes if isinstance(node, definitions)]


@pytest.mark.slow
def test_the_kernels_of_the_notebook_check_have_no_network():
    attempt = nbformat.v4.new_code_cell(
        "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=1)"
    )
    notebook = nbformat.v4.new_notebook(cells=[attempt])
    with pytest.raises(CellExecutionError, match="must work offline"):
        NotebookClient(notebook, startup_timeout=600).execute(
            env={**os.environ, "IPYTHONDIR": str(OFFLINE)}
        )


def test_make_test_uses_those_kernels():
    [phase] = [phase for phase in PHASES if "--nbval" in phase.command]
    assert phase.environment["IPYTHONDIR"] == str(OFFLINE)
