"""Who may import whom. A lesson's picture must not know how its numbers were made."""

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LESSONS = ROOT / "lessons"
MODULES = sorted(LESSONS.rglob("*.py"))
SHARED = {"network", "drawing", "panel", "teaching", "pages", "instruments"}
NOTEBOOKS = [path.stem.partition("_")[2] for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
# What opens the course and what closes it show the panels of the lessons between; instruments draw
# with their views.
LOOK_AROUND = {"tour", "deep_or_ensemble", "instruments"}

# The roles of a panel's files, and the shared folders: what no module there may import.
FORBIDDEN = {
    "measurement.py": {
        "jax",
        "matplotlib",
        "optax",
        "experiment",
        "figure",
        "explorer",
        "network.network",
    },
    "figure.py": {
        "jax",
        "optax",
        "experiment",
        "explorer",
        "network.network",
        "gradients",
        "training",
    },
    "experiment.py": {"matplotlib", "figure", "explorer", "drawing", "panel"},
    "explorer.py": {"matplotlib"},
    "network": {"matplotlib", "drawing", "panel", "teaching", "pages"},
    "drawing": {"jax", "network", "panel", "teaching", "pages"},
    "panel": {"matplotlib", "pages"},
    "teaching": {"matplotlib", "jax", "network", "drawing", "panel", "pages"},
    "pages": {"jax", "matplotlib"},
    "instruments": {"teaching", "pages", "experiment"},
    "": {"matplotlib", "jax", "network", "drawing", "panel", "teaching", "pages"},
}
LESSON = {
    "matplotlib",
    "figure",
    "panel",
    "pages",
}  # modules of a lesson that stand beside its panels
# tests about more than one module
WHOLE = {
    "test_contrast",
    "test_environment",
    "test_every_panel",
    "test_every_view",
    "test_figures",
    "test_imports",
    "test_kinds",
}
LOOKS = {"architecture_styles.py"}  # beside the panels too, but shared by their figures
MAY_USE_WIDGETS = {"explorer.py", "predict.py", "recall.py"}


def imported(path):
    """Every module that a module imports, as an absolute dotted name, and every name taken from
    it.
    """
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def parts(name):
    """lessons.network.network.draw is in lessons, network, network.network and draw."""
    steps = name.split(".")
    return set(steps) | {".".join(pair) for pair in zip(steps, steps[1:], strict=False)}


def place(path):
    """(folder of lessons/ it stands in, role of the file)."""
    folder = path.relative_to(LESSONS).parts[0] if path.parent != LESSONS else ""
    is_panel = len(path.relative_to(LESSONS).parts) == 3 and folder not in SHARED
    return folder, path.name if is_panel and path.name in FORBIDDEN else ""


def forbidden(path):
    folder, role = place(path)
    if path.name == "__init__.py":
        return set()
    widgets = set() if folder == "panel" or path.name in MAY_USE_WIDGETS else {"ipywidgets"}
    if folder in SHARED or not folder:
        return FORBIDDEN[folder] | widgets
    if role:
        return FORBIDDEN[role] | widgets
    return (set() if path.name in LOOKS else LESSON) | widgets


def test_imports_point_in_one_direction():
    found = {path: set().union(*map(parts, imported(path))) - {path.stem} for path in MODULES}
    wrong = {str(path): forbidden(path) & names for path, names in found.items()}
    assert not {path: names for path, names in wrong.items() if names}


def test_lessons_do_not_import_each_other():
    for path in MODULES:
        folder, _ = place(path)
        names = (name.split(".")[1] for name in imported(path) if name.startswith("lessons."))
        assert not (set(names) & set(NOTEBOOKS)) - {folder} or folder in LOOK_AROUND, path


def test_every_notebook_has_a_package_and_every_package_a_notebook():
    packages = {path.name for path in LESSONS.iterdir() if (path / "__init__.py").exists()}
    assert packages - SHARED == set(NOTEBOOKS)


def test_a_folder_in_a_lesson_is_a_panel():
    for name in NOTEBOOKS:
        for folder in (path.parent for path in (LESSONS / name).glob("*/__init__.py")):
            files = {path.name for path in folder.glob("*.py")}
            assert {"experiment.py", "measurement.py"} <= files, folder
            assert ("figure.py" in files) == ("explorer.py" in files), folder


def test_tests_mirror_the_package():
    for path in (ROOT / "tests").rglob("test_*.py"):
        folder = path.relative_to(ROOT / "tests").parent
        if folder.parts and folder.parts[0] in ("notebooks", "browser"):
            continue
        beside = folder.parts and folder.parts[0] in ("reproduce", "tools")
        tested = (ROOT if beside else LESSONS) / folder
        assert tested.is_dir(), path
        named = (tested / path.name.removeprefix("test_")).with_suffix(".py")
        assert named.exists() or path.stem in WHOLE, path


def test_topology_is_data_without_jax():
    for name in ("network/topology.py", "network/normalisations.py", "errors.py", "formatting.py"):
        assert "jax" not in set().union(*map(parts, imported(LESSONS / name)))


@pytest.mark.slow
def test_pyplot_is_used_nowhere():
    assert not [path for path in MODULES if "pyplot" in set().union(*map(parts, imported(path)))]


SAYS_WHAT_IT_LOADS = """
import sys
import lessons.{}
from jax._src import xla_bridge
print({{"optax", "scipy", "sklearn", "pandas"}} & set(sys.modules), list(xla_bridge._backends))
"""


@pytest.mark.slow
def test_importing_a_lesson_computes_nothing_and_leaves_alone_what_few_panels_need():
    """The tour imports all lessons. What is loaded stands between a learner and the first
    picture.
    """
    command = [sys.executable, "-c", SAYS_WHAT_IT_LOADS.format("tour")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["set()", "[]"]


def test_no_module_is_named_like_one_of_the_standard_library():
    assert not [path for path in MODULES if path.stem in sys.stdlib_module_names]


@pytest.mark.parametrize("lesson", NOTEBOOKS)
def test_what_a_lesson_offers_is_no_module(lesson):
    """A module beside the panels that is called like a name of the engine would take its place."""
    offered = importlib.import_module(f"lessons.{lesson}")
    assert not [name for name in offered.__all__ if inspect.ismodule(getattr(offered, name))]
