"""Gradients through repeated shortcuts against NumPy, closed forms and finite differences."""

import numpy as np
import pytest

from lessons.errors import NetworkError
from lessons.projection_shortcut.repeated_projection import experiment
from lessons.projection_shortcut.repeated_projection.experiment import (
    KINDS,
    LEARNED,
    WIDTH,
    measure_repeated_projection,
)
from tests import oracle

pytestmark = pytest.mark.slow  # the first measurement trains two networks, whatever it is of


def network(kind, blocks, scale, branch_scale, seed):
    """h_0 -> h_L in float64, from the drawn numbers alone."""
    learned = kind in LEARNED
    parameters, _ = (
        experiment._trained()[LEARNED.index(kind)] if learned else experiment._drawn(kind, seed)
    )
    weights, biases, W = (np.float64(part)[:blocks] for part in parameters)
    W = W * (scale if kind == "λI" else 1)

    def output(h):
        for weight, bias, shortcut in zip(weights, biases, W, strict=True):
            h = h @ shortcut + branch_scale * (np.maximum(h, 0) @ weight + bias)
        return h

    return output, W


@pytest.mark.parametrize("kind", KINDS)
def test_the_gradient_at_the_input_agrees_with_finite_differences(kind):
    blocks, settings = 4, dict(scale=0.8, branch_scale=0.3, seed=2)
    m = measure_repeated_projection(kind, blocks, **settings)
    output, _ = network(kind, blocks, **settings)
    inputs, readout = map(np.float64, experiment._probes(2))
    gradients = np.stack(
        [oracle.central_differences(lambda h: output(h) @ readout, x) for x in inputs]
    )
    assert m.gradient_norm[0] == pytest.approx(np.sqrt((gradients**2).sum(1).mean()), rel=1e-3)
    cosines = gradients @ readout / np.linalg.norm(gradients, axis=1)
    assert m.correlation[0] == pytest.approx(cosines.mean(), abs=1e-3)
    assert m.correlation[-1] == pytest.approx(1, abs=1e-5) and m.gradient_norm[-1] == pytest.approx(
        1, rel=1e-5
    )


@pytest.mark.parametrize("kind", KINDS)
def test_product_and_direct_path_are_those_of_the_matrices(kind):
    m = measure_repeated_projection(kind, 12, scale=0.7, seed=1)
    _, W = network(kind, 12, 0.7, 0.1, 1)
    product = np.linalg.multi_dot(W)
    np.testing.assert_allclose(
        m.product_values, np.linalg.svd(product, compute_uv=False), rtol=1e-4, atol=1e-6
    )
    assert m.direct_norm[0] == pytest.approx(
        np.linalg.norm(product @ experiment._probes(1)[1]), rel=1e-4
    )


@pytest.mark.parametrize(
    ("scale", "left"), [(0.5, 5.55e-17), (0.9, 0.003381), (0.99, 0.5812), (1.1, 171.9)]
)
def test_scaled_shortcuts_leave_lambda_to_the_power_of_the_blocks(scale, left):
    m = measure_repeated_projection("λI", 54, scale, branch_scale=0)
    assert (
        m.predicted_norm[0] == pytest.approx(left, rel=1e-3) == pytest.approx(scale**54, rel=1e-3)
    )
    np.testing.assert_allclose(m.direct_norm, m.predicted_norm, rtol=1e-4)
    np.testing.assert_allclose(m.gradient_norm, m.predicted_norm, rtol=1e-4)
    np.testing.assert_allclose(m.correlation, 1, rtol=1e-5)
    assert m.stable_rank == pytest.approx(WIDTH)


@pytest.mark.parametrize("blocks", [1, 8])
def test_gaussian_w_keep_a_gradient_in_the_mean_square(blocks):
    drawn = [
        measure_repeated_projection("Gaussian", blocks, branch_scale=0, seed=seed).direct_norm[0]
        ** 2
        for seed in range(100)
    ]
    # The squared length is multiplied by independent chi-squared numbers with 64 degrees of
    # freedom, over 64.
    assert np.mean(drawn) == pytest.approx(
        1, abs=5 * np.sqrt(((1 + 2 / WIDTH) ** blocks - 1) / 100)
    )


def test_gaussian_w_keep_few_directions():
    assert 13 < measure_repeated_projection("Gaussian", 1).stable_rank < 20
    assert (
        np.mean(
            [
                measure_repeated_projection("Gaussian", 20, seed=seed).stable_rank
                for seed in range(8)
            ]
        )
        < 3.5
    )


def test_orthogonal_w_keep_every_norm():
    m = measure_repeated_projection("orthogonal", 54, branch_scale=0)
    np.testing.assert_allclose(m.gradient_norm, 1, rtol=1e-4)
    assert m.stable_rank == pytest.approx(WIDTH)


def test_learned_w_have_left_the_identity_and_multiply_to_few_directions():
    m = measure_repeated_projection("learned, from I", 54)
    assert (
        m.stable_rank < WIDTH / 4
        and m.predicted_norm is None
        and "less than a quarter" in m.summary
    )


def test_single_learned_w_stay_near_the_identity_and_their_product_does_not():
    W = np.float64(experiment._trained()[0][0].projections)
    away = np.linalg.norm(W - np.eye(WIDTH), axis=(1, 2)) / np.linalg.norm(np.eye(WIDTH))
    values = np.linalg.svd(W, compute_uv=False)
    assert away.max() < 0.03 and ((values**2).sum(1) / values[:, 0] ** 2).min() > 55
    assert measure_repeated_projection("learned, from I", 54).stable_rank < 10


def test_branches_at_full_scale_explode_where_the_direct_path_is_dead():
    """(λ^2 + β^2)^27 = 414 is the root mean square over draws; most single networks have less."""
    norms = [
        measure_repeated_projection("λI", 54, 0.5, 1.0, seed).gradient_norm[0] for seed in range(40)
    ]
    assert 100 < np.median(norms) < 1.25**27


def test_no_number_is_lost_where_gradients_are_largest():
    m = measure_repeated_projection("λI", 54, 1.1, branch_scale=1)
    assert np.isfinite(m.gradient_norm).all() and m.gradient_norm[0] > 1e6


def test_impossible_settings_are_refused():
    for bad in ({"kind": "magic"}, {"blocks": 55}, {"scale": np.nan}, {"branch_scale": np.inf}):
        with pytest.raises(NetworkError):
            measure_repeated_projection(**bad)
