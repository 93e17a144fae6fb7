"""Closed forms against each other, against numbers known from elsewhere, and against networks in
NumPy.
"""

from math import e, pi, sqrt

import numpy as np
import pytest

from lessons.depth_and_gradients.theory import (
    _moments,
    batch_norm_growth,
    mean_squares,
    plain_growth,
    relu_branch_growth,
    residual_growth,
)
from lessons.network.topology import Skip, Topology
from tests import oracle
from tests.chain_rule import mean_square_gradients

WIDTH, DEPTH, NETWORKS = 64, 16, 24
OVERLAPPING = Topology(
    DEPTH, (*(Skip(i, i + 2) for i in range(DEPTH - 1)), Skip(0, 9), Skip(3, 16))
)
TOPOLOGIES = {
    "plain": Topology.plain(DEPTH),
    "residual": Topology.residual(DEPTH),
    "span 3": Topology.residual(DEPTH, 3, 2),
    "overlapping": OVERLAPPING,
}
over_topologies = pytest.mark.parametrize("topology", TOPOLOGIES.values(), ids=TOPOLOGIES)


def measured(rng, topology, batch, weight_variance, width=WIDTH, networks=NETWORKS, **settings):
    """Mean squares of signals and gradients over networks in NumPy, the gradients by a chain
    rule of their own.
    """
    found = []
    for _ in range(networks):
        weights = rng.normal(0, sqrt(weight_variance / width), (topology.depth, width, width))
        states = oracle.states(
            topology,
            weights,
            np.zeros((topology.depth, width)),
            rng.normal(size=(batch, width)),
            **settings,
        )
        found.append(
            [
                [(h**2).mean() for h in states],
                mean_square_gradients(
                    topology, weights, states, rng.normal(size=width), **settings
                ),
            ]
        )
    signal, gradient = np.mean(found, 0)
    return signal / signal[0], gradient / gradient[-1]


def assert_growth_agrees(found, expected, depth, tolerance):
    """Per layer, from end to end and at every state on the way."""
    assert (np.abs(np.log(found / expected)).max() / depth) < tolerance


@over_topologies
@pytest.mark.parametrize(
    "settings",
    [{}, {"branch_scale": 0.5}, {"activation": "linear"}, {"normalisation": "rms"}],
    ids=str,
)
def test_mean_squares_agree_with_networks(rng, topology, settings):
    expected = mean_squares(topology, weight_variance=1.5, **settings)
    signal, gradient = measured(rng, topology, 4, 1.5, **settings)
    assert_growth_agrees(signal, expected.signal, DEPTH, 0.03)
    assert_growth_agrees(gradient, expected.gradient, DEPTH, 0.03)


@over_topologies
@pytest.mark.parametrize(
    "settings",
    [
        {"normalisation": "batch"},
        {"normalisation": "layer"},
        {"post_norm": "batch"},
        {"post_norm": "rms"},
        {"post_norm": "layer"},
    ],
    ids=str,
)
def test_mean_squares_agree_with_normalised_networks(rng, topology, settings):
    expected = mean_squares(topology, batch=48, **settings)
    signal, gradient = measured(rng, topology, 48, 2.0, networks=8, **settings)
    assert_growth_agrees(signal, expected.signal, DEPTH, 0.02)
    assert_growth_agrees(gradient, expected.gradient, DEPTH, 0.04)


@over_topologies
def test_centring_does_not_change_the_gradient_of_a_relu_network(rng, topology):
    expected = mean_squares(topology, weight_variance=1.5, normalisation="centre")
    assert np.isnan(expected.signal).all()
    _, gradient = measured(rng, topology, 16, 1.5, normalisation="centre")
    assert_growth_agrees(gradient, expected.gradient, DEPTH, 0.03)
    np.testing.assert_allclose(
        expected.gradient, mean_squares(topology, weight_variance=1.5).gradient
    )


def test_centring_after_the_addition_passes_the_gradient_on(rng):
    topology = Topology.residual(DEPTH)
    expected = mean_squares(topology, weight_variance=1.5, post_norm="centre")
    assert np.isnan(expected.signal).all()
    _, gradient = measured(rng, topology, 16, 1.5, post_norm="centre")
    assert_growth_agrees(gradient, expected.gradient, DEPTH, 0.03)


