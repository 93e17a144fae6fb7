"""Lesson 1: what F(x) + x does that F(x) does not."""

from ..network.network import propagate
from ..teaching.predict import predict
from ..teaching.show_source import show_source
from .block.experiment import measure_block
from .block.explorer import block_explorer
from .exercises import check_identity_weights, check_residual, check_zero_gradient
from .identity.experiment import exact_plain_parameters, measure_identity, relative_error
from .identity.explorer import identity_explorer

__all__ = [
    "block_explorer",
    "check_identity_weights",
    "check_residual",
    "check_zero_gradient",
    "exact_plain_parameters",
    "identity_explorer",
    "measure_block",
    "measure_identity",
    "predict",
    "propagate",
    "relative_error",
    "show_source",
]


def __dir__():
    return __all__  # what a learner sees after lesson.<Tab>: no modules
