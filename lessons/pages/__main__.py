"""python -m lessons.pages FOLDER NOTEBOOK...: writes the lessons' pages into the folder."""

import sys
import traceback
from pathlib import Path

from .build import build, page_bytes
from .place import SiteError

PROCESSES = 2  # of half a gigabyte each


def main(folder: str, *notebooks: str) -> None:
    """Prints what was written; ends with a sentence if nothing was."""
    try:
        written = build([*map(Path, notebooks)], Path(folder), PROCESSES)
    except SiteError as error:
        if error.__cause__:  # a lesson that fails is to be mended
            traceback.print_exception(error.__cause__)
        sys.exit(str(error))
    for file in written:
        print(f"{file}  {page_bytes(file) / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":  # a spawned process imports this module too
    main(*sys.argv[1:])
