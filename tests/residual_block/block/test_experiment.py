"""Lesson 1's images of the plane, a second time in NumPy."""

import jax
import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.network.compiled_topology import WITHOUT_NORMS, compile_topology
from lessons.network.network import draw, scale_draws
from lessons.network.topology import Skip, Topology
from lessons.residual_block.block.experiment import GRID, MAX_DEPTH, WIDTH, _images, measure_block
from tests import oracle

NETWORKS = 100


@jax.jit
def drawn(seed):
    """Two vectors that span the plane, and the network."""
    plane_key, network_key = jax.random.split(jax.random.key(seed))
    draws = draw(network_key, width=WIDTH, max_depth=MAX_DEPTH)
    widths = np.full(MAX_DEPTH + 1, WIDTH, np.int32)
    return jax.random.normal(plane_key, (WIDTH, 2)), scale_draws(draws, widths)


def by_hand(topology, branch_scale, seed):
    vectors, parameters = drawn(seed)
    plane, _ = np.linalg.qr(np.float64(vectors))
    inputs = GRID.reshape(-1, 2) @ plane.T
    weights, biases = np.float64(parameters.weights), np.float64(parameters.biases)
    output = oracle.states(topology, weights, biases, inputs, branch_scale=branch_scale)[-1]
    return (output @ plane).reshape(GRID.shape), ((output - inputs) ** 2).sum() / (inputs**2).sum()


@pytest.mark.parametrize(
    ("values", "topology"),
    [
        (dict(depth=2, start=0, span=2), Topology(2, (Skip(0, 2),))),
        (dict(depth=9, start=3, span=4, branch_scale=0.5, seed=7), Topology(9, (Skip(3, 7),))),
        (
            dict(depth=9, start=1, span=2, placement="all skips", branch_scale=0.25),
            Topology.residual(9, 2, 1),
        ),
        (dict(depth=5, start=1, span=2, skips=False), Topology.plain(5)),
    ],
)
def test_images_and_distances_agree_with_numpy(values, topology):
    found = measure_block(**values)
    assert found.topology == topology
    for image, distance, skips in (
        (found.plain, found.plain_distance, Topology.plain(topology.depth)),
        (found.residual, found.residual_distance, topology),
    ):
        expected, far = by_hand(skips, found.branch_scale, values.get("seed", 0))
        np.testing.assert_allclose(image, expected, atol=2e-4 * np.abs(expected).max())
        assert distance == pytest.approx(far, rel=1e-3)


def test_a_branch_scale_of_zero_on_every_layer_gives_back_the_input():
    found = measure_block(depth=32, start=0, span=1, placement="all skips", branch_scale=0.0)
    np.testing.assert_allclose(found.residual, GRID, atol=1e-6)
    assert found.residual_distance == 0


def standard_error(values):
    return float(values.std()) / NETWORKS**0.5


def distances_of(plain, residual):
    """That of the plain and of the residual network from the input, (NETWORKS, 2)."""
    compiled = [
        compile_topology(topology, WIDTH, max_depth=MAX_DEPTH, **WITHOUT_NORMS)
        for topology in (plain, residual)
    ]  # as the panel, whose program is compiled already
    return np.array([_images(seed, *compiled)[1] for seed in range(NETWORKS)])


@pytest.mark.slow
def test_a_plain_he_network_starts_at_distance_2_on_average():
    """E|f|^2 = |x|^2 and E f . x = 0 give 2; the standard error of 100 networks is about 0.08."""
    distances = distances_of(Topology.plain(4), Topology.plain(4))[:, 0]
    assert distances.mean() == pytest.approx(2, abs=5 * standard_error(distances))
    assert distances.std() < 1.2


@pytest.mark.parametrize(
    ("topology", "predicted"),
    [
        (Topology(12, (Skip(0, 12),)), 1),  # only F differs from the input
        (
            Topology(12, (Skip(4, 6),)),
            3,
        ),  # the input is lost in the other layers; the skip doubles what is left
        (Topology.residual(9, 2, 1), 2**4 + 1),  # layer 1 has no skip over it
        (Topology.residual(8, 2, 0), 2**4 - 1),
    ],
)
@pytest.mark.slow
def test_mean_distances_are_those_of_the_lesson(topology, predicted):
    distances = distances_of(Topology.plain(topology.depth), topology)[:, 1]
    assert distances.mean() == pytest.approx(predicted, abs=4 * standard_error(distances))


def test_skips_that_do_not_fit_are_refused():
    with pytest.raises(LearnerError, match=r"skip 3 -> 6: stop must be at most depth = 5, got 6"):
        measure_block(depth=5, start=3, span=3)
    with pytest.raises(
        LearnerError, match="placement must be one of one skip, all skips, got 'none'"
    ):
        measure_block(placement="none")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (dict(depth=2, start=0, span=2), "h_2 = F(h_0) + h_0, where F is layers 1 to 2. "),
        (
            dict(depth=3, start=2, span=1, branch_scale=0.5),
            "h_3 = 0.50 F(h_2) + h_2, where F is layer 3. ",
        ),
        (
            dict(depth=6, start=0, span=2, placement="all skips"),
            "h_2 = F(h_0) + h_0, where F is layers 1 to 2. So on for 3 skips, the last "
            "from h_4 to h_6. ",
        ),
        (
            dict(depth=6, start=0, span=2, skips=False),
            "Skips off: nothing is added to what 6 layers make of h_0. Relative squared "
            "distance of the output from the input: 1.6.",
        ),
    ],
)
def test_the_summary_fills_the_numbers_in(values, sentence):
    assert measure_block(**values).summary.startswith(sentence)
