"""Lesson 2: F(x) + Wx, where F(x) and x differ in size."""

from ..network.agreement import agreement
from ..network.network import shortcuts as carried  # not the module of that name here
from ..network.reference import Layer, Projected
from ..teaching import recall as questions
from ..teaching.predict import predict
from ..teaching.show_source import show_source
from ..teaching.symbols import SymbolTable
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


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules


def symbols() -> SymbolTable:
    """The symbols of this lesson, and what each means in all lessons."""
    return SymbolTable("projection_shortcut")


def recall() -> questions.Questions:
    """Three questions on the lessons before this one, to be answered from memory."""
    return questions.recall("projection_shortcut")


def missed() -> questions.Again:
    """The questions of `recall` whose first answer was wrong, once more."""
    return questions.missed("projection_shortcut")
