"""make grid: the cells of lesson 6's grid that the stored file lacks. Half an hour for all on two
busy cores.

Interrupt it at any time: finished cells are kept, and the next run goes on. All devices that JAX
sees take part.
"""

import sys
import time

from lessons.deep_or_ensemble.grid.experiment import make_grid
from lessons.deep_or_ensemble.grid.store import STORED, StoreError, load, places


def main():
    start = time.perf_counter()
    try:
        have = len(load())
        print(f"{have} of {len(places())} cells are in {STORED.name}", flush=True)
        for number, cell in enumerate(make_grid(), have + 1):
            mean = sum(cell.error) / len(cell.error)
            seconds = time.perf_counter() - start
            print(
                f"{number:3d} {seconds:5.0f} s  {cell.row}, {cell.examples} examples, "
                f"{cell.arm}: {mean:.3g}"
                f" (rate {cell.rate:g}, stopped after {cell.stop})",
                flush=True,
            )
    except StoreError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
