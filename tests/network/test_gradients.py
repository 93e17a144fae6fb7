"""Every derivative against one of another kind: finite differences, the other mode, a product of
Jacobians.
"""

import jax
import numpy as np
import pytest

from lessons.network.compiled_topology import compile_topology
from lessons.network.gradients import (
    derivatives_at_all_depths,
    forward,
    network_jacobian,
    pull_back,
    state_gradients,
)
from lessons.network.network import propagate
from lessons.network.normalisations import KEYS
from lessons.network.topology import Topology
from tests import oracle
from tests.network.test_network import BATCH, MAX_DEPTH, TOPOLOGIES, WIDTH, draw_float64, narrow

pytestmark = pytest.mark.usefixtures("float64")
OPTIONS = [
    *(dict(normalisation=kind, activation="relu", branch_scale=0.7) for kind in KEYS),
    dict(normalisation="none", activation="tanh", post_norm="batch"),
    dict(normalisation="batch", activation="tanh", post_norm="rms", relu_after=True),
    dict(normalisation="rms", activation="linear", relu_branch=True),
    dict(normalisation="none", activation="relu", post_norm="layer"),
]
over_options = pytest.mark.parametrize(
    "options", OPTIONS, ids=lambda o: "-".join(map(str, o.values()))
)
over_topologies = pytest.mark.parametrize("topology", TOPOLOGIES.values(), ids=TOPOLOGIES)


def setting(rng, topology, **options):
    """A random network; what its inputs and readout hold for units that h_0 and h_L lack is to
    count for nothing.
    """
    parameters, plain = draw_float64(rng, topology)
    compiled = compile_topology(topology, WIDTH, max_depth=MAX_DEPTH, **options)
    readout = rng.normal(size=WIDTH)
    return parameters, plain, compiled, rng.normal(size=(BATCH, WIDTH)), readout


@over_topologies
@pytest.mark.parametrize(
    "options", [o for o in OPTIONS if o.get("post_norm") != "batch"], ids=str
)  # statistics after the addition: see the other mode
def test_input_gradient_agrees_with_finite_differences(rng, topology, options):
    parameters, plain, compiled, inputs, readout = setting(rng, topology, **options)
    like = oracle.states(topology, inputs=narrow(plain, inputs), **plain, **options)
    size = like[-1].shape[1]

    def output(x):
        return (
            oracle.states(topology, inputs=narrow(plain, x), **plain, **options, like=like)[-1]
            @ readout[:size]
        )

    expected = oracle.central_differences(output, inputs)  # (batch, batch, width)
    _, gradients = jax.device_get(state_gradients(parameters, compiled, inputs, readout))
    own = expected[np.arange(BATCH), np.arange(BATCH)]
    np.testing.assert_allclose(gradients[0], own, rtol=1e-5, atol=1e-7)
    assert np.abs(expected.sum(0) - own).max() < 1e-7  # frozen: no example moves another


@over_topologies
@over_options
def test_unfrozen_statistics_give_the_gradient_of_the_sum_over_the_batch(rng, topology, options):
    parameters, plain, compiled, inputs, readout = setting(
        rng, topology, **options, constant_statistics=False
    )

    def total(x):
        h = oracle.states(topology, inputs=narrow(plain, x), **plain, **options)[-1]
        return (h @ readout[: h.shape[1]]).sum()

    expected = oracle.central_differences(total, inputs)
    _, gradients = jax.device_get(state_gradients(parameters, compiled, inputs, readout))
    np.testing.assert_allclose(gradients[0], expected, rtol=1e-5, atol=1e-6)


@over_topologies
@over_options
def test_reverse_mode_agrees_with_forward_mode_at_every_depth(rng, topology, options):
    parameters, _, compiled, inputs, readout = setting(rng, topology, **options)
    direction = rng.normal(size=inputs.shape)
    states, derivatives = jax.device_get(
        derivatives_at_all_depths(parameters, compiled, inputs, direction)
    )
    same, gradients = jax.device_get(state_gradients(parameters, compiled, inputs, readout))
    np.testing.assert_allclose(states, same)
    forwards = derivatives[topology.depth] @ readout
    np.testing.assert_allclose((gradients[0] * direction).sum(1), forwards, rtol=1e-9, atol=1e-12)


