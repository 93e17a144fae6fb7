"""Signals and gradients of the panel against NumPy, and what the lesson says of them against
closed forms.
"""

from math import e

import numpy as np
import pytest

from lessons.depth_and_gradients.gradient_norm.experiment import (
    BATCH,
    NETWORKS,
    NORMS,
    QUANTITIES,
    RELUS,
    SCALINGS,
    WIDTH,
    measure_gradient_norm,
)
from lessons.depth_and_gradients.random_networks import draw_data, draw_networks
from lessons.errors import LearnerError
from lessons.network.topology import Topology
from tests import oracle
from tests.chain_rule import mean_square_gradients

DEPTH, SEED = 9, 4
SETTINGS = [
    *(dict(norm=norm) for norm in NORMS),
    dict(activation="tanh", norm="RMS"),
    dict(activation="linear", weight_variance=0.7),
    dict(relu=RELUS[1]),
    dict(span=3, first=2, branch_scale=0.3),
]


def by_hand(
    topology, weight_variance=2.0, branch_scale=1.0, norm="none", activation="relu", relu=RELUS[0]
):
    """(signal, gradient), each (networks, depth + 1), from the panel's own draws, in float64."""
    weights = np.asarray(draw_networks(SEED, 16, NETWORKS, WIDTH).weights, np.float64) * np.sqrt(
        weight_variance / WIDTH
    )
    inputs, readouts = (np.asarray(a, np.float64) for a in draw_data(SEED, NETWORKS, BATCH, WIDTH))
    inputs = np.abs(inputs) if relu != RELUS[0] else inputs
    settings = dict(
        NORMS[norm], branch_scale=branch_scale, activation=activation, relu_after=relu == RELUS[1]
    )
    signals, gradients = [], []
    for k in range(NETWORKS):
        states = oracle.states(
            topology, weights[:, k], np.zeros((DEPTH, WIDTH)), inputs[k], **settings
        )
        signals.append([(h**2).mean() for h in states])
        gradients.append(
            mean_square_gradients(topology, weights[:, k], states, readouts[k], **settings)
        )
    signals, gradients = np.array(signals), np.array(gradients)
    return signals / signals[:, :1], gradients / gradients[:, -1:]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.slow
def test_both_arms_agree_with_numpy(settings):
    ends = {name: settings[name] for name in ("span", "first") if name in settings}
    rest = {name: value for name, value in settings.items() if name not in ends}
    expected = [
        by_hand(topology, **rest)
        for topology in (Topology.plain(DEPTH), Topology.residual(DEPTH, **ends))
    ]
    for index, quantity in enumerate(QUANTITIES):
        found = measure_gradient_norm(DEPTH, quantity=quantity, seed=SEED, **settings)
        for arm, (by_numpy) in zip((found.plain, found.residual), expected, strict=True):
            np.testing.assert_allclose(np.median(arm, 0), np.median(by_numpy[index], 0), rtol=0.02)


@pytest.mark.slow
def test_a_relu_on_the_branch_agrees_with_numpy():
    weights = np.asarray(draw_networks(SEED, 16, NETWORKS, WIDTH).weights, np.float64) * np.sqrt(
        2 / WIDTH
    )
    inputs, readouts = (np.asarray(a, np.float64) for a in draw_data(SEED, NETWORKS, BATCH, WIDTH))
    signals, gradients, topology = [], [], Topology.residual(DEPTH)
    for k in range(NETWORKS):
        states = [np.abs(inputs[k])]
        for l in range(DEPTH):
            states.append(states[-1] + np.maximum(np.maximum(states[-1], 0) @ weights[l, k], 0))
        signals.append([(h**2).mean() for h in states])
        gradients.append(
            mean_square_gradients(topology, weights[:, k], states, readouts[k], relu_branch=True)
        )
    for quantity, expected, end in (("signal", signals, 0), ("gradient", gradients, -1)):
        expected = np.array(expected)
        found = measure_gradient_norm(DEPTH, relu=RELUS[2], quantity=quantity, seed=SEED).residual
        np.testing.assert_allclose(found, expected / expected[:, [end]], rtol=1e-3)


