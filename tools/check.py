"""The check: says what it will do, does all of it, and ends with one line for each phase.

    python -m tools.check                 what `make test` runs
    python -m tools.check fast            what `make test-fast` runs
    python -m tools.check kernels         what `make test-newest` runs, with this Python
    python -m tools.check notebooks ...   phases by name

A phase that fails stops no other. A new one is a line in PHASES.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from .install import ROOT

# Kernels that have it as their IPYTHONDIR have no network.
OFFLINE = ROOT / "tests" / "notebooks" / "offline"
# What stands here is found before a package of its name, by the phases and by what they start.
WITHOUT = ROOT / "tests" / "without"
# Two workers.
ON_OWN_CORES = ("-n2", "-p", "tools.own_core")
# A panel is built once for all its tests, and the cells of one notebook land on one kernel.
TOGETHER = ("--dist", "loadscope")
# The limits only give up on a kernel that hangs: a busy machine takes ten times as long as an idle
# one.
LIMITS = ("--nbval-cell-timeout=1800", "--nbval-kernel-startup-timeout=600")
NBVAL = ("--nbval", "--nbval-current-env", *LIMITS)


class Phase(NamedTuple):
    """A part of the check."""

    name: str
    what: str
    seconds: int  # on two idle cores, about
    command: tuple[str, ...]  # a module and its arguments
    environment: dict[str, str] = {}


class Result(NamedTuple):
    """What became of a phase."""

    name: str
    code: int  # 0 if all is well
    seconds: float
    counts: dict[str, int]  # of tests: failed, passed, skipped; empty if it does not count

    def __str__(self) -> str:
        failed = f"FAILED (code {self.code})" if self.code else ""
        said = counted(self.counts) if self.counts else failed or "passed"
        line = f"{self.name:<10} {said}, {self.seconds:.0f} s"
        return f"{line}  {failed}" if self.counts and failed else line


# nbval, which runs no test of the package, takes two seconds to load.
PYTEST = ("pytest", "-p", "no:nbval", *ON_OWN_CORES)
PACKAGE = (*PYTEST, *TOGETHER, "--ignore=tests/browser", "tests")
# Programs are compiled with two thirds of the work, and train as fast as others. Level 0 takes a
# third, but trains five times as long. A program is not split for several threads, which both
# workers would wait for: that takes a tenth of their time. What compiles in milliseconds is kept as
# well. All phases have the same flags, for they are a part of what a kept program is found by: what
# the panels of the package's tests have compiled, the other worker, the notebooks and the browser's
# kernels find.
FLAGS = ("--xla_backend_optimization_level=1", "--xla_llvm_disable_expensive_passes=true")
# A process ends at once that is given a flag which its jaxlib does not know, as 0.12 the first of
# these.
UP_TO_0_10 = (
    "--xla_cpu_use_fusion_emitters=false",
    "--xla_cpu_parallel_codegen_split_count=1",
)


def flags(jaxlib: str) -> str:
    """What XLA_FLAGS is in the check with this version of jaxlib."""
    major, minor, *_ = map(int, re.findall(r"\d+", jaxlib))
    return " ".join([*FLAGS, *(UP_TO_0_10 if (major, minor) <= (0, 10) else ())])


COMPILER = {
    "XLA_FLAGS": flags(version("jaxlib")),
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
}
BROWSER = (*PYTEST, "tests/browser")
WITHOUT_TRAINING = (*PACKAGE, "-m", "not slow")
NOTEBOOKS = ("pytest", *NBVAL, *ON_OWN_CORES, *TOGETHER, "notebooks")
AS_A_LEARNER = ("pytest", *NBVAL, "-n2", *TOGETHER, "notebooks")
OFFLINE_KERNELS = {"IPYTHONDIR": str(OFFLINE)}
# What `make test-newest` runs: programs are compiled as in the kernel of a learner, and have all
# cores.
KERNELS = Phase(
    "kernels", "each notebook, compiled as a learner's", 65, AS_A_LEARNER, OFFLINE_KERNELS
)
FAST = Phase("fast", "the package, without what is slow", 60, WITHOUT_TRAINING, COMPILER)
PHASES = (
    Phase("lint", "ruff's rules and format, and types", 3, ("tools.lint",)),
    Phase("package", "the tests of the package", 185, PACKAGE, COMPILER),
    Phase(
        "notebooks",
        "each notebook is run and its outputs are compared with the stored ones",
        35,
        NOTEBOOKS,
        {**COMPILER, **OFFLINE_KERNELS},
    ),
    Phase("browser", "panels and pages in Chromium", 135, BROWSER, COMPILER),
)


def chosen(names: list[str]) -> list[Phase]:
    """The phases of these names, all of `make test` if there are none. Raises KeyError for a name
    that is none.
    """
    known = {phase.name: phase for phase in (*PHASES, FAST, KERNELS)}
    return [known[name] for name in names] or list(PHASES)


def plan(phases: list[Phase]) -> str:
    """What will be done, and about how long it takes."""
    minutes = max(1, round(sum(phase.seconds for phase in phases) / 60))
    lines = [f"{phase.name:<10} {phase.what}, about {phase.seconds} s" for phase in phases]
    total = f"This takes about {minutes} min on two idle cores, and longer while others compute."
    return "\n".join([*lines, total])


def run(phase: Phase) -> Result:
    """Runs the phase; what it prints goes to the terminal as it comes."""
    print(f"\n---- {phase.name}: {phase.what}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", *phase.command]
        if phase.command[0] == "pytest":
            command.append(f"--junitxml={report}")
        started = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=environment(phase)).returncode
        return Result(phase.name, code, time.monotonic() - started, counts(report))


def environment(phase: Phase) -> dict[str, str]:
    """That of this process with the phase's own variables, and with what is left out. A folder that
    keeps no bytecode keeps some: two workers and twenty kernels would each compile all lessons.
    """
    paths = [str(WITHOUT), *filter(None, [os.environ.get("PYTHONPATH")])]
    found = {**os.environ, **phase.environment, "PYTHONPATH": os.pathsep.join(paths)}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def counts(report: Path) -> dict[str, int]:
    """How many tests failed, passed and were skipped, by pytest's report; empty if there is
    none.
    """
    if not report.exists():
        return {}
    [suite] = ElementTree.parse(report).getroot().iter("testsuite")
    tests, failed, errors, skipped = (
        int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
    )
    passed = tests - failed - errors - skipped
    return {"failed": failed, "errors": errors, "passed": passed, "skipped": skipped}


def counted(numbers: dict[str, int]) -> str:
    """3 failed, 97 passed, 2 skipped; in pytest's order, without what there is none of."""
    said = [f"{count} {what}" for what, count in numbers.items() if count or what == "passed"]
    return ", ".join(said)


def report(results: list[Result]) -> str:
    """One line for each phase, and last one for all, in pytest's form, which tools can read."""
    total = {}
    for result in results:
        for what, count in result.counts.items():
            total[what] = total.get(what, 0) + count
    failed = [result.name for result in results if result.code]
    verdict = f"FAILED: {', '.join(failed)}; " if failed else ""
    seconds = sum(result.seconds for result in results)
    last = f"==== {verdict}{counted(total) or 'nothing counted'} in {seconds:.0f} s ===="
    return "\n".join(["", *map(str, results), last])


def main(names: list[str]) -> int:
    """0 if all phases passed."""
    phases, results = chosen(names), []
    print(plan(phases), flush=True)
    try:
        for phase in phases:
            results.append(run(phase))
    finally:  # interrupted, too
        print(report(results), flush=True)
    return int(any(result.code for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
