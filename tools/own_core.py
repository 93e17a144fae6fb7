"""A plugin of pytest: each worker, with all that it starts, has a core of its own.

XLA then has one thread for a program, not two that wait for each other and for the other worker: a
twelfth of the check's time. Where a process cannot be bound, as on macOS, all is as it was.
"""

import os

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests():
    """Before the tests are imported: XLA counts cores when it first computes."""
    bind(os.environ.get("PYTEST_XDIST_WORKER", ""))


def bind(worker: str) -> None:
    """Leaves this process one core if it is a worker of pytest-xdist, gw0, gw1, ..., and there is
    one for each up to its own.
    """
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    number = int(worker[2:]) if worker.startswith("gw") else len(cores)
    if number < len(cores):
        os.sched_setaffinity(0, cores[number : number + 1])
