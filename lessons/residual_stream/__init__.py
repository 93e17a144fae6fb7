"""Lesson 7: what the skips of a transformer carry."""

from ..teaching import recall as questions
from ..teaching.predict import predict
from ..teaching.show_source import show_source
from ..teaching.symbols import SymbolTable
from .branches.blocks import branches_of
from .branches.explorer import branches_explorer
from .exercises import check_doubly_stochastic, check_guesses, check_write, scores_after
from .mixing.experiment import measure_mixing
from .mixing.explorer import mixing_explorer
from .norm_placement.experiment import measure_norm_placement
from .norm_placement.explorer import norm_placement_explorer
from .stored import trained_transformers
from .stream.experiment import measure_stream
from .stream.explorer import stream_explorer
from .text import decode, encode
from .training import held_out_surprise
from .transformer import (
    attention,
    design,
    draw,
    feed_forward,
    pass_layer,
    read,
    streams,
    write,
)
from .transformer_paths.explorer import transformer_paths_explorer

__all__ = [
    "attention",
    "branches_explorer",
    "branches_of",
    "check_doubly_stochastic",
    "check_guesses",
    "check_write",
    "decode",
    "design",
    "draw",
    "encode",
    "feed_forward",
    "held_out_surprise",
    "measure_mixing",
    "measure_norm_placement",
    "measure_stream",
    "missed",
    "mixing_explorer",
    "norm_placement_explorer",
    "pass_layer",
    "predict",
    "read",
    "recall",
    "scores_after",
    "show_source",
    "stream_explorer",
    "streams",
    "symbols",
    "trained_transformers",
    "transformer_paths_explorer",
    "write",
]


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules


def symbols() -> SymbolTable:
    """The symbols of this lesson, and what each means in all lessons."""
    return SymbolTable("residual_stream")


def recall() -> questions.Questions:
    """Three questions on the lessons before this one, to be answered from memory."""
    return questions.recall("residual_stream")


def missed() -> questions.Again:
    """The questions of `recall` whose first answer was wrong, once more."""
    return questions.missed("residual_stream")
