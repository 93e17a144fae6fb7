"""Lesson 4: which lengths of paths carry the gradient."""

from ...panel.controls import Choice, Slider, Switch
from ...panel.keywords import starting_values
from ...panel.training_explorer import TrainingExplorer
from ...teaching.symbols import label
from .experiment import (
    BATCH,
    LONGEST_SPAN,
    MAX_DEPTH,
    NORMALISATIONS,
    PLACEMENTS,
    measure_path_length,
)
from .figure import PathLengthView


def _controls():
    return {
        "layers": Slider(label("L"), 54, 1, MAX_DEPTH),
        "span": Slider(label("m"), 1, 1, LONGEST_SPAN),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 1.5, 0.05),
        "divided": Switch(f"{label('β')} / √(number of skips)", False),
        "normalisation": Choice("normalisation", "none", tuple(NORMALISATIONS)),
        "placement": Choice("skips", PLACEMENTS[0], PLACEMENTS),
        "example": Slider("input (test image)", 0, 0, BATCH - 1),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def path_length_explorer(**start) -> TrainingExplorer:
    """Paths of a network by length, and the gradient that each length carries, before and after
    training on digits.
    """
    follow = lambda values: {"span": (1, min(LONGEST_SPAN, values["layers"]))}
    main = {"divided": (False, True), "normalisation": tuple(NORMALISATIONS)}
    return TrainingExplorer(
        "path_length",
        PathLengthView,
        measure_path_length,
        _controls(),
        follow=follow,
        start=start,
        main=main,
    )
