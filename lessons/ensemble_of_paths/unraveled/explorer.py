"""Lesson 4: a residual network as the sum of its paths."""

from ...panel.controls import Choice, Slider, Switch
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...teaching.symbols import label
from .experiment import EXAMPLES, HIGHLIGHTS, MOST_BLOCKS, measure_unraveled
from .figure import UnraveledView


def _small(name):
    """A switch that leaves room for others beside it."""
    return Switch(name, False, small=True)


def _controls():
    return {
        "blocks": Slider(label("n"), 3, 1, MOST_BLOCKS, play=True),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 2.0, 0.05),
        "example": Slider("input (test image)", 0, 0, EXAMPLES - 1),
        "seed": Slider("seed", 0, 0, 99),
        "highlight": Choice("show length", HIGHLIGHTS[0], HIGHLIGHTS),
        **{
            f"delete_{block}": _small(f"delete block {block}")
            for block in range(1, MOST_BLOCKS + 1)
        },
    }


@starting_values(_controls)
def unraveled_explorer(**start) -> Explorer:
    """A residual network of 1 to 5 blocks and the list of its paths, each as thick as the gradient
    it carries.
    """
    main = {"blocks": range(1, MOST_BLOCKS + 1), "delete_2": (False, True)}
    return Explorer(
        "unraveled", UnraveledView, measure_unraveled, _controls(), start=start, main=main
    )
