"""Each worker of the check has a core of its own, where there are enough."""

import os
import subprocess
import sys

import pytest

from tools import own_core
from tools.check import PHASES, PYTEST, environment
from tools.install import ROOT

# pytest on all cores that there are, not on that of the worker which asks, and which they are.
ON_ALL_CORES = """
import os, pytest, sys
os.sched_setaffinity(0, range(os.cpu_count()))
open("every", "w").write(",".join(map(str, os.sched_getaffinity(0))))
sys.exit(pytest.main(sys.argv[1:]))
"""


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
    env = environment(PHASES[1])
    for name in [name for name in env if name.startswith("PYTEST_")]:
        del env[name]
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env["PYTHONPATH"]])
    command = [sys.executable, "-c", ON_ALL_CORES, *PYTEST[1:], "--dist", "loadfile"]
    subprocess.run(command, cwd=tmp_path, env=env, check=True)
    one, two, every = (
        (tmp_path / name).read_text(encoding="utf-8") for name in ("one", "two", "every")
    )
    assert one.isdigit() and two.isdigit() and (one != two or every.isdigit())
