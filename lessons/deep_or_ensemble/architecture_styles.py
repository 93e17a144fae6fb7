"""Colours and marks of the arms that lesson 6 compares; deep residual and deep plain look as in
every other lesson.

The others are no kinds: eight arms need more hues than kinds leave over, so they share some, but
no dash and no mark.
"""

from collections.abc import Mapping
from typing import Any

from ..drawing.style import BLACK, GREEN, GREY, KINDS, ORANGE, PURPLE, SKY

SHALLOW = {"color": GREEN, "linestyle": (0, (4, 1.5, 1, 1.5))}  # one block deep, many members
STYLES: dict[str, Mapping[str, Any]] = {
    "deep": KINDS["residual"],
    "2 × 6": {"color": SKY, "linestyle": (0, (4, 1, 1, 1)), "marker": "v"},
    "4 × 3": {"color": PURPLE, "linestyle": (0, (5, 1, 1, 1, 1, 1)), "marker": "d"},
    "12 × 1": {**SHALLOW, "marker": "P"},
    "12 × 1 joint": {"color": BLACK, "linestyle": (0, (2, 1)), "marker": ">"},
    "wide": {"color": ORANGE, "linestyle": (0, (8, 1.5)), "marker": "*"},
    "plain": KINDS["plain"],
    "4 deep": {"color": GREY, "linestyle": (0, (1, 1)), "marker": "h"},
}
