"""Lesson 2: F(x) + Wx, where F(x) and x differ in size."""

from ..network.agreement import agreement
from ..network.network import shortcuts as carried  # not the module of that name here
from ..network.reference import Layer, Projected
from ..teaching.of_lesson import of_lesson
from ..teaching.predict import predict
from ..teaching.show_source import show_source
from .convolution.experiment import measure_convolution
from .exercises import check_direct_gradient, check_norm_keeping, check_projection_block
from .repeated_projection.explorer import repeated_projection_explorer
from .scaled_shortcut.explorer import scaled_shortcut_explorer
from .shape.explorer import shape_explorer
from .shortcut_options.explorer import shortcut_options_explorer
from .shortcuts import draw_shortcuts

__all__ = [
    "agreement",
    "check_direct_gradient",
    "check_norm_keeping",
    "check_projection_block",
    "draw_shortcuts",
    "Layer",
    "measure_convolution",
    "missed",
    "predict",
    "Projected",
    "recall",
    "repeated_projection_explorer",
    "scaled_shortcut_explorer",
    "shape_explorer",
    "shortcut_options_explorer",
    "carried",
    "show_source",
    "symbols",
]

symbols, recall, missed = of_lesson("projection_shortcut")


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules
