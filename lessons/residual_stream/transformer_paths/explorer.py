"""Lesson 7: the paths of a transformer."""

from functools import partial

from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.trained import Trained
from .experiment import LINES, NETWORKS, measure_transformer_paths
from .figure import TransformerPathsView
from .measurement import StoredPaths


def _controls():
    return {
        "network": Choice("network", "after training", tuple(NETWORKS)),
        "line": Slider("line of the text", 1, 1, LINES),
    }


@starting_values(_controls)
def transformer_paths_explorer(**start) -> Explorer:
    """Which lengths of paths carry the gradient of a transformer, before training and after."""
    stored = Trained(__file__, StoredPaths).records
    return Explorer(
        "transformer_paths",
        TransformerPathsView,
        partial(measure_transformer_paths, stored),
        _controls(),
        start=start,
        main={"network": tuple(NETWORKS), "line": range(1, LINES + 1)},
    )
