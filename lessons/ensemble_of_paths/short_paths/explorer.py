"""Lesson 4: train on short paths only."""

from ...panel.controls import Choice, Slider
from ...panel.keywords import starting_values
from ...panel.trained import Trained
from ...panel.training_explorer import TrainingExplorer
from ...teaching.symbols import label
from .experiment import KINDS, MAX_DEPTH, MOST_STEPS, measure_short_paths
from .figure import ShortPathsView
from .measurement import ShortPathsMeasurement


def _controls():
    return {
        "blocks": Slider(label("n"), 54, 1, MAX_DEPTH),
        "kept": Slider("blocks per batch", 23, 1, MAX_DEPTH),
        "kind": Choice("branches", KINDS[0], KINDS),
        "steps": Slider("steps", 300, 100, MOST_STEPS, 100),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def short_paths_explorer(**start) -> TrainingExplorer:
    """Test error while networks train with all blocks, or with some random ones in every batch."""
    follow = lambda values: {"kept": (1, values["blocks"])}
    return TrainingExplorer(
        "short_paths",
        ShortPathsView,
        measure_short_paths,
        _controls(),
        follow=follow,
        start=start,
        trained=Trained(__file__, ShortPathsMeasurement),
    )