def test_plain_and_residual_growth_are_powers():
    for variance in (0.5, 2, 3.7):
        powers = plain_growth(variance) ** np.arange(DEPTH + 1.0)
        np.testing.assert_allclose(
            mean_squares(Topology.plain(DEPTH), weight_variance=variance).signal, powers
        )
        np.testing.assert_allclose(
            mean_squares(Topology.plain(DEPTH), weight_variance=variance).gradient, powers[::-1]
        )
        for span in (1, 4):
            found = mean_squares(
                Topology.residual(DEPTH, span), branch_scale=0.6, weight_variance=variance
            )
            powers = residual_growth(0.6, variance, span) ** np.arange(DEPTH // span + 1.0)
            np.testing.assert_allclose(found.signal[::span], powers)
            np.testing.assert_allclose(found.gradient[::span], powers[::-1])


def test_a_residual_net_doubles_and_a_scaled_one_tends_to_e():
    assert mean_squares(Topology.residual(64)).signal[-1] == pytest.approx(2.0**64)
    assert mean_squares(Topology.residual(64), branch_scale=1 / 8).gradient[0] == pytest.approx(
        (1 + 1 / 64) ** 64
    )
    assert residual_growth(1e-3) ** 1e6 == pytest.approx(e, rel=1e-5)


def test_pre_norm_grows_to_one_plus_the_depth_and_post_norm_not_at_all():
    found = mean_squares(Topology.residual(30), normalisation="rms")
    assert found.signal[-1] == pytest.approx(31) and found.gradient[0] == pytest.approx(31)
    found = mean_squares(Topology.residual(30), post_norm="rms")
    np.testing.assert_allclose(found.signal, 1)
    np.testing.assert_allclose(found.gradient, 1)


def test_batch_norm_growth():
    assert (
        batch_norm_growth() == pytest.approx(pi / (pi - 1))
        and round(batch_norm_growth(), 3) == 1.467
    )
    assert batch_norm_growth(24) > batch_norm_growth(100) > batch_norm_growth()
    for variance in (0.7, 2.0):
        found = mean_squares(
            Topology.plain(9), normalisation="batch", weight_variance=variance
        ).gradient
        np.testing.assert_allclose(found[1:-2] / found[2:-1], batch_norm_growth())


@pytest.mark.parametrize("batch", [24, 256])
def test_batch_norm_explodes_a_plain_network_but_centring_does_not(rng, batch):
    for kind, expected in (("batch", batch_norm_growth(batch)), ("centre", 1.0)):
        _, gradient = measured(rng, Topology.plain(12), batch, 2.0, networks=4, normalisation=kind)
        assert (gradient[1] / gradient[-2]) ** (1 / 10) == pytest.approx(expected, rel=0.04)


def test_relu_of_a_few_normalised_numbers_has_this_variance(rng):
    u = rng.normal(size=(200_000, 6))
    relu = np.maximum((u - u.mean(1, keepdims=True)) / u.std(1, keepdims=True), 0)
    second, variance, slope = _moments("relu", 6)
    assert second == pytest.approx((relu**2).mean(), rel=5e-3) and slope == pytest.approx(
        (relu > 0).mean(), rel=5e-3
    )
    assert variance == pytest.approx(relu.var(1).mean(), rel=5e-3)


def test_relu_on_the_branch_grows_by_2_904(rng):
    assert round(relu_branch_growth(), 3) == 2.904
    assert relu_branch_growth(0.0) == pytest.approx(1)
    for beta, variance in ((1.0, 2.0), (0.5, 3.0)):
        growth = []
        for _ in range(12):
            x = start = np.abs(rng.normal(size=(1, 300)))
            for _ in range(10):
                x = x + beta * np.maximum(x @ rng.normal(0, sqrt(variance / 300), (300, 300)), 0)
            growth.append((x**2).mean() / (start**2).mean())
        assert np.mean(growth) ** 0.1 == pytest.approx(relu_branch_growth(beta, variance), rel=0.02)


def test_nothing_is_claimed_where_nothing_is_known():
    topology = Topology.residual(5)
    assert np.isnan(mean_squares(topology, activation="tanh").signal).all()
    assert np.isnan(mean_squares(topology, activation="tanh").gradient).all()
    found = mean_squares(topology, activation="linear", normalisation="batch")
    assert np.isnan(found.gradient).all() and not np.isnan(found.signal).any()


def test_the_median_of_plain_networks_falls_below_the_mean(rng):
    """Second moment of the squared norm: (1 + 5 / width)^depth; median: about exp(-2.5 depth /
    width).
    """
    width, depth, networks = 48, 24, 3000
    h = rng.normal(size=(networks, width))
    h /= np.sqrt((h**2).mean(1, keepdims=True))
    for _ in range(depth):  # given |relu(h)|, the next state is Gaussian: no weights are needed
        size = np.sqrt(2 / width * (np.maximum(h, 0) ** 2).sum(1, keepdims=True))
        h = size * rng.normal(size=h.shape)
    squares = (h**2).mean(1)
    assert squares.mean() == pytest.approx(1, rel=0.25)
    assert np.median(squares) == pytest.approx(np.exp(-2.5 * depth / width), rel=0.15)
