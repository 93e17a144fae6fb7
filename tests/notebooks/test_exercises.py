"""Each lesson's exercises: the stub is not accepted, the folded solution is.

An exercise is a code cell tagged "exercise" with the stub, the code cell after it whose last
expression calls the check, and a Markdown cell tagged "solution" with the answer in a ```python
block inside <details>.
"""

import ast
import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
SOLUTION = re.compile(
    r"<details>\s*<summary>.+?</summary>\s*\n\n```python\n(.+?)```\n\n.*</details>", re.S
)

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


class Exercise(NamedTuple):
    stub: str
    check: str
    solution: str


def tagged(cell, kind, tag):
    return cell.cell_type == kind and tag in cell.metadata.get("tags", [])


def exercises(notebook):
    """Every exercise of a notebook; its solution stands between its check and the next exercise."""
    cells = notebook.cells
    starts = [number for number, cell in enumerate(cells) if tagged(cell, "code", "exercise")]
    return [exercise(cells[start:stop]) for start, stop in pairwise([*starts, len(cells)])]


def exercise(cells):
    stub, check, *others = cells
    assert check.cell_type == "code", f"after an exercise comes its check, not {check.source!r}"
    [solution] = [cell.source for cell in others if tagged(cell, "markdown", "solution")]
    folded = SOLUTION.search(solution)
    assert folded, (
        f"a solution is a ```python block inside <details>, after a <summary>, not {solution!r}"
    )
    return Exercise(stub.source, check.source, folded[1])


def verdict(notebook, answer, check):
    """What the check says of an answer, in a kernel that has run the first code cell alone."""
    first = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    *statements, call = ast.parse(plain(check)).body
    ends_well = isinstance(call, ast.Expr) and "check_" in ast.unparse(call)
    assert ends_well, f"the check must end with its call: {check!r}"
    namespace = {"__name__": "__main__"}
    for code in (plain(first), plain(answer), ast.unparse(statements)):
        exec(code, namespace)
    return eval(ast.unparse(call), namespace)


def plain(source):
    return TransformerManager().transform_cell(source)


def read(path):
    return nbformat.read(path, as_version=4)


@each_notebook
def test_the_lesson_has_an_exercise_and_a_solution_for_each(path):
    notebook = read(path)
    solutions = [cell for cell in notebook.cells if tagged(cell, "markdown", "solution")]
    assert len(exercises(notebook)) == len(solutions)
    assert solutions or path.stem == "0_tour"  # which asks questions alone


@each_notebook
@pytest.mark.slow
def test_no_stub_is_accepted(path):
    notebook = read(path)
    for stub, check, _ in exercises(notebook):
        assert not verdict(notebook, stub, check).passed, stub


@each_notebook
@pytest.mark.slow
def test_each_folded_solution_is_accepted(path):
    notebook = read(path)
    for _, check, solution in exercises(notebook):
        said = verdict(notebook, solution, check)
        assert said.passed, f"{said}\n{solution}"


BLOCK = "```python\nresidual = lambda F: lambda x: F(x) + x\n```"
FOLDED = f"<details>\n<summary>Show a solution</summary>\n\n{BLOCK}\n\n</details>"


@pytest.fixture
def lesson():
    """A notebook with one exercise, to try these tests themselves."""
    return new_notebook(
        cells=[
            new_code_cell("from lessons.residual_block.exercises import check_residual"),
            new_markdown_cell("Write a residual block."),
            new_code_cell(
                "def residual(F):\n    raise NotImplementedError", metadata={"tags": ["exercise"]}
            ),
            new_code_cell("# does it pass?\ncheck_residual(residual)"),
            new_markdown_cell(FOLDED, metadata={"tags": ["solution"]}),
        ]
    )


def test_the_parts_of_an_exercise_are_found(lesson):
    [(stub, check, solution)] = exercises(lesson)
    assert "Not yet" in repr(verdict(lesson, stub, check))
    assert "Correct" in repr(verdict(lesson, solution, check))


def test_a_lesson_without_a_tagged_exercise_has_none(lesson):
    lesson.cells[2].metadata.tags = []
    assert exercises(lesson) == []


@pytest.mark.parametrize("source", [BLOCK, f"<details>\n\n{BLOCK}\n\n</details>"])
def test_a_solution_that_is_not_folded_is_refused(lesson, source):
    lesson.cells[4].source = source
    with pytest.raises(AssertionError, match="inside <details>"):
        exercises(lesson)


def test_an_exercise_without_a_check_is_refused(lesson):
    del lesson.cells[3]
    with pytest.raises(AssertionError, match="after an exercise comes its check"):
        exercises(lesson)


def test_a_check_that_does_not_end_with_its_call_is_refused(lesson):
    [(stub, _, _)] = exercises(lesson)
    with pytest.raises(AssertionError, match="must end with its call"):
        verdict(lesson, stub, "said = check_residual(residual)")
