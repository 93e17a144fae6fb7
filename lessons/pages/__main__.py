"""python -m lessons.pages FOLDER NOTEBOOK...: writes the lessons' pages into the folder."""

import sys
from pathlib import Path

from .build import build

PROCESSES = 2  # of half a gigabyte each

if __name__ == "__main__":  # a spawned process imports this module too
    folder, *notebooks = map(Path, sys.argv[1:])
    for written in build(notebooks, folder, PROCESSES):
        print(written, flush=True)
