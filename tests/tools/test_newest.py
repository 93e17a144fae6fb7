"""Which Python the notebooks are checked with a second time."""

import os

import pytest

from tools.newest import candidates, needed, newest, version

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the pythons here are shell scripts")


@pytest.fixture
def python(tmp_path):
    """Makes something that starts like a Python and says this when asked for its version."""

    def make(name, says, code=0, folder="bin"):
        file = tmp_path / folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
        file.chmod(0o755)
        return file

    return make


def test_the_newest_that_starts_is_taken(python):
    python("python3.15", "python3.15: command not found", code=127)  # a shim
    python("python3.9", "3 9 18")
    python("python3.12", "3 12 7")
    wanted = python("python3.13", "3 13 0")
    python("python3.14", "")  # a release candidate says nothing
    assert newest(candidates([wanted.parent])) == wanted


def test_versions_are_numbers_and_a_name_proves_nothing(python):
    python("python3.12", "3 9 1")
    assert newest([python("python3", "3 12 10"), python("python3.13", "3 12 9")]).name == "python3"


def test_of_equals_the_first_on_the_path_is_taken(python):
    first, second = (python("python3.13", "3 13 0", folder=name) for name in ("b", "a"))
    assert newest(candidates([first.parent, second.parent])) == first


def test_there_may_be_none(python, tmp_path):
    old = python("python3.11", "3 11 2")
    assert newest(candidates([old.parent, tmp_path / "missing"])) is None


def test_only_pythons_are_started(python):
    names = ("python3.13", "python3.13-config", "python3.13t", "python", "pip3.13")
    for name in names:
        python(name, "3 13 0")
    folder = python("python3.14", "3 14 0").parent
    (folder / "python3.14").chmod(0o644)
    assert [path.name for path in candidates([folder])] == ["python3.13"]


def test_what_is_no_program_has_no_version(tmp_path):
    file = tmp_path / "python3.13"
    file.write_bytes(b"\x00\x01")
    file.chmod(0o755)
    assert version(file) is None
    assert version(tmp_path / "missing") is None


def test_the_environment_has_what_the_lessons_need_and_no_application():
    asked = needed()
    assert {"jax>=0.10", "ipykernel>=7", "nbval>=0.11", "pytest-xdist>=3.6"} <= set(asked)
    assert not [each for each in asked if each.startswith(("jupyterlab", "playwright", "ruff"))]


def test_this_python_has_a_version():
    import sys
    from pathlib import Path

    assert version(Path(sys.executable)) == sys.version_info[:3]
