"""Lesson 2: options A, B and C, and no skip at all, trained on digits."""

from ...network.normalisations import KEYS
from ...panel.controls import Choice, Slider
from ...panel.keywords import starting_values
from ...panel.trained import Trained
from ...panel.training_explorer import TrainingExplorer
from .experiment import DIRECTIONS, MOST_BLOCKS, measure_options
from .figure import OptionsView
from .measurement import OptionsMeasurement


def _controls():
    return {
        "blocks": Slider("blocks per stage", 2, 1, MOST_BLOCKS),
        "learning_rate": Slider("learning rate", 0.002, 0.001, 0.008, 0.001),
        "steps": Slider("training steps", 150, 50, 500, 50),
        "seed": Slider("seed", 0, 0, 99),
        "direction": Choice("stages", next(iter(DIRECTIONS)), tuple(DIRECTIONS)),
        "normalisation": Choice("normalisation", "none", KEYS),
    }


@starting_values(_controls)
def shortcut_options_explorer(**start) -> TrainingExplorer:
    """Networks with three stages of different width that learn to read digits, live."""
    return TrainingExplorer(
        "shortcut-options",
        OptionsView,
        measure_options,
        _controls(),
        start=start,
        trained=Trained(__file__, OptionsMeasurement),
    )
