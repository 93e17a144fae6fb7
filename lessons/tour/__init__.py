"""The tour: one question and one slider for each lesson, with the panels of the lessons."""

from ..deep_or_ensemble.number_of_digits.explorer import number_of_digits_explorer
from ..depth_and_gradients.placement.explorer import placement_explorer
from ..ensemble_of_paths.hill.explorer import hill_explorer
from ..projection_shortcut.scaled_shortcut.explorer import scaled_shortcut_explorer
from ..residual_block.face.explorer import face_explorer
from ..residual_stream.stream.explorer import stream_explorer
from ..shattered_gradients.two_curves.explorer import two_curves_explorer
from ..teaching.predict import predict

__all__ = [
    "face_explorer",
    "hill_explorer",
    "number_of_digits_explorer",
    "placement_explorer",
    "predict",
    "scaled_shortcut_explorer",
    "stream_explorer",
    "two_curves_explorer",
]


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules
