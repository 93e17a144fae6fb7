"""Correlations of gradients against NumPy networks with the same weights, and what the lesson
says of them.
"""

import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.network.forward_sweep import network_draws, padded
from lessons.network.network import scale_draws
from lessons.network.normalisations import KEYS
from lessons.network.topology import Topology
from lessons.shattered_gradients.correlation_depth.experiment import (
    LOOKS_LINEAR,
    measure_correlation_depth,
)
from lessons.shattered_gradients.correlation_depth.measurement import PAIRS, RANDOM_BATCH
from lessons.shattered_gradients.gradient_correlation import BATCH, _batch, pair_moments
from tests.oracle import normalise
from tests.tangents import prefixes, random_layers

WIDTH, DEPTH = 40, 10


@pytest.mark.parametrize("normalisation", KEYS)
@pytest.mark.parametrize("scale", [None, 0.6])
def test_moments_agree_with_numpy_at_every_depth(normalisation, scale):
    found = pair_moments(3, scale is None, scale or 1.0, normalisation, 40.0, WIDTH)
    scaled = scale_draws(
        network_draws(3, padded(WIDTH)).parameters, np.full(65, WIDTH, np.int32), 2.0
    )
    inputs, direction = (
        np.asarray(rows, np.float64)[..., :WIDTH] for rows in _batch(3, 40.0, WIDTH, False)
    )
    topology = Topology.plain(DEPTH) if scale is None else Topology.residual(DEPTH)
    weights = np.asarray(scaled.weights, np.float64)[:, :WIDTH, :WIDTH]
    h, g = prefixes(
        topology,
        weights,
        np.zeros((DEPTH, WIDTH)),
        inputs,
        direction,
        branch_scale=scale or 1.0,
        normalisation=normalisation,
    )
    for l in range(DEPTH + 1):
        products, seen = g[l] @ g[l].T, normalise(normalisation, h[l]) > 0
        squares = np.diag(products).mean()
        assert found.squares[l] == pytest.approx(squares, rel=5e-3)
        assert found.pairs[l] == pytest.approx(
            products[::2, 1::2].diagonal().mean(), abs=5e-3 * squares
        )
        assert found.all_pairs[l] == pytest.approx(
            (products.sum() - np.trace(products)) / BATCH / (BATCH - 1), abs=5e-3 * squares
        )
        assert found.shared[l] == pytest.approx((seen[::2] & seen[1::2]).mean(), abs=2e-3)


@pytest.mark.parametrize("angle", [1.0, 30.0, 90.0, 150.0])
def test_pairs_are_gaussian_and_at_the_angle_asked_for(angle):
    rows = np.concatenate([_batch(seed, angle, 200, False)[0] for seed in range(20)])
    assert rows.var() == pytest.approx(1, abs=5 * np.sqrt(2 / rows.size))
    assert (rows**4).mean() == pytest.approx(3, abs=5 * np.sqrt(96 / rows.size))
    found = np.mean(rows[::2] * rows[1::2])
    assert found == pytest.approx(np.cos(np.radians(angle)), abs=5 / np.sqrt(rows.size / 2))
    assert abs(np.mean(rows[1:-1:2] * rows[2::2])) < 5 / np.sqrt(
        rows.size / 2
    )  # different pairs are independent


@pytest.mark.slow
def test_measured_and_predicted_agree():
    for normalisation in KEYS:
        for angle, inputs in ((90, RANDOM_BATCH), (20, PAIRS)):
            found = measure_correlation_depth(
                inputs, angle, 0.5, normalisation, width=100, networks=10
            )
            shallow = slice(0, 13)
            np.testing.assert_allclose(
                found.medians[:, shallow], found.followed[:, shallow], atol=0.1
            )


def test_a_batch_of_random_inputs_shares_a_quarter_once_centred():
    centred, plain = (
        measure_correlation_depth(normalisation=kind).shared.mean(1) for kind in ("batch", "none")
    )
    np.testing.assert_allclose(centred, 0.25, atol=0.03)
    assert plain[0, 20] > 0.4 and plain[0, 0] == pytest.approx(0.25, abs=0.02)


@pytest.mark.slow
def test_deep_networks_centred_but_not_divided_leave_the_quarter():
    """Plain ones: a few examples come to hold the variance, and the others all lie where the
    mean was taken off.
    """
    centred, divided = (
        measure_correlation_depth(normalisation=kind, networks=20).shared.mean(1)[0]
        for kind in ("centre", "batch")
    )
    assert abs(centred[20] - 0.25) < 0.02 and centred[30] < 0.31 < 0.38 < centred[63]
    assert abs(divided[63] - 0.25) < 0.01


@pytest.mark.parametrize(
    ("normalisation", "low", "high"), [("centre", 0.9, 1.0), ("batch", 0.1, 0.3)]
)
def test_dividing_keeps_a_few_examples_from_holding_the_variance(rng, normalisation, low, high):
    parts = []
    for _ in range(6):
        weights, biases = random_layers(rng, 63, 100)
        h, _ = prefixes(
            Topology.plain(63),
            weights,
            biases,
            rng.normal(size=(64, 100)),
            1.0,
            normalisation=normalisation,
        )
        squares = np.sort((normalise(normalisation, h[-1]) ** 2).sum(1))
        parts.append(squares[-3:].sum() / squares.sum())
    assert low < np.mean(parts) < high


def test_looks_linear_networks_keep_correlation_one_at_every_depth():
    for normalisation in ("none", "centre", "batch"):
        for width in (100, 101):
            found = measure_correlation_depth(
                PAIRS, 120, 1.0, normalisation, LOOKS_LINEAR, width=width, networks=2
            )
            # Batch norm divides z and -z by the same numbers, so it stays linear as well.
            np.testing.assert_allclose(found.found, 1, atol=2e-3)
            assert (found.followed == 1).all()


def test_summary_compares_measured_with_predicted():
    summary = measure_correlation_depth().summary
    assert (
        "Plain: falls by a factor 0.5" in summary
        and "theory by a factor 0.50 per layer; paper by a factor 0.50 per layer" in summary
    )
    assert "theory like L^−0.65; paper like L^−0.47" in summary
    assert (
        "theory by a factor 0.75 per layer"
        in measure_correlation_depth(normalisation="centre").summary
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (dict(angle=181, inputs=PAIRS), "angle must be between 0 and 180, got 181."),
        (dict(inputs="three"), f"inputs must be one of {PAIRS}, {RANDOM_BATCH}, got 'three'."),
        (
            dict(initialisation="zero"),
            "initialisation must be one of He, looks-linear, got 'zero'.",
        ),
        (dict(axes="square"), "axes must be one of linear, log, log-log, got 'square'."),
        (dict(networks=0), "networks must be between 1 and 20, got 0."),
    ],
)
def test_bad_settings_are_refused_in_a_sentence(options, message):
    with pytest.raises(LearnerError) as caught:
        measure_correlation_depth(**options)
    assert str(caught.value) == message
