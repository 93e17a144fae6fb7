"""Checks the notebooks with the newest Python of this machine and the newest packages, without
constraints.

    python3 -m tools.newest

Says so in a sentence where there is no Python from 3.12 on. The environment is .venv-newest, made
once: `make clean` removes it, and the next run has the versions of its day.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from .install import NEWEST, ROOT, in_place, install

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


def main() -> int:
    """The verdict of the notebook check, 0 where there is no Python for it."""
    python = newest(candidates(folders()))
    if python is None:
        oldest = ".".join(map(str, FROM))
        print(f"No Python from {oldest} on starts here: the notebooks are checked with one alone.")
        return 0
    print(f"The notebooks are checked with {python} and the newest packages.", flush=True)
    install(ENVIRONMENT, NEWEST, str(python))
    settings = {"JAX_COMPILATION_CACHE_DIR": str(ENVIRONMENT / "compiled")}
    python, environment = str(in_place(ENVIRONMENT)), {**os.environ, **settings}
    subprocess.run([python, "-c", VERSIONS], env=environment, check=True)
    check = [python, "-m", "tools.check", "notebooks"]
    return subprocess.run(check, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
