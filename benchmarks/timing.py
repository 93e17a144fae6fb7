"""Times of repeated calls, and tables to print them in."""

import time
from collections.abc import Callable, Iterable, Sequence

import numpy as np


def seconds(call: Callable[[], object], repeats: int = 20) -> np.ndarray:
    """How long each of `repeats` calls took, after one that does not count. `call` must wait for
    its result.
    """
    call()
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return np.array(found)


def milliseconds(call: Callable[[], object], repeats: int = 20) -> float:
    """The median of `seconds`, in milliseconds."""
    return 1e3 * float(np.median(seconds(call, repeats)))


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence]) -> None:
    """A Markdown table, numbers with one decimal."""
    print(f"\n## {title}\n")
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print(
            "| "
            + " | ".join(f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in row)
            + " |",
            flush=True,
        )
