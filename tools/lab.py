"""Opens JupyterLab on the lessons.

    python3 -m tools.lab [flags for JupyterLab]

It listens on this machine alone, and asks for its token, unless a flag says otherwise.
"""

import os
import subprocess
import sys

from .install import ROOT, in_place
from .install import main as install

DEFAULTS = {
    "--ServerApp.ip": "127.0.0.1",
    "--ServerApp.root_dir": ".",  # so that the file browser reaches lessons/ as well
    "--LabApp.default_url": "/lab/tree/notebooks",
}
SHORT = {"--ip": "--ServerApp.ip", "--notebook-dir": "--ServerApp.root_dir"}
AS_ROOT = "--allow-root"


def refuse_root(arguments: list[str]) -> None:
    """Ends with a sentence if JupyterLab would."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and AS_ROOT not in arguments:
        sys.exit(f"JupyterLab does not start as root unless told to: make lab ARGS={AS_ROOT}")


def flags(arguments: list[str]) -> list[str]:
    """Those of the lessons that no argument takes the place of, then the arguments."""
    given = {SHORT.get(name, name) for name in (argument.split("=")[0] for argument in arguments)}
    return [f"{name}={value}" for name, value in DEFAULTS.items() if name not in given] + arguments


def main(arguments: list[str]) -> None:
    refuse_root(arguments)
    install()
    lab = [str(in_place(ROOT / ".venv")), "-m", "jupyterlab", *flags(arguments)]
    os.chdir(ROOT)
    if os.name == "nt":  # has no exec that a console waits for
        sys.exit(subprocess.run(lab).returncode)
    os.execv(lab[0], lab)


if __name__ == "__main__":
    main(sys.argv[1:])
