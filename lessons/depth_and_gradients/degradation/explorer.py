"""Lesson 3: do deeper networks fit the training data worse?"""

from ...panel.controls import Choice, Slider
from ...panel.training_explorer import TrainingExplorer
from ...teaching.symbols import label
from .experiment import NORMS, SCALINGS, measure_degradation
from .figure import DegradationView


def degradation_explorer(**start) -> TrainingExplorer:
    """Plain and residual networks of depth 2 to 54 that learn handwritten digits, live.

    Keywords give starting values: norm ("none", "batch", "RMS", "layer"), scaling of the
    branch ("1 / sqrt(blocks)", "1"), steps, seed.
    """
    controls = {
        "norm": Choice("normalisation", "none", tuple(NORMS)),
        "scaling": Choice(label("β"), SCALINGS[0], SCALINGS),
        "steps": Slider("training steps", 150, 25, 400, 25),
        "seed": Slider("seed", 0, 0, 99),
    }
    return TrainingExplorer(
        "degradation", DegradationView, measure_degradation, controls, start=start
    )
