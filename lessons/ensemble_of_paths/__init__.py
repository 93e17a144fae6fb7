"""Lesson 4: in what sense a residual network is an ensemble of shallow ones."""

from ..network.path_accumulation import between, collect
from ..network.path_sums import path_sums
from ..teaching.predict import predict
from ..teaching.show_source import show_source
from .exercises import check_count, check_fragile, check_mean_length
from .lesion.explorer import lesion_explorer
from .path_length.explorer import path_length_explorer
from .short_paths.explorer import short_paths_explorer
from .unraveled.explorer import unraveled_explorer

__all__ = [
    "between",
    "check_count",
    "check_fragile",
    "check_mean_length",
    "collect",
    "lesion_explorer",
    "path_length_explorer",
    "path_sums",
    "predict",
    "short_paths_explorer",
    "show_source",
    "unraveled_explorer",
]


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules
