"""Lesson 4: delete and reorder the blocks of trained networks."""

from ...panel.controls import Slider, Switch
from ...panel.keywords import starting_values
from ...panel.training_explorer import TrainingExplorer
from ...teaching.symbols import label
from .experiment import BLOCKS, LesionExperiment
from .figure import LesionView


def _small(name):
    """A switch that leaves room for others beside it."""
    return Switch(name, False, small=True)


def _controls():
    return {
        "deleted": Slider("blocks deleted", 2, 0, BLOCKS - 1),
        "tau": Slider(label("τ"), 0.8, 0.0, 1.0, 0.1),
        "seed": Slider("seed", 0, 0, 99),
        **{f"gone_{block}": _small(f"no {block}") for block in range(1, BLOCKS + 1)},
    }


@starting_values(_controls)
def lesion_explorer(**start) -> TrainingExplorer:
    """Four networks of 12 blocks trained on digits: one plain, three residual. Lesions need no new
    training.
    """
    main = {"deleted": (0, 1, 2, 4, 8, 11), "tau": (0, 0.4, 0.8, 1)}
    return TrainingExplorer(
        "lesion", LesionView, LesionExperiment().measure, _controls(), start=start, main=main
    )