def test_one_forward_pass_gives_the_derivative_of_every_shallower_network(rng):
    parameters, _, compiled, inputs, _ = setting(rng, Topology.residual(9), normalisation="batch")
    _, derivatives = jax.device_get(derivatives_at_all_depths(parameters, compiled, inputs, inputs))
    for depth in range(1, 10):
        shallow = compile_topology(
            Topology.residual(depth), WIDTH, max_depth=MAX_DEPTH, normalisation="batch"
        )
        _, alone = jax.device_get(derivatives_at_all_depths(parameters, shallow, inputs, inputs))
        np.testing.assert_allclose(derivatives[depth], alone[depth])


@over_topologies
def test_gradient_at_every_state_agrees_with_a_probe_added_there(rng, topology):
    """A probe e on layer l's bias moves h_l by scale_l e, where nothing follows the addition."""
    parameters, plain, compiled, inputs, readout = setting(rng, topology, branch_scale=0.7)
    _, gradients = jax.device_get(state_gradients(parameters, compiled, inputs, readout))
    for l in range(1, topology.depth + 1):
        size = len(plain["biases"][l - 1])

        def output(bias, l=l):
            biases = [*plain["biases"][: l - 1], bias, *plain["biases"][l:]]
            h = oracle.states(
                topology,
                inputs=narrow(plain, inputs),
                **{**plain, "biases": biases},
                branch_scale=0.7,
            )[-1]
            return (h @ readout[: h.shape[1]]).sum()

        probed = oracle.central_differences(output, plain["biases"][l - 1]) / float(
            compiled.scales[l]
        )
        np.testing.assert_allclose(gradients[l].sum(0)[:size], probed, rtol=1e-5, atol=1e-6)
        assert not np.any(gradients[l, :, size:])


@jax.jit
def along(parameters, direction, compiled, inputs, cotangent):
    """The derivative of sum(cotangent * h_L) along a direction in the space of parameters:
    forward, reverse, jax.grad.
    """

    def reached(states):
        return (states * cotangent).sum()

    _, forwards = jax.jvp(
        lambda p: reached(propagate(p, compiled, inputs)[compiled.depth]),
        (parameters,),
        (direction,),
    )
    _, found = pull_back(parameters, compiled, propagate(parameters, compiled, inputs), cotangent)
    by_grad = jax.grad(lambda p: reached(forward(p, compiled, inputs)))(parameters)
    products = [
        jax.tree.map(lambda a, b: (a * b).sum(), gradient, direction)
        for gradient in (found, by_grad)
    ]
    return forwards, *(sum(jax.tree.leaves(product)) for product in products)


@over_topologies
@over_options
def test_parameter_gradients_agree_with_forward_mode(rng, topology, options):
    parameters, _, compiled, inputs, readout = setting(
        rng, topology, **options, constant_statistics=False
    )
    direction = jax.tree.map(lambda p: np.where(p, rng.normal(size=p.shape), 0.0), parameters)
    expected, found, by_grad = along(
        parameters, direction, compiled, inputs, np.broadcast_to(readout, inputs.shape)
    )
    assert float(found) == pytest.approx(float(expected), rel=1e-9)
    assert float(by_grad) == pytest.approx(float(expected), rel=1e-9)


@over_topologies
@over_options
def test_jacobian_multiplied_up_from_layers_agrees_with_reverse_mode(rng, topology, options):
    parameters, _, compiled, inputs, readout = setting(rng, topology, **options)
    _, gradients = jax.device_get(state_gradients(parameters, compiled, inputs, readout))
    for example in (0, BATCH - 1):
        jacobian = network_jacobian(parameters, compiled, inputs, example)
        np.testing.assert_allclose(
            readout @ np.asarray(jacobian), gradients[0, example], rtol=1e-9, atol=1e-12
        )
