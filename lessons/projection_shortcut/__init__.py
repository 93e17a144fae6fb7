"""Lesson 2: F(x) + Wx, where F(x) and x differ in size."""

from ..teaching.predict import predict
from ..teaching.show_source import show_source
from .convolution.experiment import measure_convolution
from .exercises import check_direct_gradient, check_norm_keeping, check_projection_block
from .repeated_projection.explorer import repeated_projection_explorer
from .shape.explorer import shape_explorer
from .shortcut_options.explorer import shortcut_options_explorer
from .shortcuts import draw_shortcuts

__all__ = [
    "check_direct_gradient",
    "check_norm_keeping",
    "check_projection_block",
    "draw_shortcuts",
    "measure_convolution",
    "predict",
    "repeated_projection_explorer",
    "shape_explorer",
    "shortcut_options_explorer",
    "show_source",
]


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules
