"""How JupyterLab is started."""

import os

import pytest

from tools import lab
from tools.lab import flags, refuse_root

LOOPBACK = "--ServerApp.ip=127.0.0.1"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no root")
def test_root_is_told_the_flag_before_anything_is_installed(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(lab, "install", lambda: pytest.fail("installs first"))
    with pytest.raises(SystemExit, match=r"as root unless told to: make lab ARGS=--allow-root$"):
        lab.main(["--no-browser"])
    refuse_root(["--no-browser", "--allow-root"])


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no root")
def test_others_are_told_nothing(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    refuse_root([])


def test_arguments_are_passed_on():
    assert flags(["--port", "8890", "--no-browser"])[-3:] == ["--port", "8890", "--no-browser"]


def test_it_listens_on_this_machine_alone_and_keeps_its_token():
    for arguments in ([], ["--allow-root"], ["--no-browser", "--port=8890"]):
        assert LOOPBACK in flags(arguments)
        assert not [flag for flag in flags(arguments) if "token" in flag or "password" in flag]


@pytest.mark.parametrize("argument", ["--ip=0.0.0.0", "--ServerApp.ip=0.0.0.0"])
def test_a_flag_takes_the_place_of_the_lessons_own(argument):
    # JupyterLab refuses two values for one setting.
    assert argument in flags([argument]) and LOOPBACK not in flags([argument])
