"""Path sums against every single path, multiplied out; against the gradient itself; against
binomials.
"""

from functools import partial, reduce
from itertools import combinations
from math import comb

import jax
import numpy as np
import pytest

from lessons.network.compiled_topology import compile_topology
from lessons.network.gradients import state_gradients, step_jacobians
from lessons.network.network import Parameters, draw, propagate, scale_draws
from lessons.network.path_sums import mean_squares, path_sums, signal_lengths
from lessons.network.topology import Skip, Topology
from tests import oracle

MAX_DEPTH, WIDTH, BATCH, OUTPUTS = 13, 6, 5, 3
compiled_propagate = jax.jit(propagate)


@partial(jax.jit, static_argnames=("width", "max_depth", "projection_count", "dtype"))
def network(seed, widths, weight_variance=2.0, bias_variance=0.0, **sizes):
    """One program, where there would be forty small ones."""
    return scale_draws(draw(jax.random.key(seed), **sizes), widths, weight_variance, bias_variance)


TOPOLOGIES = {
    "plain": Topology.plain(7),
    "residual": Topology.residual(12),
    "span 2": Topology.residual(9, 2),
    "crossing skips": Topology(
        8, (Skip(0, 3), Skip(1, 2), Skip(2, 8), Skip(2, 5), Skip(4, 8), Skip(6, 7))
    ),
    "projections": Topology(
        6,
        (Skip(0, 2, "projection"), Skip(1, 4), Skip(2, 3, "projection"), Skip(3, 6, "projection")),
    ),
    "widths": Topology(
        5,
        (Skip(0, 2, "pad"), Skip(1, 4, "pad"), Skip(2, 3), Skip(3, 5, "projection")),
        (6, 4, 2, 2, 3, 5),
    ),
    "one layer": Topology.residual(1),
}
SETTINGS = {
    "none": {},
    "pre-norm": dict(normalisation="rms", branch_scale=0.7),
    "post-norm": dict(post_norm="rms"),
    "layer norm": dict(normalisation="layer", post_norm="layer"),
    "batch norm": dict(normalisation="batch", activation="tanh"),
    "ReLU after": dict(relu_after=True, post_norm="centre"),
}
every_topology = pytest.mark.parametrize("topology", TOPOLOGIES.values(), ids=TOPOLOGIES)
every_setting = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)


class Case:
    """A random network with its Jacobians in float64, and the readout that the gradients are of."""

    def __init__(self, topology, setting, rng, dtype=np.float64, max_depth=MAX_DEPTH, width=WIDTH):
        self.topology = topology
        self.compiled = compile_topology(topology, width, max_depth=max_depth, **setting)
        sizes = dict(width=WIDTH, max_depth=max_depth, projection_count=3, dtype=dtype)
        self.parameters = network(3, self.compiled.widths, bias_variance=0.1, **sizes)
        self.inputs = rng.normal(size=(BATCH, WIDTH)).astype(dtype)
        self.cotangents = rng.normal(size=(OUTPUTS, WIDTH)).astype(dtype)
        self.states = compiled_propagate(self.parameters, self.compiled, self.inputs)

    def sums(self, example=2, **options):
        setting = self.parameters, self.compiled, self.states, np.int32(example), self.cotangents
        return jax.device_get(path_sums(*setting, **options))

    def steps(self, example):
        return jax.device_get(
            step_jacobians(self.parameters, self.compiled, self.states, np.int32(example))
        )

    def single_paths(self, example=2):
        """(length, gradient) of every path, by recursion from h_L along each way on its own.

        Without padding: each matrix is cut to the sizes of the two states that it leads between.
        """
        steps = self.steps(example)
        projections = np.asarray(self.parameters.projections)
        projecting = [skip for skip in self.topology.skips if skip.shortcut == "projection"]
        widths = self.topology.widths or (WIDTH,) * (self.topology.depth + 1)

        def cut(matrix, stop, start):
            return matrix[: widths[stop], : widths[start]]

        def walk(state, length, gradient):
            if state == 0:
                yield length, gradient
                return
            arrived = gradient @ cut(steps.after[state - 1], state, state)
            yield from walk(
                state - 1, length + 1, arrived @ cut(steps.branch[state - 1], state, state - 1)
            )
            for skip in self.topology.skips:
                if skip.stop == state:
                    W = (
                        projections[projecting.index(skip)].T
                        if skip in projecting
                        else np.eye(WIDTH)
                    )
                    yield from walk(skip.start, length, arrived @ cut(W, state, skip.start))

        yield from walk(self.topology.depth, 0, np.asarray(self.cotangents)[:, : widths[-1]])

    def enumerated(self, example=2):
        vectors, squares = np.zeros((MAX_DEPTH + 1, OUTPUTS, WIDTH)), np.zeros(MAX_DEPTH + 1)
        for length, gradient in self.single_paths(example):
            vectors[length, :, : gradient.shape[1]] += gradient
            squares[length] += (gradient**2).sum()
        return vectors, squares


