"""The forward pass against an independent NumPy implementation; initial parameters against their
distribution.
"""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import scipy.special

from lessons.errors import LearnerError, NetworkError
from lessons.network.compiled_topology import ACTIVATIONS, compile_topology
from lessons.network.gradients import forward
from lessons.network.network import Parameters, draw, propagate, scale_draws
from lessons.network.normalisations import KEYS
from lessons.network.topology import Skip, Topology
from tests import oracle

pytestmark = pytest.mark.usefixtures("unoptimised")  # no lesson runs these programs
WIDTH, BATCH, MAX_DEPTH = 7, 5, 9
TOPOLOGIES = {
    "plain": Topology.plain(6),
    "residual": Topology.residual(9),
    "span 2 from 1": Topology.residual(8, span=2, first=1),
    "overlapping": Topology(6, (Skip(0, 3), Skip(1, 4), Skip(2, 3), Skip(3, 4), Skip(0, 6))),
    "one layer": Topology.residual(1),
    "stages": Topology(
        3, (Skip(0, 1, "pad"), Skip(1, 3, "projection"), Skip(0, 2, "projection")), (7, 4, 6, 3)
    ),
    "narrow input": Topology(
        4,
        (Skip(0, 1, "pad"), Skip(0, 2, "projection"), Skip(0, 3, "pad"), Skip(1, 4, "projection")),
        (3, 7, 5, 6, 4),
    ),
}


def draw_float64(rng, topology, projection_count=2):
    """Parameters in the padded shapes and the same without padding.

    As in the lessons, W of a skip is not 0 outside the widths.
    """
    widths = np.array([*(topology.widths or [WIDTH] * (topology.depth + 1))])
    padded = np.concatenate([widths, np.ones(MAX_DEPTH + 1 - len(widths), int)])
    numbers = Parameters(
        *(
            rng.normal(size=shape)
            for shape in [
                (MAX_DEPTH, WIDTH, WIDTH),
                (MAX_DEPTH, WIDTH),
                (projection_count, WIDTH, WIDTH),
            ]
        )
    )
    parameters = scaled(numbers, padded.astype(np.int32), 2.0, 0.1)
    return parameters, cropped(parameters, topology, widths)


# one program each, where there would be thirty small ones
compiled_propagate, scaled = jax.jit(propagate), jax.jit(scale_draws)
drawn = jax.jit(draw, static_argnames=("width", "max_depth"))


def narrow(plain, inputs):
    """The units that h_0 has."""
    return inputs[:, : plain["weights"][0].shape[0]]


def cropped(parameters, topology, widths):
    weights, biases, projections = map(np.asarray, parameters)
    projecting = [s for s in topology.skips if s.shortcut == "projection"]
    return dict(
        weights=[w[:a, :b] for w, a, b in zip(weights, widths, widths[1:], strict=False)],
        biases=[b[:n] for b, n in zip(biases, widths[1:], strict=False)],
        projections=[
            projections[k][: widths[s.start], : widths[s.stop]] for k, s in enumerate(projecting)
        ],
    )


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("topology", TOPOLOGIES.values(), ids=TOPOLOGIES)
@pytest.mark.parametrize("normalisation", KEYS)
@pytest.mark.parametrize("post_norm", KEYS)
def test_states_agree_with_numpy(rng, topology, normalisation, post_norm):
    parameters, plain = draw_float64(rng, topology)
    inputs = rng.normal(size=(BATCH, WIDTH))
    for activation in ACTIVATIONS:
        options = dict(
            branch_scale=0.3,
            normalisation=normalisation,
            activation=activation,
            post_norm=post_norm,
            relu_after=activation == "tanh",
            relu_branch=activation == "linear",
        )
        compiled = compile_topology(topology, WIDTH, max_depth=MAX_DEPTH, **options)
        found = np.asarray(compiled_propagate(parameters, compiled, inputs))
        expected = oracle.states(topology, inputs=narrow(plain, inputs), **plain, **options)
        for l, h in enumerate(expected):
            np.testing.assert_allclose(found[l, :, : h.shape[1]], h, rtol=1e-10, atol=1e-12)
            assert not np.any(found[l, :, h.shape[1] :])
        assert not np.any(found[len(expected) :])


