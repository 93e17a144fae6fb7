"""Two curves against finite differences in NumPy; where they break, over many networks."""

import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.network.forward_sweep import network_draws, padded
from lessons.network.normalisations import EPSILON
from lessons.shattered_gradients.two_curves.experiment import measure_two_curves
from lessons.shattered_gradients.two_curves.measurement import agreed

WIDTH, POINTS, STEP = 100, 256, 1e-6


def outputs(x, skips, depth, span, beta, seed):
    """y at every x, written out: float64, each normalised with mean and spread of the batch at
    x = the grid, which stay as they are when one x moves."""
    draws = network_draws(seed, padded(WIDTH))
    weights, biases = (np.asarray(a, np.float64) for a in draws.parameters[:2])
    weights, biases = weights[:depth, :WIDTH, :WIDTH], biases[:depth, :WIDTH]
    encoder, shift, readout = (np.asarray(end, np.float64)[:WIDTH] for end in draws[1:])
    grid = 2 * (2 * np.arange(POINTS) + 1 - POINTS) / POINTS
    moved, still = (np.outer(each, encoder) + 0.1 * shift for each in (x, grid))
    carried = moved, still
    for l in range(depth):
        mean, spread = still.mean(0), np.sqrt(still.var(0) + EPSILON)
        moved, still = (
            np.maximum((h - mean) / spread, 0) @ weights[l] * (2 / WIDTH) ** 0.5 + 0.1 * biases[l]
            for h in (moved, still)
        )
        if skips and (l + 1) % span == 0:
            moved, still = (beta * F + h for F, h in zip((moved, still), carried, strict=True))
            carried = moved, still
    return moved @ readout, grid


@pytest.mark.parametrize(("depth", "span", "beta", "seed"), [(4, 1, 1.0, 0), (6, 3, 0.5, 2)])
def test_both_curves_are_the_slopes_of_the_outputs(depth, span, beta, seed):
    found = measure_two_curves(depth, span, beta, seed)
    grid = outputs(np.zeros(1), False, 1, 1, 1.0, seed)[1]
    for arm, curve in enumerate(found.curves):
        high, low = (outputs(grid + d, arm, depth, span, beta, seed)[0] for d in (STEP, -STEP))
        slope = (high - low) / (2 * STEP)
        slope /= np.sqrt((slope**2).mean())
        # A few points differ, where float32 is on the other side of a kink.
        assert np.mean(np.abs(curve - slope) < 1e-3) > 0.95
        pairs = (slope[:-1] * slope[1:]).mean()
        assert found.agreement[arm] == pytest.approx(pairs, abs=0.01)


def test_the_plain_curve_breaks_between_8_and_16_layers_and_the_residual_one_does_not():
    mean = {
        depth: np.mean([measure_two_curves(depth, seed=k).agreement for k in range(5)], 0)
        for depth in (1, 8, 16, 64)
    }
    assert mean[1].min() > 0.98
    assert mean[8][0] > 0.5 and abs(mean[16][0]) < 0.1
    assert mean[64][1] > 0.5


def test_long_skips_keep_nothing():
    assert abs(np.mean([measure_two_curves(24, 8, seed=k).agreement[1] for k in range(5)])) < 0.1


def test_what_noise_has_by_chance_is_called_about_0():
    assert [agreed(value) for value in (-0.1, 0.124, 0.126, -0.2, 1.0)] == [
        "about 0",
        "about 0",
        "0.13",
        "−0.20",
        "1.00",
    ]


def test_what_cannot_be_is_refused():
    for wrong in ({"depth": 65}, {"span": 0}, {"branch_scale": float("nan")}):
        with pytest.raises(LearnerError):
            measure_two_curves(**wrong)
