"""Sums over all the ways through a network, from one end of it, by the number of layers on the way.

A way leads from state to state, over a layer or over a skip. What has arrived at one state through
equally many layers is added up before it goes on, so that 2^L ways take L^2 products.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import jax.numpy as jnp
from jax import lax

from .arrays import Array, Bool, Float, Int
from .compiled_topology import CompiledTopology
from .gradients import StepJacobians
from .network import Parameters, within


class Traversal(NamedTuple):
    """The network as it is walked through, state by state: place 0, 1, ... are h_L, h_(L-1),
    ..., or h_0, h_1, ...
    """

    # place -> the Jacobian of the layer that leads there, (width, width)
    layer: Callable[..., Float[Array, "width width"]]
    finish: Callable[
        ..., Float[Array, "width width"]
    ]  # place -> that of what follows the addition there
    finished: Bool[Array, ""]  # whether anything follows
    skips: Callable[
        ..., tuple[Any, Any]
    ]  # place -> which skips lead there, from the first to before the last
    origins: Int[Array, " skips"]  # the places that they come from
    projection_index: Int[Array, " skips"]
    projections: Float[Array, "projections width width"]


def forwards(parameters: Parameters, compiled: CompiledTopology, steps: StepJacobians) -> Traversal:
    """From h_0 on: the Jacobians are those of the network, transposed."""
    layer = lambda v: steps.branch[v - 1].T
    finish = lambda v: _finish(compiled, steps, v).T
    skips = lambda v: (compiled.first_skip[v], compiled.first_skip[v + 1])
    edges = skips, compiled.starts, compiled.projection_index, parameters.projections
    return Traversal(layer, finish, _finished(compiled, steps), *edges)


def backwards(
    parameters: Parameters, compiled: CompiledTopology, steps: StepJacobians
) -> Traversal:
    """From h_L back."""
    depth, number = compiled.depth, jnp.arange(compiled.starts.shape[0], dtype=jnp.int32)
    stops = jnp.searchsorted(compiled.first_skip, number, side="right").astype(jnp.int32) - 1
    starts = jnp.where(
        number < compiled.first_skip[-1], compiled.starts, compiled.first_skip.shape[0]
    )  # beyond the network: no skip
    order = jnp.argsort(starts)
    first = jnp.searchsorted(
        starts[order], jnp.arange(compiled.first_skip.shape[0] + 1, dtype=jnp.int32)
    ).astype(jnp.int32)
    skips = lambda v: (first[depth - v], first[depth - v + 1])
    ways = (
        skips,
        (depth - stops)[order],
        compiled.projection_index[order],
        parameters.projections.mT,
    )
    finish = lambda v: _finish(compiled, steps, depth - v)
    return Traversal(lambda v: steps.branch[depth - v], finish, _finished(compiled, steps), *ways)


def _finish(compiled, steps, l):
    """Nothing is added at h_0, and nothing follows; but it has no units beyond its width either."""
    own = within(compiled, jnp.int32(0), jnp.eye(steps.after.shape[-1], dtype=steps.after.dtype))
    return jnp.where(l == 0, own, steps.after[l - 1])


def _finished(compiled, steps):
    """Whether any state is normalised, cut by a ReLU, or narrower than the arrays it stands in."""
    return compiled.finishes | (compiled.widths != steps.after.shape[-1]).any()


def collect(
    traversal: Traversal,
    last: Int[Array, ""],
    start: Float[Array, "rows width"],
    through: Callable,
    lengths: int,
    keep: int,
) -> Float[Array, "{keep} rows {lengths} width"]:
    """Sums at the last `keep` places up to `last`, place v in row v % keep, by length.

    `start` sets out from place 0.
    """

    def step(v, kept):
        finish = traversal.finish(v)

        def add(skip, sums):
            arrive = partial(over_skip, traversal, skip, kept, through)
            return sums + lax.cond(traversal.finished, lambda: through(arrive(), finish), arrive)

        longer = through(kept[(v - 1) % keep, :, :-1], traversal.layer(v) @ finish)
        longer = jnp.pad(longer, ((0, 0), (1, 0), (0, 0)))
        return kept.at[v % keep].set(lax.fori_loop(*traversal.skips(v), add, longer))

    kept = jnp.zeros((keep, start.shape[0], lengths, start.shape[1]), start.dtype)
    return lax.fori_loop(
        1, last + 1, step, kept.at[0, :, :1].set(through(start[:, None], traversal.finish(0)))
    )


def over_skip(traversal, skip, kept, through):
    """What comes over a skip."""
    arrived, projection = (
        kept[traversal.origins[skip] % kept.shape[0]],
        traversal.projection_index[skip],
    )
    return lax.cond(
        projection < 0, lambda: arrived, lambda: through(arrived, traversal.projections[projection])
    )


def times(
    sums: Float[Array, "rows lengths width"], jacobian: Float[Array, "width width"]
) -> Float[Array, "rows lengths width"]:
    """g J for all g in sums."""
    return (sums.reshape(-1, sums.shape[-1]) @ jacobian).reshape(sums.shape)


def between(
    sums: Float[Array, "width lengths width"], jacobian: Float[Array, "width width"]
) -> Float[Array, "width lengths width"]:
    """J^T Q J for all Q in sums. Lengths stand in the middle, so that
    both products are plain ones.
    """
    return times((jacobian.T @ sums.reshape(sums.shape[0], -1)).reshape(sums.shape), jacobian)
