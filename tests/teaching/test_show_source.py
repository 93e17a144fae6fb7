"""show_source shows the code that ran, looking through what decorators made of it."""

import re
import subprocess
import sys
from functools import partial, wraps

import jax
import nbformat
import pytest
from nbclient import NotebookClient

from lessons.errors import LearnerError, one_of
from lessons.network import gradients, network
from lessons.network.topology import Topology
from lessons.teaching.show_source import show_source


def fences():
    """Code with a fence of its own: ```"""


@wraps(one_of)
def wrapped(*arguments):
    return one_of(*arguments)


def test_a_function_stands_under_the_name_of_its_file():
    lines = show_source(one_of).text.splitlines()
    assert lines[:2] == [
        "# lessons/errors.py",
        "def one_of(name, value, choices, error=NetworkError):",
    ]
    assert lines[-1] == "    return choices.index(value)"


@pytest.mark.parametrize(
    ("thing", "second_line"),
    [
        (network.draw, "def draw("),
        (gradients.state_gradients, "@jax.jit"),
        (gradients.forward, "@jax.custom_vjp"),
        (partial(network.draw, width=3), "def draw("),
        (jax.jit(partial(network.draw, width=3)), "def draw("),
        (partial(jax.jit(network.activate), 0), "def activate("),
        (wrapped, "def one_of("),
        (Topology, "@dataclass(frozen=True)"),
        (Topology.path_count, "@property"),
        (Topology.plain, "@classmethod"),
        (Topology(3).without, "def without("),
    ],
)
def test_decorated_code_is_found(thing, second_line):
    assert show_source(thing).text.splitlines()[1].startswith(second_line)


def test_a_method_is_shown_without_its_indentation():
    assert show_source(Topology.without).text.splitlines()[2].startswith('    """The same network')


def test_several_objects_are_shown_in_order():
    text = show_source(network.activate, one_of).text
    assert re.findall(r"^# .*", text, re.M) == [
        "# lessons/network/network.py",
        "# lessons/errors.py",
    ]
    assert "\n\n# lessons/errors.py\ndef one_of" in text


def test_code_of_another_package_has_no_absolute_path():
    assert show_source(jax.nn.relu).text.startswith("# jax/")
    assert show_source(wraps).text.startswith("# functools.py\n")


def test_the_text_is_the_code_and_the_markdown_colours_it():
    source = show_source(one_of)
    assert repr(source) == source.text
    assert source._repr_markdown_() == f"```python\n{source.text}\n```"


def test_a_fence_in_the_code_does_not_end_the_markdown():
    assert show_source(fences)._repr_markdown_().startswith("````python\n")


@pytest.mark.parametrize("thing", [3, len, None, "draw"])
def test_what_has_no_source_is_named(thing):
    with pytest.raises(
        LearnerError, match=re.escape(f"functions or classes written in Python, got {thing!r}.")
    ):
        show_source(thing)


@pytest.mark.slow
def test_the_learners_own_function_is_said_to_be_in_the_notebook():
    code = (
        "from lessons.teaching.show_source import show_source\ndef mine(x):\n    "
        "return x\nshow_source(mine)"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, startup_timeout=600).execute()
    [output] = notebook.cells[0].outputs
    assert output.data["text/plain"] == "# this notebook\ndef mine(x):\n    return x"


@pytest.mark.slow
def test_the_text_is_the_same_from_any_folder(tmp_path):
    code = (
        "from lessons import errors, residual_block; "
        "print(residual_block.show_source(errors.one_of))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout.rstrip("\n") == show_source(one_of).text
