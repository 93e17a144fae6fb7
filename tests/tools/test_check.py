"""`make test` says what it does and what came of it, in a folder with any name."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tools.check import (
    FAST,
    PHASES,
    WITHOUT,
    Result,
    chosen,
    environment,
    flags,
    plan,
    report,
)
from tools.install import PINNED, ROOT, STAMP, stamp

NAME = "a b ü"  # what a folder may be called
NEEDED = ("Makefile", "pyproject.toml", "constraints.txt")


def by_name(*names):
    return [phase for phase in PHASES if phase.name in names]


def test_all_phases_are_run_unless_some_are_named():
    assert chosen([]) == list(PHASES)
    assert chosen(["notebooks"]) == by_name("notebooks")
    assert chosen(["fast"]) == [FAST]
    with pytest.raises(KeyError, match="nonsense"):
        chosen(["nonsense"])


def test_every_test_is_in_one_phase():
    package, notebooks, browser = (
        " ".join(phase.command) for phase in by_name("package", "notebooks", "browser")
    )
    assert "--ignore=tests/browser tests" in package
    assert browser.endswith(" tests/browser") and notebooks.endswith(" notebooks")


def test_phases_leave_out_what_none_of_them_needs_and_keep_the_path(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "mine")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    [notebooks] = by_name("notebooks")
    found = environment(notebooks)
    assert found["PYTHONPATH"].split(os.pathsep) == [str(WITHOUT), "mine"]
    assert "PYTHONDONTWRITEBYTECODE" not in found
    assert found["IPYTHONDIR"] == notebooks.environment["IPYTHONDIR"]
    ask = "import sys, nbformat; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], env=found, capture_output=True, text=True)
    assert done.stdout == "False\n", done


def test_the_phases_compile_alike():
    """A program that is kept is found by the flags, too."""
    compiling = [phase for phase in (*PHASES, FAST) if phase.command[0] == "pytest"]
    assert len({phase.environment["XLA_FLAGS"] for phase in compiling}) == 1


@pytest.mark.slow
def test_a_newer_jaxlib_is_given_no_flag_that_it_does_not_know():
    """It would end the process."""
    assert flags("0.10.2").startswith(flags("0.12.0.1")) and flags("0.10.2") != flags("1.0")
    ask = {**os.environ, "XLA_FLAGS": flags(version("jaxlib"))}
    subprocess.run([sys.executable, "-c", "import jax; jax.devices()"], env=ask, check=True)


def test_the_plan_names_each_phase_and_a_time():
    said = plan(chosen([]))
    assert [line.split()[0] for line in said.splitlines()[:-1]] == [phase.name for phase in PHASES]
    minutes = sum(phase.seconds for phase in PHASES) / 60
    assert f"about {minutes:.0f} min" in said


def test_the_report_has_a_line_for_each_phase_and_the_sum_last():
    passed = Result("package", 0, 61.2, {"failed": 0, "passed": 97, "skipped": 2})
    failed = Result("browser", 1, 30.0, {"failed": 3, "passed": 20, "skipped": 0})
    broken = Result("lint", 2, 0.4, {})
    *lines, last = report([passed, failed, broken]).strip().splitlines()
    assert lines[0] == "package    97 passed, 2 skipped, 61 s"
    assert lines[1] == "browser    3 failed, 20 passed, 30 s  FAILED (code 1)"
    assert lines[2] == "lint       FAILED (code 2), 0 s"
    assert last == "==== FAILED: browser, lint; 3 failed, 117 passed, 2 skipped in 92 s ===="
    assert report([passed]).endswith("==== 97 passed, 2 skipped in 61 s ====")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout with three tests, one of which fails, and an environment that borrows the packages
    of this one.
    """
    folder = tmp_path_factory.mktemp("checkout") / NAME
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    check = folder / "tools" / "check.py"
    # six workers more would prove nothing here
    check.write_text(check.read_text().replace('"-n2"', '"-n0"'))
    for name in NEEDED:
        shutil.copy(ROOT / name, folder)
    (folder / "lessons").mkdir()
    (folder / "lessons" / "one.py").write_text("ONE: int = 1\n")
    for name, claim in (
        ("test_package.py", "1 + 1 == 2"),
        ("browser/test_browser.py", "1 + 1 == 3"),
    ):
        file = folder / "tests" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"def test_one():\n    assert {claim}\n")
    output = new_output("execute_result", {"text/plain": "42"}, execution_count=1)
    cell = new_code_cell("6 * 7", execution_count=1, outputs=[output])
    (folder / "notebooks").mkdir()
    nbformat.write(new_notebook(cells=[cell]), folder / "notebooks" / "one.ipynb")
    borrow_environment(folder / ".venv")
    return folder


def borrow_environment(environment):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    [packages] = environment.glob("lib/python3*/site-packages")
    (packages / "borrowed.pth").write_text(
        f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
    )
    for tool in ("ruff", "pyrefly"):
        (environment / "bin" / tool).symlink_to(Path(sys.executable).parent / tool)
    (environment / STAMP).write_text(stamp(environment, PINNED), encoding="utf-8")


def make(checkout, *words):
    # not those of the pytest or the make that runs this test
    outer = ("PYTEST_", "MAKE", "MFLAGS")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    command = ["make", f"PYTHON={sys.executable}", *words]
    return subprocess.run(command, cwd=checkout, env=inherited, capture_output=True, text=True)


needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


@needs_make
@pytest.mark.slow
def test_a_check_that_fails_runs_every_phase_and_says_so_with_a_code(checkout):
    done = make(checkout, "test")
    said = done.stdout.splitlines()
    lines = [line for line in said if re.match(r"(package|notebooks|browser) ", line)]
    assert [line.split(",")[0].split(maxsplit=1)[1] for line in lines[-3:]] == [
        "1 passed",
        "1 passed",
        "1 failed",
    ]
    assert "FAILED (code 1)" in lines[-1]
    assert re.fullmatch(r"==== FAILED: browser; 1 failed, 2 passed in \d+ s ====", said[-1])
    assert done.returncode != 0


@needs_make
@pytest.mark.slow
def test_jupyterlab_starts_in_a_folder_of_any_name(checkout):
    done = make(checkout, "lab", "ARGS=--allow-root --version")
    assert done.returncode == 0 and re.fullmatch(r"\d+\.\d+\.\d+\S*\n", done.stdout), done
