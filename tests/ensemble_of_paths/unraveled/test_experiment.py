"""Single paths against finite differences of the network's own scores, and against Jacobians in
float64.
"""

from itertools import combinations

import jax
import numpy as np
import pytest

from lessons.ensemble_of_paths.unraveled.experiment import all_passes, measure_unraveled
from lessons.errors import LearnerError
from lessons.network.digit_networks import compile_digit_topology, components, initial
from lessons.network.topology import Topology
from tests import oracle


def jacobians(blocks, scale, gone, seed, example):
    """J_l in float64 from the definition: beta W_l masked by the ReLUs that are open."""
    network = initial(seed).network
    weights = np.float64(network.weights)
    h, found = np.float64(components().test_inputs[example]), []
    for l in range(blocks):
        beta = 0.0 if l + 1 in gone else scale
        found.append(beta * (weights[l] * (h > 0)[:, None]).T)
        h = h + beta * np.maximum(h, 0) @ weights[l]
    return found


@pytest.mark.parametrize(
    ("blocks", "scale", "gone"),
    [(1, 1.0, ()), (4, 1.0, (2,)), (5, 0.4, ()), (5, 1.5, (1, 4)), (3, 0.0, ())],
)
def test_every_norm_agrees_with_the_product_of_jacobians(blocks, scale, gone):
    m = measure_unraveled(blocks, scale, example=7, seed=3, **{f"delete_{b}": True for b in gone})
    steps, readout = jacobians(blocks, scale, gone, 3, 7), np.float64(initial(3).readout).T
    total, by_length = 0, np.zeros((blocks + 1, 10, 32))
    for norm, passes in zip(m.norms, m.passes, strict=True):
        gradient = readout
        for l in np.flatnonzero(passes)[::-1]:
            gradient = gradient @ steps[l]
        assert norm == pytest.approx(np.linalg.norm(gradient), rel=1e-4, abs=1e-6)
        by_length[passes.sum()] += gradient
        total = total + gradient
    np.testing.assert_allclose(
        m.length_norms, np.linalg.norm(by_length, axis=(1, 2)), rtol=1e-4, atol=1e-5
    )
    assert m.gradient_norm == pytest.approx(np.linalg.norm(total), rel=1e-4)
    assert m.difference < 1e-5 * m.gradient_norm and "to within rounding" in m.summary


def test_the_gradient_agrees_with_finite_differences():
    network = initial(2)
    weights = np.float64(network.network.weights)
    topology, readout = Topology.residual(3), np.float64(network.readout)
    scores = lambda x: oracle.states(topology, weights, np.zeros((54, 32)), x)[-1][0] @ readout
    expected = oracle.central_differences(scores, np.float64(components().test_inputs[5:6]))
    assert measure_unraveled(3, example=5, seed=2).gradient_norm == pytest.approx(
        np.linalg.norm(expected), rel=1e-4
    )


def test_all_subsets_shortest_first():
    passes = all_passes(4)
    assert {tuple(np.flatnonzero(row)) for row in passes} == {
        s for k in range(5) for s in combinations(range(4), k)
    }
    assert (np.diff(passes.sum(1)) >= 0).all()


def test_a_deletion_leaves_half_of_the_paths_and_changes_later_ones():
    whole, cut = measure_unraveled(5, seed=1), measure_unraveled(5, seed=1, delete_3=True)
    assert cut.alive.sum() == 16 and (cut.norms[~cut.alive] == 0).all()
    before, after = (m.norms[(m.passes.sum(1) == 1) & m.passes[:, 4]] for m in (whole, cut))
    assert before != pytest.approx(after, rel=1e-3)
    early = whole.passes[:, 0] & (whole.passes.sum(1) == 1)
    np.testing.assert_allclose(whole.norms[early], cut.norms[early], rtol=1e-5)


def test_sentences():
    assert measure_unraveled(1).summary.startswith(
        "1 block, 2^1 = 2 paths. The gradients of the paths add up"
    )
    assert (
        "2 of them deleted: 4 of 16 paths left."
        in measure_unraveled(4, delete_1=True, delete_2=True).summary
    )
    assert (
        "The 3 paths of length 2 together carry a gradient of norm"
        in measure_unraveled(3, highlight="2").summary
    )
    assert (
        "The 1 path of length 0 carries a gradient" in measure_unraveled(3, highlight="0").summary
    )
    assert "No path has length 5: the longest has 3." in measure_unraveled(3, highlight="5").summary
    assert (
        "No path of length 3 is left." in measure_unraveled(3, highlight="3", delete_1=True).summary
    )


@pytest.mark.parametrize(
    "wrong",
    [
        dict(blocks=6),
        dict(blocks=0),
        dict(branch_scale=3),
        dict(highlight="6"),
        dict(delete_6=True),
        dict(example=64),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(LearnerError, match="must be"):
        measure_unraveled(**wrong)


def test_a_deletion_beyond_the_network_changes_nothing():
    assert measure_unraveled(3, delete_5=True).summary == measure_unraveled(3).summary


def test_inputs_have_unit_mean_square_and_are_those_of_the_digits():
    digits = components()
    assert (digits.training.inputs**2).mean() == pytest.approx(1, rel=1e-4)
    assert digits.test_inputs.shape == (500, 32) and jax.tree.leaves(digits)[0].dtype == np.float32


def test_compiled_topologies_have_the_width_of_the_lesson():
    assert set(np.asarray(compile_digit_topology(Topology.plain(3)).widths)) == {32}