@pytest.mark.slow
def test_every_depth_placement_and_option_runs_the_same_compiled_function():
    own = jax.jit(lambda *arguments: propagate(*arguments))  # a cache of its own
    parameters = scaled(
        drawn(jax.random.key(0), width=WIDTH, max_depth=MAX_DEPTH),
        np.full(MAX_DEPTH + 1, WIDTH, np.int32),
        2.0,
        0.0,
    )
    inputs = jnp.ones((BATCH, WIDTH))
    own(parameters, compile_topology(Topology.plain(1), WIDTH, max_depth=MAX_DEPTH), inputs)
    for topology in TOPOLOGIES.values():
        for normalisation in KEYS:
            compiled = compile_topology(
                topology,
                WIDTH,
                max_depth=MAX_DEPTH,
                normalisation=normalisation,
                branch_scale=0.1,
                relu_after=True,
            )
            own(parameters, compiled, inputs)
    assert own._cache_size() == 1


@pytest.mark.slow
def test_a_residual_network_with_branch_scale_zero_is_the_identity(rng):
    parameters, _ = draw_float64(rng, Topology.residual(9))
    parameters = jax.tree.map(np.float32, parameters)
    inputs = rng.normal(size=(BATCH, WIDTH)).astype(np.float32)
    compiled = compile_topology(Topology.residual(9), WIDTH, max_depth=MAX_DEPTH, branch_scale=0.0)
    np.testing.assert_array_equal(jax.jit(forward)(parameters, compiled, inputs), inputs)


def test_a_deeper_draw_begins_with_the_layers_of_the_shallower_one():
    shallow, deep = (drawn(jax.random.key(3), width=WIDTH, max_depth=depth) for depth in (4, 9))
    np.testing.assert_array_equal(shallow.weights, deep.weights[:4])


@pytest.mark.slow
def test_weights_and_biases_are_independent_normal_with_the_variance_asked_for():
    widths = np.full(9, 100, np.int32)
    found = scaled(drawn(jax.random.key(1), width=100, max_depth=8), widths, 2.0, 0.25)
    assert found.weights.var() == pytest.approx(2 / 100, rel=5 * np.sqrt(2 / 80_000))
    assert found.biases.var() == pytest.approx(0.25, rel=5 * np.sqrt(2 / 800))
    assert found.projections.var() == pytest.approx(1 / 100, rel=5 * np.sqrt(2 / 10_000))
    z = np.sort(np.asarray(found.weights).ravel() / np.sqrt(0.02))
    normal = 0.5 * (1 + scipy.special.erf(z / np.sqrt(2)))
    assert np.abs(normal - np.linspace(0, 1, z.size)).max() < 1.95 / np.sqrt(
        z.size
    )  # Kolmogorov-Smirnov, p = 0.001
    correlations = np.corrcoef(np.asarray(found.weights).reshape(8, -1))
    assert np.abs(correlations - np.eye(8)).max() < 5 / 100


@pytest.mark.slow
def test_a_narrower_network_draws_with_its_own_fan_in():
    widths = np.array([100, 25, 100], np.int32)
    found = scaled(drawn(jax.random.key(1), width=100, max_depth=2), widths, 2.0, 0.0)
    assert not np.any(found.weights[0, :, 25:]) and not np.any(found.weights[1, 25:])
    assert found.weights[1, :25].var() == pytest.approx(2 / 25, rel=5 * np.sqrt(2 / 2500))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (dict(width=0), "width must be between 1 and 256, got 0."),
        (dict(branch_scale=float("nan")), "branch scale must be finite, got nan."),
        (dict(branch_scale=float("inf")), "branch scale must be finite, got inf."),
        (dict(branch_scale="big"), "branch scale must be a number, got 'big'."),
        (
            dict(normalisation="group"),
            "normalisation must be one of none, centre, batch, rms, layer, got 'group'.",
        ),
        (
            dict(post_norm="group"),
            "post_norm must be one of none, centre, batch, rms, layer, got 'group'.",
        ),
        (dict(activation="gelu"), "activation must be one of relu, tanh, linear, got 'gelu'."),
        (dict(max_depth=3), "depth must be between 1 and 3, got 4."),
    ],
)
def test_impossible_networks_are_refused_in_a_sentence(options, message):
    with pytest.raises(NetworkError) as caught:
        compile_topology(Topology.plain(4), **{"width": 8, **options})
    assert str(caught.value) == message
    assert isinstance(caught.value, LearnerError)
