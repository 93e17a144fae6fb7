"""The full grid of lesson 6, cell by cell."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from ...errors import one_of, whole_number
from ..architectures import NAMES, named
from ..learning_tasks import draw_task
from ..model_selection import Scores, contest, pick
from .measurement import GridMeasurement
from .store import LEARNING_RATES, ROWS, SEEDS, STORED, Cell, StoreError, load, places, save
from .store import STOPS as ALL_STOPS


def make_grid(path: Path = STORED, only=None, stops=ALL_STOPS, devices=None) -> Iterator[Cell]:
    """Makes the cells that the file does not have yet, and stores the file after each. Raises
    StoreError before the first.

    `only` restricts it to these places. What was made before a stop is found again.
    """
    cells = load(path)
    for place in places() if only is None else only:
        if place not in cells:
            row, size, arm = place
            cells[place] = make_cell(row, size, arm, stops, devices)
            save(cells, path)
            yield cells[place]


def make_cell(
    row: str, examples: int, arm: str, stops=ALL_STOPS, devices=None, rates=LEARNING_RATES
) -> Cell:
    """Trains one arm with all learning rates on five seeds, each with a training set, test set
    and teacher of its own.
    """
    seeds = tuple(range(SEEDS))
    task = draw_task(examples=examples, seeds=seeds, **ROWS[row][0])
    found = Scores(
        *map(np.stack, zip(*contest(named(arm), task, seeds, stops, rates, devices), strict=True))
    )
    stop, rate = pick(found.validation)
    error, member_error, wrong = (
        tuple(float(f"{one:.4g}") for one in part[stop, rate]) for part in found[:3]
    )
    return Cell(
        row=row,
        examples=examples,
        arm=arm,
        rate=rates[rate],
        stop=stops[stop],
        error=error,
        member_error=member_error,
        wrong=wrong,
    )


def measure_grid(
    arm: str = "deep",
    rival: str = "12 × 1",
    row: str = next(iter(ROWS)),
    size: int = 1,
    path: Path = STORED,
) -> GridMeasurement:
    """What the stored grid says; nothing is trained. `size` counts the numbers of examples, 1 ...
    3.

    Raises NetworkError, and StoreError for a file that is missing or cannot be trusted.
    """
    one_of("arm", arm, NAMES)
    one_of("rival", rival, NAMES)
    one_of("task", row, tuple(ROWS))
    sizes = ROWS[row][1]
    place = whole_number("size", size, 1, len(sizes))
    if not path.exists():
        raise StoreError(f"{path.name} has not been made yet: run make grid.")
    return GridMeasurement(
        cells=_loaded(path, path.stat().st_mtime_ns),
        arm=arm,
        rival=rival,
        row=row,
        examples=sizes[place - 1],
    )


@lru_cache(maxsize=2)
def _loaded(path, changed):
    return load(path)
