"""Who may import whom. A lesson's picture must not know how its numbers were made."""

import ast
from pathlib import Path

import pytest

LESSONS = Path(__file__).parent.parent / "lessons"
MODULES = sorted(LESSONS.rglob("*.py"))

# folder -> what no module in it may import
FORBIDDEN = {
    "measurements": {"jax", "matplotlib", "ipywidgets", "optax", "experiments", "figures", "explorers", "networks"},
    "figures": {"jax", "ipywidgets", "optax", "experiments", "explorers", "networks", "gradients", "training"},
    "experiments": {"matplotlib", "ipywidgets", "figures", "explorers"},
    "explorers": {"matplotlib"},
    "pages": {"jax", "matplotlib", "ipywidgets"},
    "exercises": {"matplotlib", "ipywidgets", "figures", "explorers"},
    "": {"matplotlib", "experiments", "figures", "explorers"},
}
MAY_USE_WIDGETS = {"predict.py"}


def imported(path):
    """Every part of every name that a module imports: lessons.figures.style gives figures and style."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(alias.name for alias in node.names)]
        else:
            continue
        yield from (part for name in names for part in name.split("."))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(LESSONS)))
def test_imports_point_in_one_direction(path):
    folder = path.parent.name if path.parent != LESSONS else ""
    forbidden = FORBIDDEN[folder] | (set() if folder == "explorers" or path.name in MAY_USE_WIDGETS else {"ipywidgets"})
    assert not forbidden & set(imported(path))


def test_topology_is_data_without_jax():
    for name in ("topology.py", "errors.py", "wording.py"):
        assert "jax" not in set(imported(LESSONS / name))


def test_pyplot_is_used_nowhere():
    assert not [path for path in MODULES if "pyplot" in set(imported(path))]