def typical(norm, quantity="gradient", depth=12, **settings):
    """Both arms' growth per layer of the mean over networks of five seeds, and the closed
    forms'.
    """
    runs = [
        measure_gradient_norm(depth, norm=norm, quantity=quantity, seed=seed, **settings)
        for seed in range(5)
    ]
    arms = [
        np.mean([getattr(run, arm).mean(0) for run in runs], 0) for arm in ("plain", "residual")
    ]
    return [
        (runs[0].growth(found), runs[0].growth(theory))
        for found, theory in zip(arms, (runs[0].plain_theory, runs[0].residual_theory), strict=True)
    ]


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("quantity", QUANTITIES)
def test_the_closed_form_drawn_is_what_networks_do(norm, quantity):
    for found, theory in typical(norm, quantity):
        assert np.isnan(theory) == (norm == "centre" and quantity == "signal")
        # Norms over the units: E 1 / |h|^2 exceeds 1 / E |h|^2 by 2 / width, which the closed form
        # leaves out.
        assert np.isnan(theory) or found == pytest.approx(
            theory, rel=0.06 if norm.startswith(("RMS", "layer")) else 0.04
        )


@pytest.mark.slow
def test_the_numbers_of_the_lesson():
    residual = typical("none")[1]
    assert residual[1] == pytest.approx(2) and residual[0] == pytest.approx(2, rel=0.03)
    branch = typical("none", "signal", relu=RELUS[2])[1]
    assert round(branch[1], 3) == 2.904 and branch[0] == pytest.approx(2.904, rel=0.03)
    plain = typical("batch", depth=20)[0]
    assert plain[0] > 1.5 and plain[1] > 1.467
    scaled = measure_gradient_norm(64, scaling=SCALINGS[1])
    assert (
        scaled.residual_theory[0] == pytest.approx((1 + 1 / 64) ** 64)
        and scaled.residual_theory[0] < e
    )
    assert 1.5 < np.median(scaled.residual[:, 0]) < 4


@pytest.mark.slow
def test_the_median_of_deep_plain_networks_is_below_the_mean():
    ends = np.concatenate([measure_gradient_norm(24, seed=seed).plain[:, 0] for seed in range(20)])
    assert ends.mean() == pytest.approx(1, rel=0.25)
    # exp(-2.5 * 24 / 48) = 0.29 holds for one input; here each network averages over 24 of them
    assert 0.29 < np.median(ends) < 0.65


def test_statistics_of_the_batch_may_be_constants_or_not(rng):
    """The growth of the gradient of one example's output: through the statistics it also reaches
    the other examples.
    """
    depth, batch, width = 10, 64, 48
    weights = rng.normal(0, np.sqrt(2 / width), (depth, width, width))
    states = oracle.states(
        Topology.plain(depth),
        weights,
        np.zeros((depth, width)),
        rng.normal(size=(batch, width)),
        normalisation="batch",
    )
    growth = {}
    for constant in (True, False):
        g = np.zeros((batch, batch, width))  # of example i's output with respect to example j
        g[np.arange(batch), np.arange(batch)] = rng.normal(size=width)
        sizes = [(g**2).sum()]
        for h, w in zip(states[-2::-1], weights[::-1], strict=True):
            deviation = h.std(0)
            u = (h - h.mean(0)) / deviation
            g = (g @ w.T) * (u > 0)
            g = g if constant else g - g.mean(1, keepdims=True) - u * (g * u).mean(1, keepdims=True)
            g = g / deviation
            sizes.append((g**2).sum())
        growth[constant] = (sizes[-2] / sizes[1]) ** (1 / (depth - 2))
    assert growth[False] == pytest.approx(growth[True], rel=0.06)


def test_overflow_is_said_in_words():
    setting = dict(depth=64, activation="linear", weight_variance=4, branch_scale=2)
    found = measure_gradient_norm(**setting)
    assert (
        "Residual, β = 2: beyond what float32 holds, 3.4 × 10^38 before squaring, at h_1 and below"
        in found.summary
    )
    assert "at h_62 and above" in measure_gradient_norm(**setting, quantity="signal").summary
    assert (
        "nan" not in found.summary
        and "inf" not in found.summary
        and not np.isnan(found.residual).any()
    )


def test_the_summary_names_what_has_no_closed_form():
    assert measure_gradient_norm(5, activation="tanh").summary.count("no closed form") == 2
    assert measure_gradient_norm(5, relu=RELUS[1]).summary.count("no closed form") == 1


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (dict(norm="group"), "normalisation must be one of none, centre"),
        (dict(relu="none"), "ReLU must be one of"),
        (dict(depth=65), "depth must be between 1 and 64, got 65."),
        (dict(weight_variance=float("nan")), "must be finite"),
        (dict(span=30), "span must be between 1 and 24, got 30."),
        (dict(scaling="L"), "scaling must be one of"),
        (dict(quantity="noise"), "quantity must be one of"),
    ],
)
def test_what_cannot_be_measured_is_said(setting, message):
    with pytest.raises(LearnerError, match=message):
        measure_gradient_norm(**setting)
