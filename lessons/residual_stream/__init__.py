"""Lesson 7: what the skips of a transformer carry."""

from .norm_placement.experiment import measure_norm_placement
from .norm_placement.explorer import norm_placement_explorer

__all__ = ["measure_norm_placement", "norm_placement_explorer"]
