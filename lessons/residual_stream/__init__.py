"""Lesson 7: what the skips of a transformer carry."""

from ..teaching.of_lesson import of_lesson
from ..teaching.predict import predict
from ..teaching.show_source import show_source
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

symbols, recall, missed = of_lesson("residual_stream")


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules
