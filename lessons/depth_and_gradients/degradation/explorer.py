"""Lesson 3: do deeper networks fit the training data worse?"""

from ...panel.controls import Choice, Slider
from ...panel.keywords import starting_values
from ...panel.trained import Trained
from ...panel.training_explorer import TrainingExplorer
from ...teaching.symbols import label
from .experiment import NORMS, SCALINGS, measure_degradation
from .figure import DegradationView
from .measurement import DegradationMeasurement


def _controls():
    return {
        "norm": Choice("normalisation", "none", tuple(NORMS)),
        "scaling": Choice(label("β"), SCALINGS[0], SCALINGS),
        "steps": Slider("training steps", 150, 25, 400, 25),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def degradation_explorer(**start) -> TrainingExplorer:
    """Plain and residual networks of depth 2 to 54 that learn handwritten digits, live."""
    return TrainingExplorer(
        "degradation",
        DegradationView,
        measure_degradation,
        _controls(),
        start=start,
        trained=Trained(__file__, DegradationMeasurement),
    )
