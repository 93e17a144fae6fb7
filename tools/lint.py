"""What `make lint` runs: ruff's rules and format over code and notebooks, and the types of the
package.

python -m tools.lint            says what is wrong
python -m tools.lint --fix      mends what ruff can mend first
"""

import subprocess
import sys

from .install import ROOT

FIXES = (("ruff", "check", "--fix", "--quiet", "."), ("ruff", "format", "--quiet", "."))
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("pyrefly", "check", "--output-format", "min-text"),
)


def main(arguments: list[str]) -> int:
    """0 if nothing is wrong; every check runs, whatever the others said."""
    commands = [*(FIXES if arguments == ["--fix"] else ()), *CHECKS]
    codes = [
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT).returncode
        for command in commands
    ]
    return int(any(codes[-len(CHECKS) :]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
