"""Installs the lessons into a virtual environment that knows where it belongs.

    python3 -m tools.install

Needs nothing but Python itself. What is there stays if it fits: its stamp names the folder and what
was asked for. Scripts and kernels of an environment hold the path of its folder, so that one that
was moved or copied is made anew.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STAMP = ".installed"
PINNED = ("-c", "constraints.txt")
NEWEST = ("--upgrade", "--upgrade-strategy", "eager")


def in_place(environment: Path) -> Path:
    """The interpreter of an environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp(environment: Path, options: tuple[str, ...]) -> str:
    """What an installation that fits has written down: its folder, pip's options, and a digest of
    what they read.
    """
    checkout = environment.parent
    asked = [(checkout / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    digest = hashlib.sha256(b"\0".join(asked)).hexdigest()
    return "\n".join([str(environment.resolve()), *options, digest, ""])


def fits(environment: Path, options: tuple[str, ...]) -> bool:
    """Whether `install` has nothing to do."""
    written = environment / STAMP
    # exists() follows the link to the Python that made it, which may be gone
    if not (written.is_file() and in_place(environment).exists()):
        return False
    return written.read_text(encoding="utf-8") == stamp(environment, options)


def install(
    environment: Path, options: tuple[str, ...] = PINNED, python: str = sys.executable
) -> None:
    """Makes the environment anew with `python` unless it fits. Raises CalledProcessError where venv
    or pip fails.
    """
    if fits(environment, options):
        return
    if environment.is_symlink():
        sys.exit(f"{environment} is a link to {environment.resolve()} and stays: remove the link.")
    if environment.exists():
        print(f"{environment} is of another folder or other packages: made anew.", flush=True)
        shutil.rmtree(environment)
    subprocess.run([python, "-m", "venv", environment], check=True)
    pip = [in_place(environment), "-m", "pip", "install", *options, "-e", ".[test]"]
    subprocess.run(pip, cwd=environment.parent, check=True)
    (environment / STAMP).write_text(stamp(environment, options), encoding="utf-8")


def main() -> None:
    try:
        install(ROOT / ".venv")
    except subprocess.CalledProcessError as error:  # it has said why
        sys.exit(error.returncode)


if __name__ == "__main__":
    main()
