"""Numbers near a rounding edge are found: `make edges` runs this over all notebooks."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tests.notebooks import edges
from tests.notebooks.edges import Flip, changes, has_numbers, run_cells

DRAWS = """
import numpy as np, jax
from tests.notebooks.perturbed import perturb
draw = lambda size: np.random.default_rng(5).standard_normal(size, np.float32)
into = lambda out: (np.random.default_rng(5).standard_normal(out=out, dtype=np.float32), out)[1]
moved = lambda: np.random.default_rng(5).normal(10, 2, 4000)
key = jax.random.key(5)
before = draw(4000), moved(), jax.random.normal(key, (4000,))
perturb(1, 1e-4)
after = draw(4000), moved(), jax.random.normal(key, (4000,))
for old, new in zip(before, after):
    assert old.dtype == new.dtype
changes = [(after[k] / before[k] - 1) / 1e-4 for k in (0, 2)]
changes.append((after[1] - before[1]) / (before[1] - 10) / 1e-4)
print(*(f(change) for change in changes for f in (np.mean, np.std)))
assert (draw(4000) == after[0]).all() and (into(np.zeros(4000, np.float32)) == after[0]).all()
assert (draw(100) == after[0][:100]).all()
rng = np.random.default_rng(5)
assert np.random.default_rng(rng) is rng
"""


@pytest.mark.slow
def test_each_normal_number_changes_by_a_normal_share_of_itself():
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", DRAWS], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    mean, deviation = [[float(word) for word in done.stdout.split()[k::2]] for k in (0, 1)]
    assert mean == pytest.approx([0, 0, 0], abs=5 / 4000**0.5)
    assert deviation == pytest.approx([1, 1, 1], abs=5 / 8000**0.5)


@pytest.fixture
def notebook(tmp_path):
    """A lesson of one drawn number, near an edge if it is printed with six digits; its first cell
    imports.
    """

    def write(digits, stored, source="print('about', round(draw(), {digits}), 'of them')"):
        first = new_code_cell(
            "from random import Random\ndraw = Random(1).random", execution_count=1
        )
        output = new_output("stream", text=stored)
        second = new_code_cell(source.format(digits=digits), execution_count=2, outputs=[output])
        path = tmp_path / "1_lesson.ipynb"
        nbformat.write(new_notebook(cells=[first, second]), path)
        return path

    return write


def test_a_number_that_changes_is_named_with_its_cell(notebook):
    path = notebook(3, "about 0.135 of them")  # Random(1).random() is 0.13436...
    assert run_cells(path, False) == [Flip("1_lesson", 2, "0.135", "0.134", "about")]
    assert str(run_cells(path, False)[0]) == "1_lesson, cell [2]: about 0.135 -> 0.134"
    assert run_cells(notebook(2, "about 0.13 of them"), False) == []


@pytest.mark.slow
def test_the_command_names_what_changes_and_fails(notebook, capfd):
    path = notebook(
        6,
        "about 0.001 of them",
        "import numpy; print('about', numpy.random.default_rng(1).normal(), 'of them')",
    )
    assert edges.main([str(path), "--seeds", "2"]) == 1
    *_, first, second, last = capfd.readouterr().out.splitlines()
    assert last == "2 numbers near an edge", "two seeds, two numbers"
    for line in (first, second):
        assert line.startswith("1_lesson, cell [2]: about 0.001 -> 0.345"), line


def test_an_error_in_a_cell_is_raised(notebook):
    with pytest.raises(ZeroDivisionError):
        run_cells(notebook(0, "1", "1 / {digits}"), False)


def test_each_stretch_of_words_is_a_change():
    assert changes("a 1 b 2 c", "a 1 b 3 c") == [("2", "3", "a 1 b")]
    assert changes("a 1 b 2", "a 9 b") == [("1", "9", "a"), ("2", "", "a 1 b")]
    assert changes("the same\nwords", "the  same words") == []


@pytest.mark.parametrize(
    ("source", "text", "training", "expected"),
    [
        ("explorer()", "depth 2", False, True),
        ("explorer()", "no digit", False, False),
        ("explorer().train()", "below 15 %", False, False),
        ("explorer().train()", "below 15 %", True, True),
        ("lesson.predict(1)", "2 answers", True, False),
        ("lesson.show_source(f)", "x ** 2", True, False),
    ],
)
def test_cells_whose_numbers_come_from_weights_are_run(source, text, training, expected):
    cell = new_code_cell(source, outputs=[new_output("execute_result", {"text/plain": text})])
    assert has_numbers(cell, training) == expected
