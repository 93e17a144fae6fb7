"""Lesson 4: a residual network as the sum of its paths."""

from ...panel.controls import Choice, Slider, Switch
from ...panel.explorer import Explorer
from ...teaching.symbols import label
from .experiment import EXAMPLES, HIGHLIGHTS, MOST_BLOCKS, measure_unraveled
from .figure import UnraveledView


def unraveled_explorer(**start) -> Explorer:
    """A residual network of 1 to 5 blocks and the list of its paths, each as thick as the gradient
    it carries.

    Keywords give starting values: blocks, branch_scale, example, seed, highlight ("all" or a length
    as text), and delete_1 ... delete_5.
    """
    controls = {
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
    main = {"blocks": range(1, MOST_BLOCKS + 1), "delete_2": (False, True)}
    return Explorer("unraveled", UnraveledView, measure_unraveled, controls, start=start, main=main)


def _small(name):
    """A switch that leaves room for others beside it."""
    return Switch(name, False, small=True)
