"""Lesson 6: the ensemble reading put to the test: only short paths remain in a trained network."""

from ...panel.controls import Slider
from ...panel.keywords import starting_values
from ...panel.trained import Trained
from ...panel.training_explorer import TrainingExplorer
from ..bias_variance.experiment import MOST_STEPS, STOPS
from ..learning_tasks import DEEPEST_TEACHER, MOST_EXAMPLES
from .experiment import measure_parallel_blocks
from .figure import ParallelBlocksView
from .measurement import ParallelBlocksMeasurement


def _controls():
    return {
        "depth": Slider("teacher's layers", 4, 2, DEEPEST_TEACHER),
        "examples": Slider("examples", 5000, 50, MOST_EXAMPLES, 50),
        "steps": Slider("training steps", 1000, STOPS * 10, MOST_STEPS, STOPS * 10),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def parallel_blocks_explorer(**start) -> TrainingExplorer:
    """Trains 12 residual blocks, then lets groups of them read the same state."""
    return TrainingExplorer(
        "parallel_blocks",
        ParallelBlocksView,
        measure_parallel_blocks,
        _controls(),
        start=start,
        trained=Trained(__file__, ParallelBlocksMeasurement),
    )
