"""The face behind every layer, a second time in NumPy, and what is kept over many networks."""

import jax
import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.network.network import draw, scale_draws
from lessons.network.topology import Topology
from lessons.residual_block.face.experiment import LAYERS, STEP, WIDTH, measure_face
from lessons.residual_block.face.strokes import FACE, MESH
from tests import oracle

SEEDS = 30


@jax.jit
def drawn(seed):
    """Two vectors that span the plane, and the network."""
    plane_key, network_key = jax.random.split(jax.random.key(seed))
    draws = draw(network_key, width=WIDTH, max_depth=LAYERS)
    widths = np.full(LAYERS + 1, WIDTH, np.int32)
    return jax.random.normal(plane_key, (WIDTH, 2)), scale_draws(draws, widths)


def by_hand(topology, branch_scale, seed):
    """Coordinates of all lines behind every layer, (layers + 1, points, 2), and the cosines."""
    vectors, parameters = drawn(seed)
    plane, _ = np.linalg.qr(np.float64(vectors))
    inputs = np.concatenate([*FACE, *MESH]) @ plane.T
    weights, biases = np.float64(parameters.weights), np.float64(parameters.biases)
    states = oracle.states(topology, weights, biases, inputs, branch_scale=branch_scale)
    cosines = [np.vdot(h, inputs) / np.linalg.norm(h) / np.linalg.norm(inputs) for h in states]
    return np.array(states) @ plane, cosines


@pytest.mark.parametrize(("branch_scale", "seed"), [(0.3, 1), (1.0, 7)])
def test_lines_and_cosines_agree_with_numpy(branch_scale, seed):
    plain, lost = by_hand(Topology.plain(LAYERS), 1.0, seed)
    residual, kept = by_hand(Topology.residual(LAYERS), branch_scale, seed)
    for layer in (0, 1, 5, LAYERS):
        found = measure_face(layer, branch_scale, seed)
        for lines, expected in (
            (found.plain_face + found.plain_mesh, plain[layer]),
            (found.residual_face + found.residual_mesh, residual[layer]),
        ):
            size = np.abs(expected).max()
            np.testing.assert_allclose(np.concatenate(lines), expected, atol=2e-4 * size)
        assert found.plain_kept == pytest.approx(lost[layer], abs=1e-4)
        assert found.residual_kept == pytest.approx(kept[layer], abs=1e-4)


def test_before_the_first_layer_both_show_the_drawing():
    found = measure_face(0, 1.0)
    for face, mesh in (
        (found.plain_face, found.plain_mesh),
        (found.residual_face, found.residual_mesh),
    ):
        for line, expected in zip((*face, *mesh), (*FACE, *MESH), strict=True):
            np.testing.assert_allclose(line, expected, atol=1e-6)
    assert found.plain_kept == pytest.approx(1) and found.residual_kept == pytest.approx(1)


def test_a_branch_scale_of_zero_hands_on_the_drawing():
    found = measure_face(LAYERS, 0.0)
    for line, expected in zip(found.residual_face, FACE, strict=True):
        np.testing.assert_allclose(line, expected, atol=1e-6)
    assert found.residual_kept == pytest.approx(1)


def test_what_the_next_step_keeps_is_what_is_kept_there():
    for layer in (1, LAYERS):
        there = measure_face(layer, 0.4 + STEP, 3)
        assert measure_face(layer, 0.4, 3).next_kept == pytest.approx(there.residual_kept)


@pytest.mark.slow
@pytest.mark.parametrize("branch_scale", [0.3, 1.0])
def test_what_is_kept_is_that_of_the_formula_on_average(branch_scale):
    """(1 + β^2)^(-l / 2) with skips, 0 without: within 4 standard errors of 30 networks. In a
    wide network; at width 64 the mean of a ratio lies a little off, hence 0.01 more."""
    for layer in (1, LAYERS):
        found = [measure_face(layer, branch_scale, seed) for seed in range(SEEDS)]
        kept, lost = np.array([(m.residual_kept, m.plain_kept) for m in found]).T
        predicted = (1 + branch_scale**2) ** (-layer / 2)
        assert abs(kept.mean() - predicted) < 0.01 + 4 * kept.std() / SEEDS**0.5
        assert abs(lost.mean()) < 4 * lost.std() / SEEDS**0.5
        assert np.abs(lost).mean() < 0.1


def test_a_layer_that_is_not_there_is_refused():
    with pytest.raises(LearnerError, match=r"layer must be between 0 and 12, got 13\."):
        measure_face(13)
    with pytest.raises(LearnerError, match="branch scale must be"):
        measure_face(1, -0.1)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (dict(layer=0), "1.00 of the input is there: this is the drawing itself, "),
        (dict(layer=1, branch_scale=0.1 + 0.2), " after 1 layer with the addition (β = 0.3), "),
        (dict(layer=12, branch_scale=1.0), " after 12 layers with the addition (β = 1), "),
    ],
)
def test_the_summary_fills_the_numbers_in(values, sentence):
    found = measure_face(**values)
    assert sentence in found.summary
    if found.layer:
        assert found.summary.startswith(f"{found.residual_kept:.2f} of the input")
        assert found.summary.endswith(" without it.") and "-0.00" not in found.summary
