"""Lesson 4: in what sense a residual network is an ensemble of shallow ones."""

from ..network.agreement import agreement
from ..network.path_accumulation import between, collect
from ..network.path_sums import path_sums as compiled_path_sums
from ..network.reference import along_path, path_sums
from ..teaching.of_lesson import of_lesson
from ..teaching.predict import predict
from ..teaching.show_source import show_source
from .deletion.explorer import deletion_explorer
from .exercises import check_count, check_fragile, check_mean_length
from .hill.explorer import hill_explorer
from .lesion.explorer import lesion_explorer
from .path_length.explorer import path_length_explorer
from .short_paths.explorer import short_paths_explorer
from .unraveled.explorer import unraveled_explorer
from .ways.explorer import ways_explorer

__all__ = [
    "agreement",
    "along_path",
    "between",
    "check_count",
    "check_fragile",
    "check_mean_length",
    "collect",
    "compiled_path_sums",
    "deletion_explorer",
    "hill_explorer",
    "lesion_explorer",
    "missed",
    "path_length_explorer",
    "path_sums",
    "predict",
    "recall",
    "short_paths_explorer",
    "show_source",
    "symbols",
    "unraveled_explorer",
    "ways_explorer",
]

symbols, recall, missed = of_lesson("ensemble_of_paths")


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules
