"""Lesson 2: a W on every skip of a deep network."""

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...teaching.symbols import label
from .experiment import BRANCH_SCALE, KINDS, MOST_BLOCKS, measure_repeated_projection
from .figure import RepeatedView


def _controls():
    return {
        "kind": Choice(label("W"), "λI", KINDS),
        "blocks": Slider(label("n"), MOST_BLOCKS, 1, MOST_BLOCKS, play=True),
        "scale": Slider(label("λ"), 0.9, 0.5, 1.1, 0.01),
        "branch_scale": Slider(label("β"), BRANCH_SCALE, 0.0, 1.0, 0.02),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def repeated_projection_explorer(**start) -> Explorer:
    """What up to 54 shortcuts of one kind leave of a signal and of a gradient."""
    main = {"kind": KINDS, "blocks": (1, 5, 20, MOST_BLOCKS)}
    return Explorer(
        "repeated-projection",
        RepeatedView,
        measure_repeated_projection,
        _controls(),
        start=start,
        main=main,
    )
