"""Lesson 6: what depth makes and no average of shallow networks can."""

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...teaching.symbols import label
from .experiment import KINKS, MOST_BLOCKS, MOST_MEMBERS, MOST_UNITS, measure_sawtooth
from .figure import SawtoothView


def _controls():
    return {
        "blocks": Slider(label("n"), 4, 1, MOST_BLOCKS, play=True),
        "members": Slider(label("M"), 4, 1, MOST_MEMBERS),
        "units": Slider(label("w"), 2, 1, MOST_UNITS),
        "kinks": Choice("kinks", KINKS[0], KINKS),
    }


@starting_values(_controls)
def sawtooth_explorer(**start) -> Explorer:
    """n residual blocks against the average of M networks with one hidden layer of w units."""
    main = {"blocks": (1, 2, 4, 6, 8), "units": (2, 4, 16)}
    return Explorer("sawtooth", SawtoothView, measure_sawtooth, _controls(), start=start, main=main)
