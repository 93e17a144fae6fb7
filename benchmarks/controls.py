"""From a control's new value to new PNG bytes, for every control of every panel. Promise: 33 ms, 60 ms, 0 compilations."""

import time

import numpy as np

from .panels import compilations, explorers, moves
from .timing import print_table


def times_of(panel, count: int) -> dict[str, list[tuple[float, int]]]:
    """(milliseconds, compilations) of every move, by control."""
    found = {name: [] for name in panel.controls}
    for name, value in moves(panel, count):
        compiled, start = compilations(), time.perf_counter()
        panel.controls[name].value = value
        found[name].append((1e3 * (time.perf_counter() - start), compilations() - compiled))
    return found


def rows_of(name, panel, count):
    everything = times_of(panel, count)
    everything["(all)"] = [move for moves_made in everything.values() for move in moves_made]
    for control, moves_made in everything.items():
        times, compiled = np.array(moves_made).T
        yield name, control, len(times), float(np.median(times)), float(np.percentile(times, 95)), int(compiled.sum())


def main(count: int = 9):
    """Prints the table."""
    header = ("panel", "control", "moves", "median ms", "95 % ms", "compilations")
    rows = (row for name, build in explorers().items() for row in rows_of(name.removesuffix("_explorer"), build(), count))
    print_table("From a control to new PNG bytes", header, rows)
