"""Answers and pages in a real kernel, as JupyterLab and nbconvert run it."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^    (?:\.venv/bin/)?jupyter (nbconvert --execute .*) notebooks/\S+$", re.M)


def run(*sources):
    """The text that each cell gives, in one kernel."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
    return [
        next((each["data"]["text/plain"] for each in cell.outputs if "data" in each), "")
        for cell in notebook.cells
    ]


@pytest.mark.slow
def test_an_answer_that_calls_exit_gets_a_verdict_and_the_kernel_lives():
    answers = ["exit()", "quit()", "__import__('sys').exit(3)", "1 / 0"]
    checks = [f"def scale(L):\n    return {answer}\n\ncheck_scale(scale)" for answer in answers]
    first = "from lessons.depth_and_gradients.exercises import check_scale\nkept = 41"
    _, *said, alive = run(first, *checks, "kept + 1")
    exits = "Not yet: branch_scale(1) raised SystemExit: it called exit(). In line 2: `return {}`."
    assert said[:3] == [exits.format(answer) for answer in answers[:3]]
    assert (
        said[3] == "Not yet: branch_scale(1) raised ZeroDivisionError: division by zero. "
        "In line 2: `return 1 / 0`."
    )
    assert alive == "42"


@pytest.mark.slow
def test_the_command_of_the_readme_executes_a_lesson_into_a_page_with_pictures_and_questions(
    tmp_path,
):
    [command] = LINE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    panel = "from lessons.residual_block import block_explorer\nblock_explorer(depth=3)"
    question = "from lessons.teaching.predict import predict\n"
    question += "predict('Which one?', ['this', 'that'], 'this', 'So it is.')"
    cells = [new_markdown_cell("# Title"), new_code_cell(panel), new_code_cell(question)]
    write(new_notebook(cells=cells), tmp_path / "lesson.ipynb")
    subprocess.run(
        [sys.executable, "-m", "jupyter", *shlex.split(command), str(tmp_path / "lesson.ipynb")],
        check=True,
        cwd=tmp_path,
    )
    page = BeautifulSoup((tmp_path / "lesson.html").read_text(encoding="utf-8"), "html5lib")
    pictures = [image["src"] for image in page.select("main img")]
    assert [source[:22] for source in pictures] == ["data:image/png;base64,"] and len(
        pictures[0]
    ) > 10_000
    assert "Which one?" in page.main.text and page.select("main details")
    assert not page.select('script[type="application/vnd.jupyter.widget-view+json"]')
