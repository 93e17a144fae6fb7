"""Lesson 2: a block whose input and output differ in size."""

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...teaching.symbols import label
from .experiment import LONGEST, SHORTCUTS, WIDEST, measure_shape
from .figure import ShapeView

TASKS = (
    Task(
        "x has 24 numbers, F(x) has 40: find a shortcut that fits and costs no parameter.",
        lambda m: m.a != m.b and m.sum is not None and m.shortcut_cost == 0,
        "Zero-padding writes x and fills up with zeros. It gives back all directions that F loses.",
        {"shortcut": "identity"},
        {"shortcut": "zero-padding"},
    ),
)


def _controls():
    return {
        "a": Slider(label("a"), 24, 1, WIDEST),
        "b": Slider(label("b"), 40, 1, WIDEST),
        "span": Slider(label("m"), 2, 1, LONGEST),
        "shortcut": Choice("shortcut", "zero-padding", SHORTCUTS),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def shape_explorer(**start) -> Explorer:
    """A residual block from size a to size b: its boxes, its cost and its singular values."""
    main = {"b": (1, 12, 24, 40, 64), "shortcut": SHORTCUTS}
    return Explorer(
        "shape", ShapeView, measure_shape, _controls(), start=start, main=main, tasks=TASKS
    )
