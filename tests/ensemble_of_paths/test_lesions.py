"""Networks with blocks deleted or reordered, against the same networks written out in NumPy."""

from itertools import combinations

import jax
import numpy as np
import pytest
from scipy.stats import kendalltau

from lessons.ensemble_of_paths.lesions import (
    Lesions,
    deletion,
    lesion_errors,
    random_deletions,
    random_orders,
    single_deletions,
    swapped,
)
from lessons.network.classifiers import init_classifier
from lessons.network.compiled_topology import compile_topology
from lessons.network.topology import Topology

pytestmark = pytest.mark.usefixtures("unoptimised")  # no lesson runs these programs
BLOCKS, WIDTH = 5, 16
SETTINGS = {"plain": {}, "residual": dict(branch_scale=0.6), "pre-norm": dict(normalisation="rms")}


def numpy_error(classifier, order, kind, inputs, labels):
    """Layers in their new order; a deleted one is simply not there."""
    weights, h = np.float64(classifier.network.weights), np.float64(inputs)
    for block in order:
        seen = h / np.sqrt((h**2).mean(1, keepdims=True) + 1e-6) if kind == "pre-norm" else h
        branch = np.maximum(seen, 0) @ weights[block]
        h = branch if kind == "plain" else h + SETTINGS[kind].get("branch_scale", 1) * branch
    return ((h @ np.float64(classifier.readout)).argmax(1) != labels).mean()


@pytest.mark.parametrize("kind", SETTINGS)
def test_errors_agree_with_networks_written_out(kind, rng):
    topology = Topology.plain(BLOCKS) if kind == "plain" else Topology.residual(BLOCKS)
    compiled = compile_topology(topology, WIDTH, max_depth=8, **SETTINGS[kind])
    classifier = init_classifier(jax.random.key(1), compiled.widths, width=WIDTH, max_depth=8)
    inputs, labels = (
        rng.normal(size=(300, WIDTH)).astype(np.float32),
        rng.integers(0, 10, 300).astype(np.int32),
    )
    orders = [[0, 1, 2, 3, 4], [0, 2, 3], [4], [3, 1, 0, 4, 2], []]
    rows = np.array([order + [0] * (BLOCKS - len(order)) for order in orders], np.int32)
    lesions = Lesions(rows, np.array([len(order) for order in orders], np.int32))
    expected = [numpy_error(classifier, order, kind, inputs, labels) for order in orders]
    np.testing.assert_allclose(
        lesion_errors(classifier, compiled, lesions, inputs, labels), expected, atol=0.005
    )


def test_single_deletions_and_chosen_ones():
    found = single_deletions(3)
    assert found.orders[:, :2].tolist() == [[1, 2], [0, 2], [0, 1]] and found.kept.tolist() == [
        2,
        2,
        2,
    ]
    assert deletion(4, [1, 3]).orders[0, :2].tolist() == [0, 2] and deletion(
        4, [1, 3]
    ).kept.tolist() == [2]


def test_random_deletions_keep_the_order_and_choose_every_subset_alike():
    found = random_deletions(4, 3000, 0)
    kept = [tuple(order[:count]) for order, count in zip(found.orders, found.kept, strict=True)]
    assert [len(k) for k in kept] == [4] * 3000 + [3] * 3000 + [2] * 3000 + [1] * 3000
    shares = {pair: kept[6000:9000].count(pair) / 3000 for pair in combinations(range(4), 2)}
    assert sum(shares.values()) == pytest.approx(1) and all(
        abs(share - 1 / 6) < 0.03 for share in shares.values()
    )


def test_orders_have_the_tau_asked_for():
    taus = np.array([1.0, 0.5, 0.0, -1.0])
    found = random_orders(12, taus, 10, 0)
    assert all(sorted(order) == list(range(12)) for order in found.orders.tolist())
    assert [
        kendalltau(range(len(order)), order).statistic for order in found.orders
    ] == pytest.approx(np.repeat(taus, 10), abs=2 / 66)
    assert (
        found.orders[:10].tolist() == [list(range(12))] * 10
        and found.orders[-1].tolist() == list(range(12))[::-1]
    )


def test_swaps_reach_every_order_of_three():
    rng = np.random.default_rng(0)
    assert {tuple(swapped(3, 2, rng)) for _ in range(60)} == {(1, 2, 0), (2, 0, 1)}
