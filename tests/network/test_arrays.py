"""The shapes that signatures and named tuples state are those of the arrays that stand there."""

from typing import get_type_hints

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from beartype.door import is_bearable
from jaxtyping import TypeCheckError, jaxtyped

from lessons.network import gradients, network
from lessons.network.classifiers import init_classifier
from lessons.network.compiled_topology import compile_topology
from lessons.network.datasets import digits
from lessons.network.digit_networks import components
from lessons.network.forward_sweep import NARROW, Initialisation, at_input, network_draws
from lessons.network.path_sums import path_sums
from lessons.network.topology import Topology

WIDTH, DEPTH, BATCH = 5, 3, 4
NAMES = (
    *("Parameters", "CompiledTopology", "Classifier", "StepJacobians", "PathSums"),
    *("Initialisation", "Split", "Digits", "Examples", "Draws", "Front"),
)


@jax.jit
def computed(inputs):
    """A residual network and what is made of it; in one program, which is compiled faster than one
    for each operation.
    """
    compiled = compile_topology(Topology.residual(DEPTH), WIDTH, max_depth=DEPTH)
    key, sizes = jax.random.key(0), dict(width=WIDTH, max_depth=DEPTH, projection_count=1)
    classifier = init_classifier(key, compiled.widths, **sizes)
    parameters = classifier.network
    states = network.propagate(parameters, compiled, inputs)
    steps = gradients.step_jacobians(parameters, compiled, states, jnp.int32(0))
    sums = path_sums(parameters, compiled, states, jnp.int32(0), inputs[:2])
    return parameters, compiled, classifier, steps, sums


@pytest.fixture(scope="module")
def tuples():
    """One of each of the named tuples of arrays, by its name."""
    inputs = np.ones((BATCH, WIDTH), np.float32)
    found = (
        *computed(inputs),
        *(Initialisation(), digits(), components(), components().training),
        *(network_draws(0, NARROW, 1), at_input(inputs, inputs)),
    )
    return {type(held).__name__: held for held in found}


@pytest.mark.parametrize("name", NAMES)
def test_fields_have_the_shapes_that_they_are_said_to_have(name, tuples):
    held = tuples[name]
    with jaxtyped("context"):  # within it a name means one size
        for name, hint in get_type_hints(type(held), include_extras=True).items():
            assert is_bearable(getattr(held, name), hint), name


@pytest.mark.parametrize("shape", [(WIDTH,), (BATCH, WIDTH + 1)])
def test_another_shape_than_the_stated_one_does_not_pass(shape, tuples):
    network = tuples["Parameters"], tuples["CompiledTopology"]
    states = np.ones((DEPTH + 1, BATCH, WIDTH), np.float32)
    with pytest.raises(TypeCheckError, match="cotangent"):
        gradients.pull_back(*network, states, np.ones(shape, np.float32))
