"""Lesson 1: what F(x) + x does that F(x) does not."""

from ..network.agreement import agreement
from ..network.network import propagate
from ..network.reference import Layer, Plain, Residual, forward
from ..teaching.of_lesson import of_lesson
from ..teaching.predict import predict
from ..teaching.show_source import show_source
from .block.experiment import measure_block
from .block.explorer import block_explorer
from .exercises import check_identity_weights, check_residual, check_zero_gradient
from .face.experiment import measure_face
from .face.explorer import face_explorer
from .identity.experiment import exact_plain_parameters, measure_identity, relative_error
from .identity.explorer import identity_explorer

__all__ = [
    "agreement",
    "block_explorer",
    "check_identity_weights",
    "check_residual",
    "check_zero_gradient",
    "exact_plain_parameters",
    "face_explorer",
    "forward",
    "identity_explorer",
    "Layer",
    "measure_block",
    "measure_face",
    "measure_identity",
    "Plain",
    "predict",
    "propagate",
    "relative_error",
    "Residual",
    "show_source",
    "symbols",
]

symbols = of_lesson("residual_block").symbols


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules
