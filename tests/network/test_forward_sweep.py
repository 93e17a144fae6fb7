"""The pass over all prefixes against the one that keeps every state, against NumPy, and its
draws against their distribution.
"""

from functools import partial

import jax
import numpy as np
import pytest

from lessons.network.compiled_topology import compile_topology
from lessons.network.forward_sweep import (
    PADDED,
    Initialisation,
    at_input,
    input_gradient,
    layer,
    looks_linear,
    network_draws,
    padded,
    sweep,
)
from lessons.network.gradients import derivatives_at_all_depths, state_gradients
from lessons.network.network import Parameters, scale_draws
from lessons.network.normalisations import KEYS
from lessons.network.topology import Topology
from tests.tangents import prefixes

pytestmark = pytest.mark.usefixtures("unoptimised")  # no lesson runs these programs
DEPTH, SIZE, WIDTH, BATCH = 9, 7, 6, 5  # arrays as in test_network.py, whose programs do for both
TOPOLOGIES = {
    "plain": Topology.plain(6),
    "residual": Topology.residual(9),
    "span 2 from 1": Topology.residual(8, span=2, first=1),
    "span 3, layers left over": Topology.residual(8, span=3),
    "one skip at the end": Topology.residual(9, span=1, first=8),
}


def setting(rng, bias=0.3):
    numbers = Parameters(
        *(rng.normal(size=shape) for shape in ((DEPTH, SIZE, SIZE), (DEPTH, SIZE), (2, SIZE, SIZE)))
    )
    inside = np.arange(SIZE) < WIDTH
    return (
        numbers,
        Initialisation(np.float64(2.0), np.float64(bias)),
        rng.normal(size=(BATCH, SIZE)) * inside,
        rng.normal(size=SIZE) * inside,
    )


@jax.jit
def watched(numbers, compiled, initialisation, inputs, tangent):
    return sweep(numbers, compiled, initialisation, at_input(inputs, tangent), lambda h, d: (h, d))[
        1
    ]


@jax.jit
def going_on(numbers, compiled, initialisation, front):
    return sweep(numbers, compiled, initialisation, front, lambda h, d: (h, d))


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("topology", TOPOLOGIES.values(), ids=TOPOLOGIES)
@pytest.mark.parametrize("normalisation", KEYS)
def test_agrees_with_the_pass_that_keeps_every_state_and_with_numpy(rng, topology, normalisation):
    numbers, initialisation, inputs, direction = setting(rng)
    compiled = compile_topology(
        topology, WIDTH, max_depth=DEPTH, branch_scale=0.7, normalisation=normalisation
    )
    tangent = np.broadcast_to(direction, inputs.shape)
    found = jax.device_get(watched(numbers, compiled, initialisation, inputs, tangent))
    parameters = scaled(numbers, compiled.widths, 2.0, 0.3)
    for ours, core in zip(
        found, derivatives_at_all_depths(parameters, compiled, inputs, tangent), strict=True
    ):
        np.testing.assert_allclose(ours, core, rtol=1e-9, atol=1e-12)
    weights, biases = (
        np.asarray(parameters.weights)[:, :WIDTH, :WIDTH],
        np.asarray(parameters.biases)[:, :WIDTH],
    )
    oracle = prefixes(
        topology,
        weights,
        biases,
        inputs[:, :WIDTH],
        direction[:WIDTH],
        branch_scale=0.7,
        normalisation=normalisation,
    )
    for ours, expected in zip(found, oracle, strict=True):
        for l, values in enumerate(expected):
            np.testing.assert_allclose(ours[l, :, :WIDTH], values, rtol=1e-9, atol=1e-12)
        assert not np.any(ours[topology.depth + 1 :]) and not np.any(ours[..., WIDTH:])


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("topology", TOPOLOGIES.values(), ids=TOPOLOGIES)
@pytest.mark.parametrize("stops", [(1, 2, 4), (3,), (5,)])
def test_a_pass_that_stops_on_its_way_sees_the_same(rng, topology, stops):
    numbers, initialisation, inputs, direction = setting(rng)
    compiled = compile_topology(
        topology, WIDTH, max_depth=DEPTH, branch_scale=0.7, normalisation="batch"
    )
    tangent = np.broadcast_to(direction, inputs.shape)
    front, found = at_input(inputs, tangent), np.zeros((2, DEPTH + 1, BATCH, SIZE))
    for stop in (*stops, topology.depth):
        came_from, shallower = int(front.layers), compiled._replace(depth=np.int32(stop))
        front, seen = going_on(numbers, shallower, initialisation, front)
        seen = np.array(seen)
        assert int(front.layers) == stop
        assert not seen[:, :came_from].any() and not seen[:, stop + 1 :].any()
        found[:, came_from : stop + 1] = seen[:, came_from : stop + 1]
    np.testing.assert_allclose(
        found, watched(numbers, compiled, initialisation, inputs, tangent), rtol=1e-12
    )


