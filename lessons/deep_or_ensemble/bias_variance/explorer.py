"""Lesson 6: one deep network or an ensemble of shallow ones, at one budget."""

from ...panel.controls import Choice, Slider, Switch
from ...panel.keywords import starting_values
from ...panel.trained import Trained
from ...panel.training_explorer import TrainingExplorer
from ..learning_tasks import DEEPEST_TEACHER, MOST_EXAMPLES, MOST_NOISE, TASKS, most_examples
from .experiment import MOST_STEPS, STOPS, measure_bias_variance
from .figure import BiasVarianceView
from .measurement import BiasVarianceMeasurement


def _controls():
    return {
        "task": Choice("task", "teacher", TASKS[::-1]),
        "depth": Slider("teacher's layers", 4, 1, DEEPEST_TEACHER),
        "examples": Slider("examples", 2000, 50, MOST_EXAMPLES, 50),
        "noise": Slider("noise in training", 0.0, 0.0, MOST_NOISE, 0.05),
        "steps": Slider("training steps", 400, STOPS * 10, MOST_STEPS, STOPS * 10),
        "seed": Slider("seed", 0, 0, 99),
        "reference": Switch("4 deep ones too", False),
    }


@starting_values(_controls)
def bias_variance_explorer(**start) -> TrainingExplorer:
    """Seven arms with as many parameters learn the same task, live."""
    return TrainingExplorer(
        "bias_variance",
        BiasVarianceView,
        measure_bias_variance,
        _controls(),
        follow=_follow,
        start=start,
        trained=Trained(__file__, BiasVarianceMeasurement),
    )


def _follow(values):
    return {"examples": (50, most_examples(values["task"]))}
