"""Tables of what was measured over many seeds."""

from collections.abc import Iterable, Sequence

import numpy as np

from lessons.paired_differences import student_interval


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence]) -> None:
    """A Markdown table; each row is shown as soon as it is known."""
    print(f"\n## {title}\n", flush=True)
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header), flush=True)
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


def spread(values, digits: int = 2) -> str:
    """Median and, in brackets, the least and the greatest of the values."""
    least, middle, most = np.percentile(np.asarray(values, float), (0, 50, 100))
    return f"{middle:.{digits}g} ({least:.{digits}g} to {most:.{digits}g})"


def pairs(differences) -> str:
    """Paired differences: their mean, its 95 % interval by Student's t, how many are above 0."""
    differences = np.asarray(differences, float)
    low, high = student_interval(differences)
    above = int((differences > 0).sum())
    return (
        f"{differences.mean():+.3g} ({low:+.3g} to {high:+.3g}), above 0 in {above} of "
        f"{len(differences)}"
    )
