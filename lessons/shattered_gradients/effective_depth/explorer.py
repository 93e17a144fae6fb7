"""Lesson 5: one number, the effective depth s, for all these networks."""

from ...network.topology import MAX_DEPTH
from ...panel.controls import Slider, Switch
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...teaching.symbols import label
from .experiment import MAX_NETWORKS, NARROWEST, WIDEST, measure_one_number
from .figure import OneNumberView


def _controls():
    return {
        "depth": Slider(label("L"), 54, 1, MAX_DEPTH, play=True),
        "branch_scale": Slider(label("β"), 0.1, 0.0, 1.5, 0.05),
        "width": Slider("width (units)", 100, NARROWEST, WIDEST, 10),
        "networks": Slider("networks", 3, 1, MAX_NETWORKS),
        "seed": Slider("seed", 0, 0, 99),
        "centred": Switch("centred over the batch", True),
    }


@starting_values(_controls)
def one_number_explorer(**start) -> Explorer:
    """Correlation of gradients against depth and against s = p_1 + ... + p_L, for six kinds of
    network.
    """
    main = {"depth": (1, 2, 4, 8, 16, 32, 54), "centred": (True, False)}
    return Explorer(
        "one_number", OneNumberView, measure_one_number, _controls(), start=start, main=main
    )
