"""Every path of three blocks, and what the same layers carry without skips."""

from typing import Any

import jax
import numpy as np

from ...network.compiled_topology import WITHOUT_NORMS
from ...network.digit_networks import compile_digit_topology, components, initial
from ...network.gradients import state_gradients
from ...network.topology import Topology
from ..unraveled.experiment import measure_unraveled
from .measurement import WaysMeasurement

BLOCKS = 3


def measure_ways(seed: int = 0, **deleted: Any) -> WaysMeasurement:
    """Path gradients of an untrained network of three blocks of one layer, at one test digit.

    deleted: delete_1 ... delete_3, true where the branch of that block is taken out; its skip
    stays. Without skips a deleted layer leaves nothing. Raises LearnerError.
    """
    paths = measure_unraveled(BLOCKS, seed=seed, **deleted)
    compiled = compile_digit_topology(Topology.plain(BLOCKS), **WITHOUT_NORMS)
    norm = _gradient_norm(initial(seed), compiled, components().test_inputs[:1])
    return WaysMeasurement(paths, 0.0 if any(paths.deleted) else float(norm))


@jax.jit
def _gradient_norm(classifier, compiled, inputs):
    """Of the ten scores with respect to the input."""
    gradient = lambda readout: state_gradients(classifier.network, compiled, inputs, readout)[1][0]
    return (jax.vmap(gradient)(classifier.readout.T) ** 2).sum() ** np.float32(0.5)
