"""The grid of lesson 6 as a file: every arm on every task at every size, and the settings that
made the numbers.
"""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ...errors import LearnerError
from ..architectures import ARMS, NAMES

STORED = Path(__file__).parent / "grid.json"
SEEDS = 5
LEARNING_RATES = (0.003, 0.01, 0.03)
STOPS = (100, 250, 500, 1000, 2000)  # in steps; the best is kept
# Name of the row: arguments of tasks.draw_task, and the training sizes.
ROWS = {
    "digits": (dict(name="digits", depth=1, noise=0.0), (50, 200, 1000)),
    "digits, 30 % of labels wrong": (dict(name="digits", depth=1, noise=0.3), (50, 200, 1000)),
    "teacher, 1 hidden layer": (dict(name="teacher", depth=1, noise=0.0), (200, 2000, 20_000)),
    "teacher, 4 hidden layers": (dict(name="teacher", depth=4, noise=0.0), (200, 2000, 20_000)),
}


class StoreError(LearnerError):
    """A file of results that cannot be used."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One arm on one task with one number of examples. Errors are relative to the best constant
    answer, one per seed.
    """

    row: str
    examples: int
    arm: str
    rate: float  # picked on the validation examples
    stop: int  # picked with it, in steps
    error: tuple[float, ...]
    member_error: tuple[float, ...]
    wrong: tuple[float, ...]  # part of the test examples whose largest output is the wrong one

    @property
    def place(self) -> tuple[str, int, str]:
        """Which cell of the grid it is."""
        return self.row, self.examples, self.arm


def places() -> list[tuple[str, int, str]]:
    """Every cell that the full grid has, in the order in which they are made."""
    return [(row, size, arm) for row, (_, sizes) in ROWS.items() for size in sizes for arm in NAMES]


def settings() -> dict:
    """What decides the numbers. Cells made with other settings are never mixed with these."""
    arms = [
        asdict(arm) | {"parameters": arm.parameters, "multiplications": arm.multiplications}
        for arm in ARMS
    ]
    made = {
        "seeds": SEEDS,
        "learning_rates": LEARNING_RATES,
        "stops": STOPS,
        "rows": ROWS,
        "arms": arms,
    }
    return json.loads(json.dumps(made))  # lists for tuples, as in the file


def save(cells: dict, path: Path = STORED) -> None:
    """Writes all cells, or nothing: a run that is killed meanwhile leaves the old file."""
    text = ",\n".join(json.dumps(asdict(cell)) for cell in cells.values())
    beside = path.with_suffix(".part")
    beside.write_text(
        f'{{"settings": {json.dumps(settings())},\n"cells": [\n{text}\n]}}\n', encoding="utf-8"
    )
    os.replace(beside, path)


def load(path: Path = STORED) -> dict:
    """The cells made so far, by place; none if there is no file. Raises StoreError for a file
    that cannot be trusted.
    """
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:  # not JSON, or not even text
        raise _refused(path, "it is not complete JSON") from None
    if (
        not isinstance(found, dict)
        or set(found) != {"settings", "cells"}
        or not isinstance(found["cells"], list)
    ):
        raise _refused(path, "it must hold settings and cells")
    if found["settings"] != settings():
        raise _refused(path, "it was made with other settings than these lessons have")
    cells = [_cell(path, entry) for entry in found["cells"]]
    if len({cell.place for cell in cells}) < len(cells):
        raise _refused(path, "a cell stands twice")
    return {cell.place: cell for cell in cells}


def _cell(path: Path, entry: Any) -> Cell:
    if not isinstance(entry, dict) or set(entry) != {field.name for field in fields(Cell)}:
        raise _refused(
            path,
            f"a cell must hold {', '.join(field.name for field in fields(Cell))}, got "
            f"{str(entry)[:80]}",
        )
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }
    cell = Cell(**values)
    where = f"the cell of {cell.arm!r} for {cell.row!r} with {cell.examples} examples"
    if cell.place not in places():
        raise _refused(path, f"{where} is no part of the grid")
    if cell.rate not in LEARNING_RATES or cell.stop not in STOPS:
        raise _refused(path, f"{where} has a learning rate or a stop that was not tried")
    for name in ("error", "member_error", "wrong"):
        numbers = getattr(cell, name)
        good = isinstance(numbers, tuple) and all(
            type(one) in (int, float) and 0 <= one < 1e6 for one in numbers
        )
        if not good or len(numbers) != SEEDS:
            raise _refused(
                path,
                f"{where} must have {SEEDS} numbers from 0 on as its {name}, got "
                f"{str(numbers)[:80]}",
            )
    return cell


def _refused(path, reason):
    return StoreError(
        f"{path.name} cannot be used: {reason}. Delete it and run make grid, which "
        "makes all cells again."
    )
