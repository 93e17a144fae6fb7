import ast
import re
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest

from lessons.instruments import path_lengths, your_network_explorer
from lessons.instruments.blocks import BlockError
from tests.panels import compilations

from .networks import BLOCKS, course_network

pytestmark = pytest.mark.usefixtures("unoptimised")  # each runs once


@pytest.fixture(scope="module")
def panel():
    _, _, branches, x, readout = course_network()
    return your_network_explorer(branches, x, readout)


@pytest.mark.slow
def test_a_switch_takes_its_block_out(panel):
    _, _, branches, x, readout = course_network()
    panel.set(**{f"block_{number}": True for number in range(1, BLOCKS + 1)})
    whole = path_lengths(branches, x, readout)
    assert panel.summary == whole.summary
    panel.set(block_2=False, block_5=False)
    left = path_lengths([branches[0], *branches[2:4]], x, readout)
    np.testing.assert_allclose(panel.measurement.vectors, left.vectors, rtol=1e-4)
    np.testing.assert_allclose(panel.measurement.squares, left.squares, rtol=1e-4)
    assert panel.measurement.effective_depth == pytest.approx(left.effective_depth, rel=1e-4)


@pytest.mark.slow
def test_no_switch_compiles_anything(panel):
    panel.set(block_1=False)
    before = compilations()
    for number in range(1, BLOCKS + 1):
        panel.set(**{f"block_{number}": not panel.values[f"block_{number}"]})
    assert compilations() == before


def test_a_network_without_blocks_is_refused_and_the_picture_stays(panel):
    panel.set(block_1=True)
    picture = panel.picture.value
    panel.set(**{f"block_{number}": False for number in range(1, BLOCKS + 1)})
    assert panel.message == "At least one block must be on, got none." and not panel.failed
    assert panel.picture.value == picture


@pytest.mark.slow
def test_a_network_in_float64_is_measured_in_float64(float64):
    branches = [lambda x: 0.5 * x, lambda x: jnp.tanh(x)]
    panel = your_network_explorer(branches, jnp.linspace(-1, 1, 4))
    panel.set(block_1=False)
    assert not panel.message
    slope = 1 - np.tanh(np.linspace(-1, 1, 4)) ** 2
    cotangent = np.random.default_rng(0).standard_normal(4)
    expected = [(cotangent**2).sum(), ((cotangent * slope) ** 2).sum()]
    np.testing.assert_allclose(panel.measurement.vectors, expected, rtol=1e-12)


@pytest.mark.slow
def test_what_the_readme_says_to_paste_shows_the_panel():
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", text, re.S)
    lines = [line for line in code.splitlines() if line.strip()]
    *statements, last = ast.parse(code).body
    names = {}
    exec(compile(ast.Module(statements, []), "README.md", "exec"), names)
    panel = eval(compile(ast.Expression(last.value), "README.md", "eval"), names)
    assert len(lines) <= 10 and panel.summary.startswith("12 blocks") and not panel.message


def test_blocks_that_are_none_are_refused_at_the_call():
    with pytest.raises(BlockError, match="got none"):
        your_network_explorer([], np.ones(3, np.float32))
