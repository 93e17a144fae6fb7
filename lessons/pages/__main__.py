"""python -m lessons.pages FOLDER NOTEBOOK...: writes the lessons' pages into the folder."""

import sys
from pathlib import Path

from .site import build

folder, *notebooks = map(Path, sys.argv[1:])
for written in build(notebooks, folder):
    print(written, flush=True)
