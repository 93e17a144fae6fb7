"""Lesson 4: delete and reorder the blocks of trained networks."""

from ...panel.controls import Slider, Switch
from ...panel.keywords import starting_values
from ...panel.trained import Trained
from ...panel.training_explorer import TrainingExplorer
from ...teaching.symbols import label
from .experiment import BLOCKS, LesionExperiment
from .figure import LesionView
from .trained import AnyLesion


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
    experiment, stored = LesionExperiment(), Trained(__file__, AnyLesion, AnyLesion.show)
    return TrainingExplorer(
        "lesion",
        LesionView,
        experiment.measure,
        _controls(),
        start=start,
        trained=lambda values: None if experiment.has_trained(values["seed"]) else stored(values),
        main=main,
    )
