"""Topology: what can be built, what is refused, and how many paths there are."""

from itertools import product
from math import comb

import pytest

from lessons.errors import LearnerError, TopologyError
from lessons.network.topology import MAX_DEPTH, Skip, Topology


def paths_by_enumeration(topology):
    """Walks every path, one edge at a time."""
    found = [0] * (topology.depth + 1)

    def walk(state, layers):
        if state == topology.depth:
            found[layers] += 1
            return
        walk(state + 1, layers + 1)
        for skip in topology.skips:
            if skip.start == state:
                walk(skip.stop, layers)

    walk(0, 0)
    return tuple(found)


def random_topology(rng, depth):
    edges = [(i, j) for i, j in product(range(depth + 1), repeat=2) if i < j and rng.random() < 0.3]
    return Topology(depth, tuple(Skip(*edge) for edge in edges))


@pytest.mark.parametrize("depth", [1, 2, 5, 8])
def test_paths_agree_with_enumeration_for_overlapping_skips(rng, depth):
    for _ in range(10):
        topology = random_topology(rng, depth)
        assert topology.paths_by_length == paths_by_enumeration(topology)


def test_a_plain_network_has_one_path_through_every_layer():
    assert Topology.plain(7).paths_by_length == (0,) * 7 + (1,)


def test_n_residual_blocks_have_binomially_many_paths():
    topology = Topology.residual(54)
    assert topology.paths_by_length == tuple(comb(54, k) for k in range(55))
    assert topology.path_count == 2**54 == 18014398509481984


def test_paths_stay_exact_integers_beyond_64_bits():
    every_skip = Topology(64, tuple(Skip(i, j) for i in range(64) for j in range(i + 1, 65)))
    previous, fibonacci = 0, 1
    for _ in range(2 * 64):  # with every skip there is, state l is reached in F(2 l + 1) ways
        previous, fibonacci = fibonacci, previous + fibonacci
    assert every_skip.path_count == fibonacci > 2**64


def test_span_n_leaves_the_rest_without_a_skip():
    assert Topology.residual(8, span=3, first=1).skips == (Skip(1, 4), Skip(4, 7))
    assert Topology.residual(4, without=[0, 2]).skips == (Skip(1, 2), Skip(3, 4))


def test_shortest_path():
    assert Topology.plain(9).shortest_path == 9
    assert Topology.residual(9).shortest_path == 0
    assert Topology.residual(9, span=2).shortest_path == 1


def test_without_leaves_one_skip_out():
    topology = Topology.residual(3)
    assert topology.without(Skip(1, 2)) == Topology.residual(3, without=[1])
    with pytest.raises(TopologyError, match=r"skip 0 -> 3: not a skip of this network"):
        topology.without(Skip(0, 3))


def test_equal_topologies_are_one_key_whatever_the_order_of_their_skips():
    assert len({Topology(3, (Skip(0, 1), Skip(1, 3))), Topology(3, (Skip(1, 3), Skip(0, 1)))}) == 1


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Skip(5, 3), "skip 5 -> 3: stop must be greater than start."),
        (lambda: Skip(2, 2), "skip 2 -> 2: stop must be greater than start."),
        (lambda: Skip(-1, 2), "skip -1 -> 2: start must be between 0 and 64, got -1."),
        (lambda: Skip(0, 2.5), "skip 0 -> 2.5: stop must be a whole number, got 2.5."),
        (
            lambda: Skip(0, 1, "teleport"),
            "skip 0 -> 1: shortcut must be one of identity, pad, projection, got 'teleport'.",
        ),
        (lambda: Topology(4, (Skip(2, 5),)), "skip 2 -> 5: stop must be at most depth = 4, got 5."),
        (
            lambda: Topology(4, (Skip(0, 2), Skip(0, 2))),
            "skip 0 -> 2: stands twice, at most one skip may join two states.",
        ),
        (lambda: Topology(0), "depth must be between 1 and 64, got 0."),
        (lambda: Topology(-3), "depth must be between 1 and 64, got -3."),
        (lambda: Topology(2.5), "depth must be a whole number, got 2.5."),
        (lambda: Topology(MAX_DEPTH + 1), "depth must be between 1 and 64, got 65."),
        (lambda: Topology("deep"), "depth must be a whole number, got 'deep'."),
        (
            lambda: Topology(2, (), (4, 4)),
            "widths must hold depth + 1 = 3 sizes, one per state, got 2.",
        ),
        (lambda: Topology(1, (), (4, 0)), "width of h_1 must be between 1 and 256, got 0."),
        (
            lambda: Topology(1, (Skip(0, 1),), (4, 8)),
            "skip 0 -> 1: an identity shortcut must join equal sizes, but h_0 has size "
            "4 and h_1 has size 8. "
            "Use shortcut='pad' or shortcut='projection' (W is 4 x 8).",
        ),
        (lambda: Topology.residual(2, span=3), "span must be between 1 and 2, got 3."),
        (
            lambda: Topology.residual(3, without=[3]),
            "block in without must be between 0 and 2, got 3.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(build, message):
    with pytest.raises(TopologyError) as caught:
        build()
    assert str(caught.value) == message
    assert isinstance(caught.value, LearnerError)


def test_a_projection_or_padding_may_join_different_sizes():
    for shortcut in ("pad", "projection"):
        assert Topology(1, (Skip(0, 1, shortcut),), (4, 8)).widths == (4, 8)
