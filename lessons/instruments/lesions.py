"""What a network is worth without one of its blocks, or with two of them exchanged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..formatting import number, plural
from ..network.arrays import Array, Float, Int
from .blocks import Block, BlockError, as_blocks
from .drawn import Drawn
from .figure import LesionsView
from .programs import prepare

Network = Callable[[Array], Array]
Metric = Callable[[Network], Array]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Lesions(Drawn):
    """The metric of the whole network, without each block, and with each pair of blocks exchanged.

    A block that is deleted leaves its shortcut. `exchanged` is symmetric, its diagonal the whole
    network; None where blocks change the shape, and so have places that no other can take.
    """

    whole: float
    deleted: Float[np.ndarray, " blocks"]
    exchanged: Float[np.ndarray, "blocks blocks"] | None

    view_type = LesionsView

    @property
    def most_needed(self) -> int:
        """Which block's deletion changes the metric most, from 1."""
        return int(np.abs(self.deleted - self.whole).argmax()) + 1

    @property
    def least_needed(self) -> int:
        """Which block's deletion changes it least, from 1."""
        return int(np.abs(self.deleted - self.whole).argmin()) + 1

    @property
    def summary(self) -> str:
        if len(self.deleted) == 1:
            return f"1 block: {number(self.whole)} with it, {number(self.deleted[0])} without."
        most, least = self.most_needed, self.least_needed
        return (
            f"{plural(len(self.deleted), 'block')}: the whole network has {number(self.whole)}. "
            f"Deleting block {most} changes it most, to {number(self.deleted[most - 1])}; deleting "
            f"block {least} least, to {number(self.deleted[least - 1])}.{self._exchanges}"
        )

    @property
    def _exchanges(self):
        if self.exchanged is None:
            return ""
        change = np.abs(self.exchanged - self.whole)
        one, other = sorted(np.unravel_index(change.argmax(), change.shape))
        far = number(self.exchanged[one, other])
        return f" Of all exchanges that of blocks {one + 1} and {other + 1} changes it most: {far}."


def lesions(blocks: Sequence, metric: Metric) -> Lesions:
    """metric(network) of the whole network and after every lesion.

    metric is a function of a network, which is a function from x to h_n, and returns one number:
    `lambda network: loss(readout(network(x)), labels)`. All lesions run in one compiled program, in
    which each block is compiled once: n deletions and, where all states have one shape, n (n - 1)
    / 2 exchanges. Raises BlockError.
    """
    found = as_blocks(blocks)
    exchangeable = _check(found, metric)
    pairs = list(combinations(range(len(found)), 2)) if exchangeable else []
    orders, kept = _lesions(len(found), pairs)
    run = _in_any_order if exchangeable else _in_place
    after = lambda lesion: metric(partial(run, found, *lesion))
    every = lambda *lesions: lax.map(after, lesions)
    worth = np.asarray(prepare(every, orders, kept)(orders, kept), np.float64)
    if not np.isfinite(worth[0]):
        raise BlockError(f"metric must be finite for the whole network, got {worth[0]}.")
    exchanged = None
    if exchangeable:
        exchanged = np.full((len(found), len(found)), worth[0])
        for (one, other), value in zip(pairs, worth[1 + len(found) :], strict=True):
            exchanged[one, other] = exchanged[other, one] = value
    deleted = worth[1 : 1 + len(found)]
    return Lesions(whole=float(worth[0]), deleted=deleted, exchanged=exchanged)


def _check(blocks, metric) -> bool:
    """Whether all blocks keep the shape; BlockError if the metric is none."""
    kept = []

    def network(x):
        for block in blocks:
            before, x = x, block(x)
            kept.append(before.shape == x.shape and before.dtype == x.dtype)
        return x

    try:
        value = jax.eval_shape(lambda: metric(network))
    except Exception as error:  # whatever a function of someone else's raises
        reason = " ".join(str(error).split())[:120]
        raise BlockError(
            "metric must be a function of a network that JAX can trace; it raised "
            f"{type(error).__name__}: {reason}"
        ) from error
    if getattr(value, "shape", None) != ():
        raise BlockError(f"metric must return one number, got {value}.")
    return all(kept)


def _lesions(blocks: int, pairs) -> tuple[Int[np.ndarray, "_ _"], Float[np.ndarray, "_ _"]]:
    """The order of the blocks, and by what each branch is multiplied, (lesions, blocks) each: the
    whole, each deletion, each exchange.
    """
    orders = np.tile(np.arange(blocks, dtype=np.int32), (1 + blocks + len(pairs), 1))
    kept = np.ones(orders.shape, np.float32)
    kept[1 + np.arange(blocks), np.arange(blocks)] = 0
    for order, pair in zip(orders[1 + blocks :], pairs, strict=True):
        order[list(pair)] = order[list(pair[::-1])]
    return orders, kept


def _in_any_order(blocks: Sequence[Block], order, kept, x):
    """h_n, with block order[i] at place i."""
    branches = [partial(Block.__call__, block) for block in blocks]
    step = lambda x, place: (lax.switch(place[0], branches, x, place[1]), None)
    return lax.scan(step, jnp.asarray(x), (order, kept))[0]


def _in_place(blocks: Sequence[Block], _order, kept, x):
    """h_n, with every block where it is."""
    for block, keep in zip(blocks, kept, strict=True):
        x = block(x, keep)
    return x
