"""Deleting and reordering the blocks of a trained network, as data.

A block that is deleted leaves its shortcut, that is the identity; so does a deleted layer of a
plain network, whose neighbours then meet. Either way what is left is a shallower network made of
some of the old layers, in some order: permuted parameters and another depth, and nothing compiles.
"""

from typing import NamedTuple

import jax
import numpy as np
from jax import lax

from ..errors import real_number, whole_number
from ..network.arrays import Array
from ..network.classifiers import Classifier, error_rate
from ..network.compiled_topology import CompiledTopology


class Lesions(NamedTuple):
    """Several ways to put a network together again; all arrays have one row for each."""

    # (lesions, blocks) int32: which old block stands where; entries beyond `kept` have no meaning
    orders: np.ndarray
    kept: np.ndarray  # (lesions,) int32: how many blocks are left


def lesion(
    classifier: Classifier, compiled: CompiledTopology, order: Array, kept: Array
) -> tuple[Classifier, CompiledTopology]:
    """The classifier with `kept` blocks of one layer each, the old block order[i] at place i,
    all branch scales as they were.
    """
    network, blocks = classifier.network, order.shape[0]
    weights = network.weights.at[:blocks].set(network.weights[order])
    biases = network.biases.at[:blocks].set(network.biases[order])
    return classifier._replace(
        network=network._replace(weights=weights, biases=biases)
    ), compiled._replace(depth=kept)


@jax.jit
def lesion_errors(
    classifier: Classifier,
    compiled: CompiledTopology,
    lesions: Lesions,
    inputs: Array,
    labels: Array,
) -> Array:
    """Error rate, 0 to 1, of the classifier after each of the lesions, (lesions,)."""

    def at(which):
        return error_rate(*lesion(classifier, compiled, *which), inputs, labels)

    # One after the other: in a batch all would run as deep as the deepest, and wait for their
    # weights.
    return lax.map(at, (lesions.orders, lesions.kept))


def deletion(blocks: int, gone) -> Lesions:
    """The one lesion that takes out the blocks in `gone`, counted from 0."""
    left = [block for block in range(blocks) if block not in set(gone)]
    return _lesions([(left, len(left))], blocks)


def single_deletions(blocks: int) -> Lesions:
    """Each block deleted alone."""
    return _lesions(
        [([b for b in range(blocks) if b != gone], blocks - 1) for gone in range(blocks)], blocks
    )


def random_deletions(blocks: int, choices: int, seed: int) -> Lesions:
    """0 ... blocks - 1 of the blocks deleted at random, `choices` times each: those with the
    fewest deletions first.
    """
    rng = np.random.default_rng(whole_number("seed", seed, 0, 2**32 - 1))
    rows = [
        (np.sort(rng.permutation(blocks)[: blocks - gone]), blocks - gone)
        for gone in range(blocks)
        for _ in range(choices)
    ]
    return _lesions(rows, blocks)


def random_orders(blocks: int, taus, choices: int, seed: int) -> Lesions:
    """Orders at random whose Kendall rank correlation with the old order is each of `taus`,
    `choices` times each.
    """
    rng = np.random.default_rng(whole_number("seed", seed, 0, 2**32 - 1))
    pairs = blocks * (blocks - 1) // 2
    swaps = [round((1 - real_number("Kendall's τ", tau, -1, 1)) * pairs / 2) for tau in taus]
    return _lesions(
        [(swapped(blocks, count, rng), blocks) for count in swaps for _ in range(choices)], blocks
    )


def swapped(blocks: int, swaps: int, rng: np.random.Generator) -> list[int]:
    """An order with exactly so many pairs the wrong way round: neighbours still in order change
    places, at random.
    """
    order = list(range(blocks))
    for _ in range(swaps):
        place = rng.choice([i for i in range(blocks - 1) if order[i] < order[i + 1]])
        order[place], order[place + 1] = order[place + 1], order[place]
    return order


def _lesions(rows, blocks):
    orders = np.zeros((len(rows), blocks), np.int32)
    for row, (order, kept) in enumerate(rows):
        orders[row, :kept] = order
    return Lesions(orders, np.array([kept for _, kept in rows], np.int32))
