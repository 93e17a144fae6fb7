"""From a control's new value to new PNG bytes, for every control of every panel. Promise: 33 ms, 60
ms, 0 compilations.

Where a panel shows several networks at once, that is for one; with as many as it takes, 150 ms.
"""

import time
from itertools import chain, starmap

import numpy as np

from tests.panels import compilations, explorers, moves

from .timing import print_table


def times_of(panel, count: int, held: dict) -> dict[str, list[tuple[float, int]]]:
    """(milliseconds, compilations) of every move, by control."""
    found = {name: [] for name in panel.controls if name not in held}
    for name, value in moves(panel, count, **held):
        compiled, start = compilations(), time.perf_counter()
        panel.controls[name].value = value
        found[name].append((1e3 * (time.perf_counter() - start), compilations() - compiled))
    return found


def rows_of(name, panel, count, held):
    everything = times_of(panel, count, held)
    everything["(all)"] = [move for moves_made in everything.values() for move in moves_made]
    for control, moves_made in everything.items():
        times, compiled = np.array(moves_made).T
        yield (
            name,
            control,
            len(times),
            float(np.median(times)),
            float(np.percentile(times, 95)),
            int(compiled.sum()),
        )


def main(count: int = 9):
    """Prints two tables."""
    panels = {name.removesuffix("_explorer"): build() for name, build in explorers().items()}
    several = {
        name: panel.controls["networks"].high
        for name, panel in panels.items()
        if "networks" in panel.controls
    }
    one = (
        (name, panel, count, {"networks": 1} if name in several else {})
        for name, panel in panels.items()
    )
    most = (
        (name, panels[name], count, {"networks": networks}) for name, networks in several.items()
    )
    header = ("panel", "control", "moves", "median ms", "95 % ms", "compilations")
    print_table(
        "From a control to new PNG bytes", header, chain.from_iterable(starmap(rows_of, one))
    )
    print_table(
        f"With several networks at once: {several}",
        header,
        chain.from_iterable(starmap(rows_of, most)),
    )
