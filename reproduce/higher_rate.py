"""Would a higher learning rate have changed lesson 6's grid? The cells that picked the highest one,
again with 0.1 beside it.

    python -m reproduce.higher_rate

Trains what lessons/deep_or_ensemble/grid/higher_rate.json lacks, seven minutes for all on two busy
cores, then says what came out. Interrupt it at any time: finished cells are kept.
"""

import json
import time
from dataclasses import asdict

import numpy as np

from lessons.deep_or_ensemble.grid.experiment import make_cell
from lessons.deep_or_ensemble.grid.measurement import GridMeasurement
from lessons.deep_or_ensemble.grid.store import LEARNING_RATES, STORED, load, settings

HIGHER = 0.1
RATES = (max(LEARNING_RATES), HIGHER)
TRIAL = STORED.with_name("higher_rate.json")


def at_the_highest_rate(cells: dict) -> list[tuple]:
    """The places whose cells picked the highest rate that the grid tried."""
    return [place for place, cell in cells.items() if cell.rate == max(LEARNING_RATES)]


def load_trial() -> list[dict]:
    """The cells tried so far, as stored; none that were made with other settings."""
    found = json.loads(TRIAL.read_text(encoding="utf-8")) if TRIAL.exists() else {}
    return (
        found["cells"]
        if found.get("settings") == settings() and found["rates"] == list(RATES)
        else []
    )


def save_trial(tried: list[dict]) -> None:
    """Writes them with the settings that made them."""
    lines = ",\n".join(map(json.dumps, tried))
    head = f'"settings": {json.dumps(settings())},\n"rates": {json.dumps(RATES)}'
    text = f'{{{head},\n"cells": [\n{lines}\n]}}\n'
    TRIAL.write_text(text, encoding="utf-8")


def place(entry: dict) -> tuple:
    """Which cell of the grid a stored one belongs to."""
    return entry["row"], entry["examples"], entry["arm"]


def changed(cells: dict, tried: list[dict]) -> dict:
    """The grid with the cells that picked the higher rate in place of the old ones."""
    better = {place(entry): entry for entry in tried if entry["rate"] == HIGHER}
    return {
        where: type(cell)(**{**better[where], "error": tuple(better[where]["error"])})
        if where in better
        else cell
        for where, cell in cells.items()
    }


def verdicts(cells: dict, rival: str) -> list[str]:
    """Of the deep network against this rival, in every comparison of the grid."""
    row, examples, _ = next(iter(cells))
    return GridMeasurement(
        cells=cells, arm="deep", rival=rival, row=row, examples=examples
    ).verdicts


def main():
    cells, tried, start = load(), load_trial(), time.perf_counter()
    wanted = at_the_highest_rate(cells)
    have = {place(entry) for entry in tried}
    for where in wanted:
        if where not in have:
            cell = make_cell(*where, rates=RATES)
            tried.append(asdict(cell))
            save_trial(tried)
            print(
                f"{len(tried):3d} of {len(wanted)} {time.perf_counter() - start:5.0f} s  "
                f"{where}: rate {cell.rate:g}, "
                f"error {np.mean(cell.error) / np.mean(cells[where].error):.2f} times that "
                "in the grid",
                flush=True,
            )
    picked = [entry for entry in tried if entry["rate"] == HIGHER]
    print(f"{len(picked)} of {len(tried)} cells pick a rate of {HIGHER}:")
    for entry in picked:
        ratio = np.mean(entry["error"]) / np.mean(cells[place(entry)].error)
        print(f"  {place(entry)}: error {ratio:.2f} times that in the grid")
    for rival in ("12 × 1", "4 × 3", "2 × 6", "plain"):
        pairs = zip(verdicts(cells, rival), verdicts(changed(cells, tried), rival), strict=True)
        moves = [f"{before} to {after}" for before, after in pairs if before != after]
        print(f"deep against {rival}: {', '.join(moves) or 'no verdict changes'}")


if __name__ == "__main__":
    main()
