"""Checks the notebooks with the newest Python of this machine and the newest packages, without
constraints.

    python3 -m tools.newest

Says so in a sentence where there is no Python from 3.12 on. The environment is .venv-newest, made
once: `make clean` removes it, and the next run has the versions of its day. It has what a kernel
needs and what compares, no JupyterLab and no browser.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from .install import NEWEST, ROOT, STAMP, fits, in_place, stamp

ENVIRONMENT = ROOT / ".venv-newest"
FROM = (3, 12)
# Where pythons stand that are not on the PATH: pyenv's, uv's, conda's, macOS's.
PLACES = (
    "~/.pyenv/versions/*/bin",
    "~/.local/share/uv/python/*/bin",
    "~/*conda3/bin",
    "~/*conda3/envs/*/bin",
    "/usr/local/bin",
    "/usr/bin",
    "/opt/*/bin",
    "/Library/Frameworks/Python.framework/Versions/*/bin",
)
# JupyterLab shows notebooks; nbval runs them without it.
SHOWS = "jupyterlab"
COMPARES = ("nbval", "pytest", "pytest-xdist")
PYTHON = re.compile(r"python3(\.\d+)?(\.exe)?")
# Its version if it is a release that has what an environment needs: a name may be a shim that
# starts nothing.
ASK = (
    "import sys, venv, ensurepip; "
    "sys.version_info.releaselevel == 'final' and print(*sys.version_info[:3])"
)
VERSIONS = (
    "import sys, jax, numpy; "
    "print('Python', sys.version.split()[0], 'jax', jax.__version__, 'NumPy', numpy.__version__)"
)


def candidates(folders: Iterable[Path]) -> list[Path]:
    """Every python3 and python3.x in these folders."""
    found = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())]
    return [path for path in found if PYTHON.fullmatch(path.name) and os.access(path, os.X_OK)]


def folders() -> list[Path]:
    """Those of the PATH, then the other places."""
    on_path = [Path(entry) for entry in os.environ.get("PATH", "").split(os.pathsep) if entry]
    places = [Path(place).expanduser() for place in PLACES]
    return on_path + [
        found for place in places for found in Path(place.anchor).glob(str(place)[1:])
    ]


def version(python: Path) -> tuple[int, ...] | None:
    """Its version, or None if it does not start or is no release."""
    try:
        done = subprocess.run([python, "-c", ASK], capture_output=True, text=True, timeout=600)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return tuple(map(int, done.stdout.split())) or None if done.returncode == 0 else None


def newest(pythons: Iterable[Path]) -> Path | None:
    """Of those that start the newest from FROM on; of equals the first."""
    known = [(found, python) for python in pythons if (found := version(python)) and found >= FROM]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def needed() -> list[str]:
    """What the lessons need, and what compares their outputs, as pyproject.toml asks for it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lessons, tests = project["dependencies"], project["optional-dependencies"]["test"]
    return [each for each in lessons if name(each) != SHOWS] + [
        each for each in tests if name(each) in COMPARES
    ]


def name(requirement: str) -> str:
    """Of jax>=0.10 the name jax."""
    return re.match(r"[\w.-]+", requirement)[0]


def prepare(python: Path) -> None:
    """Makes the environment anew with `python` unless it fits. The lessons themselves are not
    installed: they are found from the check's folder.
    """
    options = (*NEWEST, *needed())
    if fits(ENVIRONMENT, options):
        return
    if ENVIRONMENT.is_symlink():
        sys.exit(f"{ENVIRONMENT} is a link to {ENVIRONMENT.resolve()} and stays: remove the link.")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    subprocess.run([python, "-m", "venv", ENVIRONMENT], check=True)
    subprocess.run([in_place(ENVIRONMENT), "-m", "pip", "install", *options], check=True)
    (ENVIRONMENT / STAMP).write_text(stamp(ENVIRONMENT, options), encoding="utf-8")


def settings() -> dict[str, str]:
    """What this process has in its environment, the lessons' place, and a folder that keeps what
    is compiled; NumPy's threads would wait for each other in a loop, on the core of the other
    worker.
    """
    own = {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **own, "JAX_COMPILATION_CACHE_DIR": str(ENVIRONMENT / "compiled")}


def main() -> int:
    """The verdict of the notebook check, 0 where there is no Python for it."""
    python = newest(candidates(folders()))
    if python is None:
        oldest = ".".join(map(str, FROM))
        print(f"No Python from {oldest} on starts here: the notebooks are checked with one alone.")
        return 0
    print(f"The notebooks are checked with {python} and the newest packages.", flush=True)
    prepare(python)
    python, environment = str(in_place(ENVIRONMENT)), settings()
    subprocess.run([python, "-c", VERSIONS], env=environment, check=True)
    check = [python, "-m", "tools.check", "kernels"]
    return subprocess.run(check, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