in_reverse, scaled, mirrored = jax.jit(input_gradient), jax.jit(scale_draws), jax.jit(looks_linear)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("topology", TOPOLOGIES.values(), ids=TOPOLOGIES)
@pytest.mark.parametrize("constant_statistics", [True, False])
def test_the_reverse_pass_agrees_with_that_of_any_topology(rng, topology, constant_statistics):
    numbers, initialisation, inputs, readout = setting(rng)
    for depth in (topology.depth, 5):  # 5 leaves a skip open
        compiled = compile_topology(
            topology,
            WIDTH,
            max_depth=DEPTH,
            branch_scale=0.7,
            normalisation="batch",
            constant_statistics=constant_statistics,
        )
        compiled = compiled._replace(depth=np.int32(depth))
        found = in_reverse(
            numbers,
            compiled,
            initialisation,
            inputs,
            np.broadcast_to(readout, inputs.shape),
        )
        skips = tuple(skip for skip in topology.skips if skip.stop <= depth)
        core = compile_topology(
            Topology(depth, skips),
            WIDTH,
            max_depth=DEPTH,
            branch_scale=0.7,
            normalisation="batch",
            constant_statistics=constant_statistics,
        )
        parameters = scaled(numbers, core.widths, 2.0, 0.3)
        _, gradients = jax.device_get(state_gradients(parameters, core, inputs, readout))
        np.testing.assert_allclose(found, gradients[0], rtol=1e-9, atol=1e-12)


@pytest.mark.usefixtures("float64")
def test_every_topology_runs_the_same_compiled_function(rng):
    numbers, initialisation, inputs, direction = setting(rng)
    own = jax.jit(partial(sweep, observe=lambda h, d: h.sum()))
    for topology in TOPOLOGIES.values():
        for normalisation in KEYS:
            compiled = compile_topology(
                topology, WIDTH, max_depth=DEPTH, normalisation=normalisation
            )
            own(numbers, compiled, initialisation, at_input(inputs, inputs))
    assert own._cache_size() == 1


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("width", [WIDTH, SIZE])
def test_looks_linear_layers_are_linear(rng, width):
    half = width // 2
    weights = np.asarray(mirrored(rng.normal(size=(SIZE, SIZE)), np.int32(width), np.float64(2.0)))
    z = rng.normal(size=(BATCH, half))
    state = np.pad(np.concatenate([z, -z], 1), ((0, 0), (0, SIZE - 2 * half)))
    after = np.maximum(state, 0) @ weights
    np.testing.assert_allclose(after[:, :half], z @ weights[:half, :half], atol=1e-12)
    np.testing.assert_allclose(after[:, half : 2 * half], -after[:, :half], atol=1e-12)
    assert not after[:, 2 * half :].any()


def test_layers_have_the_variance_asked_for():
    draws = network_draws(3, 100).parameters
    widths = np.full(65, 80, np.int32)
    drawn = jax.jit(layer)
    for linear, expected in ((False, 1.5 / 80), (True, 1.5 / 80)):
        found = [
            drawn(
                draws,
                widths,
                np.int32(l),
                Initialisation(np.float32(1.5), np.float32(0.25), np.bool_(linear)),
            )
            for l in range(1, 9)
        ]
        weights = np.array([np.asarray(w)[:80, :80] for w, _ in found])
        assert weights.var() == pytest.approx(expected, rel=0.05)
        assert np.array([b for _, b in found])[:, :80].var() == pytest.approx(
            0.25, rel=5 * np.sqrt(2 / 640)
        )


@pytest.mark.parametrize("size", PADDED)
def test_draws_are_independent_standard_normal_and_differ_by_seed(size):
    one, other = network_draws(0, size), network_draws(1, size)
    assert one.parameters.weights.shape == (64, size, size)
    z = np.sort(np.asarray(one.parameters.weights).ravel())
    assert z.mean() == pytest.approx(0, abs=5 / np.sqrt(z.size)) and z.var() == pytest.approx(
        1, abs=5 * np.sqrt(2 / z.size)
    )
    ends = np.array(
        [
            one.encoder,
            one.encoder_bias,
            one.readout,
            other.encoder,
            other.encoder_bias,
            other.readout,
        ]
    )
    assert np.abs(np.corrcoef(ends) - np.eye(6)).max() < 5 / np.sqrt(size)
    assert padded(size) == size and padded(PADDED[0] + 1) == PADDED[1]
