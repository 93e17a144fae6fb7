"""Colours and marks of the arms that lesson 6 compares; deep residual and deep plain look as in
every other lesson.
"""

from ..drawing.style import BLACK, GREEN, GREY, ORANGE, PLAIN, PURPLE, RESIDUAL, SKY

SHALLOW = {"color": GREEN, "linestyle": (0, (5, 1.2, 1.2, 1.2))}  # one block deep, many members
STYLES = {
    "deep": {**RESIDUAL, "marker": "s"},
    "2 × 6": {"color": SKY, "linestyle": (0, (3, 1.2)), "marker": "v"},
    "4 × 3": {"color": PURPLE, "linestyle": (0, (5, 1, 1, 1, 1, 1)), "marker": "D"},
    "12 × 1": {**SHALLOW, "marker": "o"},
    "12 × 1 joint": {"color": BLACK, "linestyle": (0, (2, 1)), "marker": "X"},
    "wide": {"color": ORANGE, "linestyle": (0, (8, 1.5)), "marker": "P"},
    "plain": {**PLAIN, "marker": "^"},
    "4 deep": {"color": GREY, "linestyle": (0, (1, 1)), "marker": "*"},
}
