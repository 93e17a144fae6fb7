"""Lesson 5: why gradients of deep plain networks look like white noise."""

from ..teaching.of_lesson import of_lesson
from ..teaching.predict import predict
from ..teaching.show_source import show_source
from .correlation_depth.explorer import correlation_depth_explorer
from .covariance.explorer import covariance_explorer
from .effective_depth.explorer import one_number_explorer
from .exercises import (
    check_agreement,
    check_branch_scale,
    check_correlation,
    check_ingredient,
    check_one_kink,
)
from .gradient_curve.explorer import gradient_curve_explorer
from .investigation.experiment import CHANGES, measure_investigation
from .investigation.explorer import investigation_explorer
from .theory import followed
from .two_curves.explorer import two_curves_explorer

__all__ = [
    "CHANGES",
    "check_agreement",
    "check_branch_scale",
    "check_correlation",
    "check_ingredient",
    "check_one_kink",
    "correlation_depth_explorer",
    "covariance_explorer",
    "followed",
    "gradient_curve_explorer",
    "investigation_explorer",
    "measure_investigation",
    "missed",
    "one_number_explorer",
    "predict",
    "recall",
    "show_source",
    "symbols",
    "two_curves_explorer",
]

symbols, recall, missed = of_lesson("shattered_gradients")


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules
