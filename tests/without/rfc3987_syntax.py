"""Stands before the package of this name in the processes of the check: see tools/check.py.

jsonschema, which nbformat and Jupyter's server import, would have it make 38 grammars at import, in
over a second, for a format that no notebook has; without it that format is not checked.
"""

raise ImportError("left out in the check: its import takes longer than many a test")
