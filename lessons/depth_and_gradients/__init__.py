"""Lesson 3: depth, the size of gradients, and where the skips are."""

from ..network.agreement import agreement
from ..network.gradients import state_gradients
from ..network.reference import Residual, backward
from ..teaching.of_lesson import of_lesson
from ..teaching.predict import predict
from ..teaching.show_source import show_source
from .degradation.explorer import degradation_explorer
from .exercises import check_growth, check_placement, check_scale
from .gradient_norm.experiment import measure_gradient_norm
from .gradient_norm.explorer import gradient_norm_explorer
from .growth.explorer import growth_explorer
from .placement.explorer import placement_explorer
from .random_networks import root_mean_squares
from .skip_placement.explorer import skip_placement_explorer
from .theory import residual_growth

__all__ = [
    "agreement",
    "backward",
    "check_growth",
    "check_placement",
    "check_scale",
    "degradation_explorer",
    "gradient_norm_explorer",
    "growth_explorer",
    "measure_gradient_norm",
    "missed",
    "placement_explorer",
    "predict",
    "recall",
    "Residual",
    "residual_growth",
    "root_mean_squares",
    "show_source",
    "skip_placement_explorer",
    "state_gradients",
    "symbols",
]

symbols, recall, missed = of_lesson("depth_and_gradients")


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules
