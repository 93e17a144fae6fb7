"""What the Makefile runs: installing, checking, opening. In Python, for make cannot name a folder
with a space in it.
"""

import sys

OLDEST = (3, 11)


def require_python(version=sys.version_info, name=sys.executable):
    """Ends with a sentence if this Python is too old for the lessons. Older ones must be able to
    read this file.
    """
    if version < OLDEST:
        needed, found = (".".join(map(str, numbers[:3])) for numbers in (OLDEST, version))
        sys.exit(
            "These lessons need Python %s or later, and %s is %s; name another with make PYTHON=..."
            % (needed, name, found)
        )


require_python()  # here, for it could not read the other files