@pytest.mark.usefixtures("float64")
@every_topology
@every_setting
def test_path_sums_agree_with_every_path_multiplied_out(topology, setting, rng):
    case = Case(topology, setting, rng)
    found, expected = case.sums(), case.enumerated()
    for sums, right in zip(found, expected, strict=True):
        np.testing.assert_allclose(sums, right, rtol=1e-10, atol=1e-11 * np.abs(right).max())


@pytest.mark.usefixtures("float64")
@every_topology
def test_all_paths_together_are_the_gradient(topology, rng):
    case = Case(topology, SETTINGS["pre-norm"], rng)
    for output, cotangent in enumerate(case.cotangents):
        _, gradients = state_gradients(case.parameters, case.compiled, case.inputs, cotangent)
        np.testing.assert_allclose(
            case.sums(1).vectors.sum(0)[output], gradients[0, 1], rtol=1e-9, atol=1e-10
        )


@pytest.mark.usefixtures("float64")
def test_random_places_of_skips(rng):
    for depth in (2, 3, 5, 7, 8, 9, 10, 11, 12, 12):
        edges = list(combinations(range(depth + 1), 2))
        chosen = rng.choice(len(edges), size=min(len(edges), depth), replace=False)
        case = Case(
            Topology(depth, tuple(Skip(*edges[edge]) for edge in chosen)), SETTINGS["none"], rng
        )
        found, expected = case.sums(), case.enumerated()
        np.testing.assert_allclose(found.vectors, expected[0], rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(found.squares, expected[1], rtol=1e-9, atol=1e-9)


def random_topology(rng):
    """At most seven layers, states of 1 to 6 units, h_0 included; padding or up to three
    projecting skips anywhere.
    """
    depth = int(rng.integers(1, 8))
    edges = list(combinations(range(depth + 1), 2))
    chosen = rng.permutation(len(edges))[: depth + 1]
    kinds = ["projection"] * int(rng.integers(0, 4)) + ["pad"] * len(chosen)
    skips = (Skip(*edges[edge], kind) for edge, kind in zip(chosen, kinds, strict=False))
    return Topology(
        depth, tuple(skips), tuple(map(int, rng.integers(1, WIDTH + 1, size=depth + 1)))
    )


@pytest.mark.usefixtures("float64")
@every_setting
def test_random_widths_with_padding_and_projections_anywhere(setting, rng):
    for _ in range(30):
        case = Case(random_topology(rng), setting, rng)
        for sums, expected in zip(case.sums(), case.enumerated(), strict=True):
            close = dict(rtol=1e-9, atol=1e-10 * np.abs(expected).max(), err_msg=str(case.topology))
            np.testing.assert_allclose(sums, expected, **close)
        of_first = case.sums().vectors.sum(0)[0]
        _, gradients = state_gradients(
            case.parameters, case.compiled, case.inputs, case.cotangents[0]
        )
        np.testing.assert_allclose(
            gradients[0, 2], of_first, rtol=1e-9, atol=1e-10, err_msg=str(case.topology)
        )


@pytest.mark.usefixtures("float64")
@pytest.mark.slow
def test_zero_padding_of_two_inputs_to_four_brings_two_squares_and_no_gradient_of_the_padding(rng):
    """The smallest case: one layer of zeros beside one skip, so that only the two units that h_0
    has reach h_1.
    """
    case = Case(Topology(1, (Skip(0, 1, "pad"),), (2, 4)), {}, rng)
    case.parameters = jax.tree.map(np.zeros_like, case.parameters)
    case.cotangents = np.eye(OUTPUTS, WIDTH)
    ones = np.ones((BATCH, WIDTH))
    case.states = compiled_propagate(case.parameters, case.compiled, ones)
    np.testing.assert_array_equal(case.states[1, 0], [1, 1, 0, 0, 0, 0])
    found = case.sums(0)
    np.testing.assert_array_equal(found.squares[:2], [2, 0])
    np.testing.assert_array_equal(found.vectors[0], np.diag([1.0, 1, 0, 0, 0, 0])[:OUTPUTS])
    _, gradients = state_gradients(case.parameters, case.compiled, ones, np.ones(WIDTH))
    np.testing.assert_array_equal(gradients[:2, 0], [[1, 1, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0]])


@pytest.mark.usefixtures("float64")
def test_all_states_narrower_than_their_arrays(rng):
    """Sizes that the topology does not name: W of a skip has rows and columns for units that no
    state has.
    """
    topology = Topology(
        5, (Skip(0, 2, "projection"), Skip(1, 5), Skip(2, 4, "projection"), Skip(0, 3))
    )
    case = Case(topology, SETTINGS["none"], rng, width=4)
    named = Case(Topology(5, topology.skips, (4,) * 6), SETTINGS["none"], rng)
    named.inputs, named.cotangents, named.states = case.inputs, case.cotangents, case.states
    for sums, expected in zip(case.sums(), named.enumerated(), strict=True):
        np.testing.assert_allclose(sums, expected, rtol=1e-9, atol=1e-10 * np.abs(expected).max())


@pytest.mark.usefixtures("float64")
@pytest.mark.slow
def test_a_bound_on_the_skips_changes_nothing(rng):
    case = Case(Topology.residual(9, 2), {}, rng)
    np.testing.assert_allclose(case.sums(longest_skip=2).squares, case.sums().squares, rtol=1e-12)


@pytest.mark.usefixtures("float64")
def test_the_sums_go_from_the_output_to_the_input(rng):
    """J^T M J from the input to the output multiplies Jacobians that no path has next to each
    other.
    """
    case = Case(Topology.residual(6), {}, rng)
    branch = case.steps(2).branch[:6]
    found, right, wrong = (
        case.sums().squares[:7],
        one_way(case, branch[::-1]),
        one_way(case, branch),
    )
    np.testing.assert_allclose(found, right, rtol=1e-10)
    assert np.abs(found / wrong - 1)[2:].min() > 0.01 and np.abs(found / wrong - 1)[2:].max() > 0.1


def one_way(case, jacobians):
    """Squares by length of a network with a skip over every layer, Jacobian after Jacobian in
    the order given.
    """
    start = np.asarray(case.cotangents.T @ case.cotangents, np.float64)
    sums = [start] + [np.zeros_like(start)] * len(jacobians)
    for J in jacobians:
        sums = [
            start,
            *(longer + J.T @ shorter @ J for shorter, longer in zip(sums, sums[1:], strict=False)),
        ]
    return np.array([np.trace(M) for M in sums])


@pytest.mark.usefixtures("float64")
def test_layers_that_are_the_identity_count_the_paths():
    n = 13
    compiled = compile_topology(
        Topology.residual(n), WIDTH, max_depth=MAX_DEPTH, activation="linear"
    )
    identity = Parameters(
        np.broadcast_to(np.eye(WIDTH), (MAX_DEPTH, WIDTH, WIDTH)),
        np.zeros((MAX_DEPTH, WIDTH)),
        np.zeros((3, WIDTH, WIDTH)),
    )
    states = compiled_propagate(identity, compiled, np.ones((BATCH, WIDTH)))
    found = path_sums(identity, compiled, states, np.int32(0), np.eye(OUTPUTS, WIDTH))
    binomials = np.array([comb(n, k) for k in range(n + 1)], float)
    np.testing.assert_allclose(found.squares, OUTPUTS * binomials, rtol=1e-12)
    np.testing.assert_allclose(
        found.vectors, binomials[:, None, None] * np.eye(OUTPUTS, WIDTH), rtol=1e-12
    )


@pytest.mark.usefixtures("unoptimised")
@pytest.mark.slow
def test_float32_is_enough_for_54_blocks(rng):
    """2^54 paths of a ReLU network against Jacobians multiplied up length by length in float64."""
    case = Case(Topology.residual(54), {}, rng, np.float32, 54)
    branch = case.steps(0).branch.astype(np.float64)[::-1]
    multiply = lambda rows, J: (
        np.pad(rows, ((0, 1), (0, 0), (0, 0))) + np.pad(rows @ J, ((1, 0), (0, 0), (0, 0)))
    )
    vectors = reduce(multiply, branch, np.asarray(case.cotangents, np.float64)[None])
    found = case.sums(0, longest_skip=1)
    largest = np.abs(vectors).max()
    np.testing.assert_allclose(found.vectors, vectors, rtol=1e-3, atol=1e-4 * largest)
    np.testing.assert_allclose(found.squares, one_way(case, branch), rtol=1e-3)


@pytest.mark.usefixtures("float64")
@pytest.mark.slow
def test_mean_squares_are_averages_over_the_batch(rng):
    case = Case(Topology.residual(6), SETTINGS["batch norm"], rng)
    found = mean_squares(case.parameters, case.compiled, case.inputs, case.cotangents)
    each = [case.enumerated(example) for example in range(BATCH)]
    np.testing.assert_allclose(
        found[0], np.mean([(vectors**2).sum((1, 2)) for vectors, _ in each], 0), rtol=1e-9
    )
    np.testing.assert_allclose(found[1], np.mean([squares for _, squares in each], 0), rtol=1e-9)


@pytest.mark.usefixtures("unoptimised")
@pytest.mark.slow
def test_at_initialisation_single_paths_and_their_sum_have_the_same_mean_square(rng):
    """Branches with independent weights of mean 0: paths are orthogonal in expectation,
    coherence 1.
    """
    compiled = compile_topology(Topology.residual(4), 32, max_depth=4)

    def at_seed(inputs, cotangents, seed):
        parameters = network(seed, compiled.widths, width=32, max_depth=4)
        return mean_squares(parameters, compiled, inputs, cotangents)

    drawn = (rng.standard_normal((200, rows, 32), np.float32) for rows in (1, 32))
    found = jax.jit(partial(jax.lax.map, lambda one: at_seed(*one)))((*drawn, np.arange(200)))
    vectors, squares = (np.mean(each, 0) for each in found)
    np.testing.assert_allclose((vectors / squares)[:5], 1, atol=0.1)
    np.testing.assert_allclose(squares[:5] / 32**2, [comb(4, k) for k in range(5)], rtol=0.15)


@pytest.mark.usefixtures("float64")
@every_topology
def test_signal_lengths_agree_with_numpy(topology, rng):
    """A walk back from h_L takes every edge with the part of the squared signal that it brings."""
    case = Case(topology, {}, rng)
    weights, biases, projections = (np.asarray(part) for part in case.parameters)
    h = [np.asarray(state) for state in case.states]
    projecting = [skip for skip in topology.skips if skip.shortcut == "projection"]
    found = [np.eye(MAX_DEPTH + 1)[0]]
    for l in range(1, topology.depth + 1):
        edges = [
            ((np.maximum(h[l - 1], 0) @ weights[l - 1] + biases[l - 1]), np.roll(found[l - 1], 1))
        ]
        for skip in topology.skips:
            if skip.stop == l:
                inside = np.arange(WIDTH) < int(case.compiled.widths[l])
                edges.append(
                    (
                        oracle.carried(skip, h[skip.start], WIDTH, projections, projecting)
                        * inside,
                        found[skip.start],
                    )
                )
        energies = np.array([(brought**2).sum() for brought, _ in edges])
        found.append(sum(e * d for e, (_, d) in zip(energies, edges, strict=True)) / energies.sum())
    np.testing.assert_allclose(
        signal_lengths(case.parameters, case.compiled, case.states),
        found[-1],
        rtol=1e-9,
        atol=1e-12,
    )


@pytest.mark.usefixtures("unoptimised")
@pytest.mark.slow
def test_signal_lengths_of_unscaled_blocks_are_binomial(rng):
    compiled = compile_topology(Topology.residual(10), 256, max_depth=13)
    parameters = network(1, compiled.widths, width=256, max_depth=13)
    inputs = rng.standard_normal((64, 256), np.float32)
    states = compiled_propagate(parameters, compiled, inputs)
    found = np.asarray(signal_lengths(parameters, compiled, states))
    np.testing.assert_allclose(found[:11], [comb(10, k) / 2**10 for k in range(11)], atol=0.03)
