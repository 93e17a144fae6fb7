"""An installation knows where it belongs, and what was asked for."""

import shutil
import subprocess
import sys

import pytest

from tools import install, require_python
from tools.install import PINNED, STAMP, fits, in_place, stamp

NAME = "a b ü"


@pytest.fixture
def checkout(tmp_path):
    """A checkout with an environment that has a Python, pip left out: as `install` leaves it
    behind.
    """
    folder = tmp_path / NAME
    folder.mkdir()
    for name in ("pyproject.toml", "constraints.txt"):
        (folder / name).write_text(f"# {name}\n")
    environment = folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (environment / STAMP).write_text(stamp(environment, PINNED), encoding="utf-8")
    return folder


def test_an_environment_fits_where_it_was_made(checkout):
    assert fits(checkout / ".venv", PINNED)


def test_it_does_not_fit_after_a_move_or_in_a_copy(checkout):
    copy = shutil.copytree(checkout, checkout.with_name("copy"), symlinks=True)
    moved = checkout.rename(checkout.with_name("moved"))
    assert not fits(copy / ".venv", PINNED) and not fits(moved / ".venv", PINNED)


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_it_does_not_fit_once_something_else_is_asked_for(checkout, name):
    (checkout / name).write_text("# other packages\n")
    assert not fits(checkout / ".venv", PINNED)


def test_it_does_not_fit_without_its_stamp_or_its_python(checkout):
    assert not fits(checkout / ".venv", ("--upgrade",))
    in_place(checkout / ".venv").unlink()
    assert not fits(checkout / ".venv", PINNED)


@pytest.fixture
def commands(monkeypatch):
    """What would have been run, in its place; venv makes the folder."""
    ran = []

    def run(command, check, cwd=None):
        ran.append([str(word) for word in command])
        if command[1:3] == ["-m", "venv"]:
            command[3].mkdir()

    monkeypatch.setattr(install.subprocess, "run", run)
    return ran


def test_what_fits_is_left_alone(checkout, commands):
    install.install(checkout / ".venv")
    assert commands == []


def test_what_does_not_fit_is_made_anew_and_fits_then(checkout, commands, capsys):
    moved = checkout.rename(checkout.with_name(f"moved {NAME}"))
    (moved / ".venv" / "left over").touch()
    install.install(moved / ".venv")
    assert "made anew" in capsys.readouterr().out
    assert not (moved / ".venv" / "left over").exists()
    make, pip = commands
    assert make == [sys.executable, "-m", "venv", str(moved / ".venv")]
    assert pip[1:] == ["-m", "pip", "install", "-c", "constraints.txt", "-e", ".[test]"]
    assert (moved / ".venv" / STAMP).read_text(encoding="utf-8") == stamp(moved / ".venv", PINNED)


def test_an_installation_that_fails_does_not_fit(checkout, monkeypatch):
    def fail(command, **others):
        raise subprocess.CalledProcessError(1, command)

    (checkout / "constraints.txt").write_text("# other packages\n")
    monkeypatch.setattr(install.subprocess, "run", fail)
    with pytest.raises(subprocess.CalledProcessError):
        install.install(checkout / ".venv")
    assert not fits(checkout / ".venv", PINNED)


def test_an_environment_behind_a_link_is_not_removed(checkout):
    theirs = (checkout / ".venv").rename(checkout / "theirs")
    (checkout / ".venv").symlink_to(theirs)
    with pytest.raises(SystemExit, match="is a link to .*theirs"):
        install.install(checkout / ".venv")
    assert in_place(theirs).exists()


def test_an_older_python_is_told_which_one_is_needed():
    sentence = r"need Python 3\.11 or later, and /usr/bin/python3 is 3\.10\.4; .* make PYTHON="
    with pytest.raises(SystemExit, match=sentence):
        require_python((3, 10, 4), "/usr/bin/python3")
    require_python((3, 11, 0))
