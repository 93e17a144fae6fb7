"""Curves against NumPy and finite differences; what the lesson says of them against many
networks.
"""

import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.network.forward_sweep import network_draws, padded
from lessons.network.network import scale_draws
from lessons.network.normalisations import KEYS
from lessons.network.topology import Topology
from lessons.shattered_gradients.autocorrelation import autocorrelation
from lessons.shattered_gradients.gradient_curve import one_input
from lessons.shattered_gradients.gradient_curve.experiment import (
    GRID,
    POINTS,
    measure_gradient_curve,
)
from lessons.shattered_gradients.gradient_curve.measurement import FROZEN, MEAN_REMOVED, OF_THE_SUM
from tests import oracle
from tests.tangents import prefixes

WIDTH, REACH = 30, 1.5
KINDS = KEYS


def network(seed, depth, weight_variance, bias):
    """The same weights in float64, without padding: states from x, and what goes with them."""
    draws = network_draws(seed, padded(WIDTH))
    scaled = scale_draws(draws.parameters, np.full(65, WIDTH, np.int32), weight_variance, bias**2)
    weights, biases = (
        np.asarray(a, np.float64)[:depth]
        for a in (scaled.weights[:, :WIDTH, :WIDTH], scaled.biases[:, :WIDTH])
    )
    encoder, shift, readout = (np.asarray(end, np.float64)[:WIDTH] for end in draws[1:])
    return weights, biases, encoder, bias * shift, readout / np.sqrt(WIDTH)


@pytest.mark.parametrize("normalisation", KINDS)
def test_curves_agree_with_numpy_at_every_depth(normalisation):
    for depth in (1, 7, 12):
        found = measure_gradient_curve(
            depth, normalisation, 1.7, 0.2, 0.6, 3, 1, WIDTH, 1, 4, REACH
        )
        weights, biases, encoder, shift, readout = network(4, depth, 1.7, 0.2)
        inputs = REACH * GRID[:, None] * encoder + shift
        arms = Topology.plain(depth), Topology.residual(13, 3, 1)
        for signal, topology in zip((1, 2), arms, strict=True):
            topology = Topology(depth, tuple(skip for skip in topology.skips if skip.stop <= depth))
            _, d = prefixes(
                topology,
                weights,
                biases,
                inputs,
                encoder,
                branch_scale=0.6,
                normalisation=normalisation,
            )
            slopes = d[-1] @ readout
            size = np.sqrt((slopes**2).mean())
            assert found.sizes[signal] == pytest.approx(size, rel=2e-3)
            wrong = np.abs(found.curves[signal] - slopes / size) > 2e-3
            assert (
                wrong.mean() < 0.02
            )  # a unit within rounding of its kink may be on the other side of it


@pytest.mark.parametrize("normalisation", KINDS)
def test_the_gradient_of_the_batch_sum_agrees_with_finite_differences(normalisation):
    depth = 3
    found = measure_gradient_curve(
        depth, normalisation, width=WIDTH, reach=REACH, bias=0.2, statistics=OF_THE_SUM
    )
    weights, biases, encoder, shift, readout = network(0, depth, 2.0, 0.2)

    def total(x):
        h = oracle.states(
            Topology.plain(depth),
            weights,
            biases,
            x[:, None] * encoder + shift,
            normalisation=normalisation,
        )
        return (h[-1] @ readout).sum()

    chosen = np.arange(5, POINTS, 16)
    for i in chosen:
        step = 1e-6 * (np.arange(POINTS) == i)
        expected = (total(REACH * GRID + step) - total(REACH * GRID - step)) / 2e-6
        assert found.curves[1, i] * found.sizes[1] == pytest.approx(
            expected, abs=2e-3 * found.sizes[1]
        )


@pytest.mark.slow
def test_holding_the_statistics_agrees_with_letting_an_input_move_its_own():
    """d y(x_i) / d x_i through mean and variance, one input at a time: the curve is the same,
    that of the sum is not.
    """
    depth = 12
    found = measure_gradient_curve(depth, "batch", width=WIDTH, reach=REACH, bias=0)
    weights, biases, encoder, shift, readout = network(0, depth, 2.0, 0.0)
    x, own = REACH * GRID, np.zeros(POINTS)
    for i in range(POINTS):
        ends = []
        for step in (1e-7, -1e-7):
            moved = x + step * (np.arange(POINTS) == i)
            h = oracle.states(
                Topology.plain(depth),
                weights,
                biases,
                moved[:, None] * encoder,
                normalisation="batch",
            )
            ends.append(h[-1][i] @ readout)
        own[i] = (ends[0] - ends[1]) / 2e-7
    assert np.corrcoef(own, found.curves[1])[0, 1] > 0.95
    of_the_sum = measure_gradient_curve(
        depth, "batch", width=WIDTH, reach=REACH, bias=0, statistics=OF_THE_SUM
    )
    assert np.corrcoef(own, of_the_sum.curves[1])[0, 1] < 0.9


