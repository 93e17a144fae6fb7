"""The readable network: its derivatives against finite differences, its paths against the chain
rule, and the compiled engine and the tests' own oracle against it.
"""

import jax
import numpy as np
import pytest

from lessons.network.compiled_topology import compile_topology
from lessons.network.gradients import state_gradients
from lessons.network.network import Parameters
from lessons.network.path_sums import path_sums
from lessons.network.reference import (
    Layer,
    Plain,
    Projected,
    Residual,
    Stack,
    along_path,
    backward,
    forward,
)
from lessons.network.reference import path_sums as enumerated
from lessons.network.topology import Skip, Topology
from tests import oracle

WIDTH = 4


def layer(rng, size=WIDTH, start=WIDTH):
    return Layer(rng.normal(size=(size, start)), rng.normal(size=size))


def mixed(rng):
    """One block of every kind; the projected one makes the state wider."""
    return [
        Residual(layer(rng)),
        Plain(layer(rng)),
        Residual(Stack([layer(rng, 7), layer(rng, WIDTH, 7)])),
        Projected(layer(rng, 6), rng.normal(size=(6, WIDTH))),
    ]


def test_a_residual_block_adds_its_input_and_a_projected_one_adds_w_times_it(rng):
    F, x = layer(rng), rng.normal(size=WIDTH)
    W = rng.normal(size=(WIDTH, WIDTH))
    np.testing.assert_array_equal(Plain(F)(x), F.W @ np.where(x > 0, x, 0) + F.b)
    np.testing.assert_array_equal(Residual(F)(x) - Plain(F)(x), (F(x) + x) - F(x))
    np.testing.assert_allclose(Projected(F, W)(x) - F(x), np.einsum("ij,j->i", W, x))


def test_the_gradient_is_that_of_finite_differences(rng):
    blocks, x, readout = mixed(rng), rng.normal(size=WIDTH), rng.normal(size=6)
    states = forward(blocks, x)
    gradients = backward(blocks, states, readout)
    for start, state in enumerate(states):
        rest = lambda h, start=start: forward(blocks[start:], h)[-1] @ readout
        expected = oracle.central_differences(rest, state)
        np.testing.assert_allclose(gradients[start], expected, rtol=1e-6, atol=1e-8)


def test_all_paths_together_are_the_gradient(rng):
    blocks, x, readout = mixed(rng), rng.normal(size=WIDTH), rng.normal(size=6)
    states = forward(blocks, x)
    sums = enumerated(blocks, states, readout)
    np.testing.assert_allclose(sums.sum(0), backward(blocks, states, readout)[0], rtol=1e-12)
    assert (
        not sums[0].any() and np.abs(sums[1]).max() > 0
    )  # every path goes through the plain block


def test_the_path_past_all_blocks_carries_the_gradient_as_it_is(rng):
    blocks, x, readout = [Residual(layer(rng)) for _ in range(3)], *rng.normal(size=(2, WIDTH))
    carried = along_path(blocks, forward(blocks, x), readout, (False, False, False))
    np.testing.assert_array_equal(carried, readout)


def as_parameters(blocks):
    """The same weights as Parameters, whose rows are units of the state before."""
    weights = np.stack([block.F.W.T for block in blocks])
    biases = np.stack([block.F.b for block in blocks])
    nothing = np.zeros((WIDTH, WIDTH))  # so that all kinds have one program
    projections = [block.W.T if isinstance(block, Projected) else nothing for block in blocks]
    return Parameters(weights, biases, np.stack(projections))


KINDS = {
    "plain": (lambda rng: Plain(layer(rng)), None),
    "residual": (lambda rng: Residual(layer(rng)), "identity"),
    "projected": (lambda rng: Projected(layer(rng), rng.normal(size=(WIDTH, WIDTH))), "projection"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.slow
def test_engine_and_oracle_agree_with_these_lines(rng, float64, kind):
    make, shortcut = KINDS[kind]
    blocks = [make(rng) for _ in range(5)]
    skips = tuple(Skip(l, l + 1, shortcut) for l in range(5)) if shortcut else ()
    topology, x, readout = Topology(5, skips), *rng.normal(size=(2, WIDTH))
    states = forward(blocks, x)
    parameters = as_parameters(blocks)
    compiled = compile_topology(topology, WIDTH, max_depth=5)
    found = jax.device_get(state_gradients(parameters, compiled, x[None], readout))
    expected = states, backward(blocks, states, readout)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one[:, 0], np.stack(other), rtol=1e-11)
    weights, biases, projections = parameters
    again = oracle.states(topology, weights, biases, x[None], projections=projections)
    np.testing.assert_allclose(np.concatenate(again), np.stack(states), rtol=1e-12)
    sums = path_sums(parameters, compiled, found[0], np.int32(0), readout[None])
    by_length = enumerated(blocks, states, readout)
    np.testing.assert_allclose(np.asarray(sums.vectors)[:, 0], by_length, rtol=1e-10, atol=1e-9)
