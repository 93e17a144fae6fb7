"""Each worker of the check has a core of its own, where there are enough."""

import os
import subprocess
import sys

import pytest

from tools import own_core
from tools.check import PHASES, environment
from tools.install import ROOT


@pytest.fixture
def bound(monkeypatch):
    """Cores that a process is bound to on a machine that gives it 2, 3 and 7."""
    found = []
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {7, 2, 3}, raising=False)
    monkeypatch.setattr(
        os, "sched_setaffinity", lambda process, cores: found.extend(cores), raising=False
    )
    return found


@pytest.mark.parametrize(
    "worker, cores", [("gw0", [2]), ("gw1", [3]), ("gw2", [7]), ("gw3", []), ("", [])]
)
def test_a_worker_has_the_core_of_its_number_and_who_has_none_keeps_all(bound, worker, cores):
    own_core.bind(worker)
    assert bound == cores


def test_where_no_process_can_be_bound_nothing_happens(bound, monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity")
    own_core.bind("gw0")
    assert bound == []


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no process can be bound here")
def test_the_workers_of_the_check_share_no_core(tmp_path):
    """Two tests, one for each worker, that write down where they may run."""
    for name in ("one", "two"):
        cores = "','.join(map(str, os.sched_getaffinity(0)))"
        asked = f"import os\ndef test_it(): open({name!r}, 'w').write({cores})"
        (tmp_path / f"test_{name}.py").write_text(asked, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-n2", "--dist", "loadfile", "-p", "tools.own_core"]
    env = environment(PHASES[1])
    for name in [name for name in env if name.startswith("PYTEST_")]:
        del env[name]
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env["PYTHONPATH"]])
    subprocess.run([*command, "-p", "no:nbval"], cwd=tmp_path, env=env, check=True)
    one, two = ((tmp_path / name).read_text(encoding="utf-8") for name in ("one", "two"))
    alone = len(os.sched_getaffinity(0)) == 1  # as in a worker: there is none for a second
    assert one.isdigit() and two.isdigit() and (alone or one != two)