def test_autocorrelations_and_sizes_belong_to_the_curves():
    raw, removed = (
        measure_gradient_curve(24, correlation=kind, networks=3) for kind in ("raw", MEAN_REMOVED)
    )
    np.testing.assert_allclose(raw.autocorrelations[0], autocorrelation(raw.curves, 32))
    np.testing.assert_allclose(removed.autocorrelations[0], autocorrelation(raw.curves, 32, True))
    assert raw.neighbours.shape == (5,) and raw.networks == 3


def test_the_second_network_is_the_first_of_the_next_seed():
    both, second = measure_gradient_curve(networks=2, seed=5), measure_gradient_curve(seed=6)
    np.testing.assert_array_equal(both.autocorrelations[1], second.autocorrelations[0])


@pytest.mark.slow
def test_deep_plain_curves_shatter_once_centred_and_not_before():
    neighbours = {kind: measure_gradient_curve(24, kind, networks=8).neighbours for kind in KINDS}
    assert neighbours["none"][1] > 0.75
    assert (
        measure_gradient_curve(24, "rms", 1.0, 0.3, networks=8).neighbours[1] > 0.5
    )  # to divide is not enough
    for kind in ("centre", "batch"):
        assert abs(neighbours[kind][1]) < 0.2 and neighbours[kind][0] > 0.95
        assert abs(neighbours[kind][3]) < 0.1 and neighbours[kind][4] > 0.9


@pytest.mark.slow
def test_biases_smaller_weights_and_depth_do_not_shatter_an_uncentred_network():
    for options in (dict(weight_variance=1.0, bias=0.3), dict(bias=0.3), dict(depth=64, bias=0)):
        assert (
            measure_gradient_curve(normalisation="none", networks=8, **options).neighbours[1] > 0.75
        ), options
    assert measure_gradient_curve(64, "none", networks=8, bias=0.3).neighbours[1] > 0.5


@pytest.mark.slow
def test_residual_batch_norm_curves_keep_their_neighbours():
    assert measure_gradient_curve(50, networks=8).neighbours[2] > 0.55
    assert measure_gradient_curve(50, branch_scale=0.1, networks=8).neighbours[2] > 0.9


def test_without_centring_and_biases_there_is_one_kink():
    for depth in (1, 24, 64):
        found = measure_gradient_curve(depth, "none", bias=0)
        assert list(found.kinks[:3]) == [1, 1, 1]
        assert np.flatnonzero(np.diff(found.curves[1])).tolist() == [POINTS // 2 - 1]


@pytest.mark.parametrize(
    ("normalisation", "low", "high"), [("centre", 1.15, 1.27), ("batch", 1.18, 1.36)]
)
def test_angles_grow_by_a_fifth_per_layer_once_centred(normalisation, low, high):
    """sqrt(1 / (1 - 1/pi)) = 1.21 is for Gaussian units; on one line of inputs batch norm starts
    above.
    """
    found = [
        np.median(measure_gradient_curve(depth, normalisation, networks=6).angles[:, 0])
        for depth in range(4, 10)
    ]
    growth = np.array(found[1:]) / found[:-1]
    assert low < growth.min() and growth.max() < high
    assert measure_gradient_curve(24, "none", networks=6, bias=0.3).angles[:, 0].max() < 3


def test_overflow_is_said_in_words():
    with pytest.raises(LearnerError, match="largest number that float32 holds"):
        measure_gradient_curve(64, "none", weight_variance=100.0, branch_scale=100.0)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (dict(depth=0), "depth must be between 1 and 64, got 0."),
        (dict(networks=21), "networks must be between 1 and 20, got 21."),
        (dict(width=19), "width must be between 20 and 200, got 19."),
        (
            dict(normalisation="group"),
            "normalisation must be one of none, centre, batch, rms, layer, got 'group'.",
        ),
        (
            dict(statistics="running"),
            f"batch statistics must be one of {FROZEN}, {OF_THE_SUM}, got 'running'.",
        ),
        (
            dict(normalisation="rms", bias=0),
            "RMS norm without biases makes every state independent of the size of x, so "
            "that dy/dx is 0: "
            "set a bias standard deviation greater than 0.",
        ),
        (dict(bias=float("nan")), "bias must be finite, got nan."),
        (dict(reach=0), "largest |x| must be between 0.001 and 1000, got 0."),
    ],
)
def test_bad_settings_are_refused_in_a_sentence(options, message):
    with pytest.raises(LearnerError) as caught:
        measure_gradient_curve(**options)
    assert str(caught.value) == message


def test_more_depth_computes_only_the_layers_that_are_new(monkeypatch):
    measure_gradient_curve(24, seed=77)
    compute, stood = one_input._slopes, []
    monkeypatch.setattr(
        one_input, "_slopes", lambda *call: stood.append(int(call[3].layers)) or compute(*call)
    )
    for depth in (1, 9, 24, 30, 12, 30):
        measure_gradient_curve(depth, seed=77)
    assert stood == [
        24,
        24,
    ]  # the plain and the residual network, when layers 25 to 30 are asked for


def test_the_order_in_which_depths_are_asked_for_changes_nothing():
    rising = [measure_gradient_curve(depth, seed=78) for depth in (3, 17, 40)][-1]
    one_input._pass_through.cache_clear()
    np.testing.assert_allclose(measure_gradient_curve(40, seed=78).curves, rising.curves, atol=1e-3)
