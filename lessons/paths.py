"""The gradient of a network, taken apart exactly by the length of the paths that it flows along.

A path leads from h_L back to h_0: at every state it takes the layer or one of the skips that land there. Its gradient is
the product of the Jacobians on its way, and the network's gradient is the sum over all paths, since a product of
sums is a sum of products (Veit et al., 2016, arXiv:1605.06431; exact at one input, for the Jacobian alone).
There may be 2^L paths, but what has arrived at one state through equally many layers can be added up before it goes
on: L^2 products of small matrices, and nothing is sampled. The length of a path counts its layers.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array, lax

from .gradients import StepJacobians, step_jacobians
from .networks import Parameters, batch_branch, propagate, within
from .wiring import Wiring

STAGES = 3  # more would do fewer products, up to half as many, and compile for longer


class PathSums(NamedTuple):
    """Sums over all paths of each length 0 ... max_depth, zero where there is no path."""

    vectors: Array  # (max_depth + 1, outputs, width); the gradients of the paths, added as vectors
    squares: Array  # (max_depth + 1,); the squared norms of the gradients of single paths, added


@partial(jax.jit, static_argnames="longest_skip")
def path_sums(
    parameters: Parameters, wiring: Wiring, states: Array, example: Array, cotangents: Array, longest_skip: int | None = None
) -> PathSums:
    """Path sums of the gradients of cotangents @ h_L with respect to h_0, at states[:, example].

    states comes from `propagate`; statistics of the batch are constants; cotangents is (outputs, width), and the squared
    norm of a path is summed over the outputs. longest_skip is a bound on the spans of the skips, which saves
    memory and time: sums are kept for so many states, not for all.
    """
    steps = step_jacobians(parameters, wiring, states, example)
    at_input = partial(collect, parameters, wiring, steps, longest_skip or steps.branch.shape[0])
    vectors = at_input(cotangents, times)
    # J^T M J from the output to the input: M gathers g^T g of single paths, whose trace is |g|^2. In the other order
    # the products are of Jacobians that no path has next to each other.
    squares = at_input(cotangents.T @ cotangents, between)
    return PathSums(vectors.swapaxes(0, 1), jnp.trace(squares, axis1=0, axis2=2))


@jax.jit
def mean_squares(parameters: Parameters, wiring: Wiring, inputs: Array, cotangents: Array) -> tuple[Array, Array]:
    """Squared norms by length, each (max_depth + 1,), as means over a batch: of the sum of all paths; and over single ones."""
    states = propagate(parameters, wiring, inputs)

    def at_example(example):
        found = path_sums(parameters, wiring, states, example, cotangents)
        return (found.vectors**2).sum((1, 2)), found.squares

    vectors, squares = lax.map(at_example, jnp.arange(inputs.shape[0]))
    return vectors.mean(0), squares.mean(0)


def times(sums, jacobian):
    """g J for all g in sums, (rows, lengths, width)."""
    return (sums.reshape(-1, sums.shape[-1]) @ jacobian).reshape(sums.shape)


def between(sums, jacobian):
    """J^T M J for all M in sums, (width, lengths, width). Lengths stand in the middle, so that both products are plain ones."""
    return times((jacobian.T @ sums.reshape(sums.shape[0], -1)).reshape(sums.shape), jacobian)


class _SkipsByStart(NamedTuple):
    first: Array  # (max_depth + 2,) skips first[l] ... first[l + 1] - 1 start at h_l
    stops: Array
    slots: Array


def _skips_by_start(wiring):
    """The skips of the wiring, which lists them by where they land."""
    number = jnp.arange(wiring.starts.shape[0], dtype=wiring.starts.dtype)
    stops = jnp.searchsorted(wiring.first_skip, number, side="right").astype(number.dtype) - 1
    states = wiring.first_skip.shape[0] - 1
    order = jnp.argsort(jnp.where(number < wiring.first_skip[-1], wiring.starts, states))
    starts = jnp.where(number < wiring.first_skip[-1], wiring.starts, states)[order]
    first = jnp.searchsorted(starts, jnp.arange(states + 1, dtype=number.dtype)).astype(number.dtype)
    return _SkipsByStart(first, stops[order], wiring.slots[order])


def collect(parameters, wiring, steps: StepJacobians, longest_skip, start, through: Callable):
    """Sums at h_0 by length, (rows, max_depth + 1, width), of what leaves h_L as `start`, (rows, width)."""
    lengths, skips = steps.branch.shape[0] + 1, _skips_by_start(wiring)
    nothing_after = (wiring.after == 0) & ~wiring.relu_after & (wiring.widths == wiring.widths[0]).all()

    def add_skips(l, sums, kept):
        def add(skip, sums):
            arrived, slot = kept[skips.stops[skip] % longest_skip], skips.slots[skip]
            return sums + lax.cond(slot < 0, lambda: arrived, lambda: through(arrived, parameters.projections[slot].T))

        return lax.fori_loop(skips.first[l], skips.first[l + 1], add, sums)

    def step(count, carry):
        from_layer, kept = carry
        l = wiring.depth - count
        sums = add_skips(l, from_layer, kept)
        arrived = lax.cond(nothing_after, lambda: sums, lambda: through(sums, steps.after[l - 1]))
        longer = jnp.pad(through(arrived[:, :-1], steps.branch[l - 1]), ((0, 0), (1, 0), (0, 0)))
        return longer, kept.at[l % longest_skip].set(arrived)

    sums, kept, done = start[:, None], jnp.zeros((longest_skip, start.shape[0], 1, start.shape[1]), start.dtype), 0
    for stage in range(STAGES):
        # No path from h_L to h_l is longer than L - l, so that early stages need few lengths.
        until = lengths * (stage + 1) // STAGES
        grow = until + 1 - sums.shape[1]
        sums, kept = jnp.pad(sums, ((0, 0), (0, grow), (0, 0))), jnp.pad(kept, ((0, 0), (0, 0), (0, grow), (0, 0)))
        sums, kept = lax.fori_loop(jnp.int32(done), jnp.minimum(until, wiring.depth), step, (sums, kept))
        done = until
    return add_skips(0, sums, kept)[:, :lengths]


@jax.jit
def signal_lengths(parameters: Parameters, wiring: Wiring, states: Array) -> Array:
    """How long the paths are that the forward signal takes: parts of 1 by length, (max_depth + 1,).

    A walk from h_L to h_0 that takes the layer or a skip with the part of the squared signal that each brings. With skips
    over single layers it is the Poisson-binomial law of p_l = |branch_l|^2 / (|branch_l|^2 + |h_(l-1)|^2), of mean
    s = sum p_l, and at initialisation the expected share of the squared gradient by length.
    """

    def step(l, lengths):
        branch = batch_branch(wiring, l, parameters.weights[l - 1], parameters.biases[l - 1], states[l - 1])
        energy = (branch**2).sum()

        def add(skip, carry):
            total, energy = carry
            h, slot = states[wiring.starts[skip]], wiring.slots[skip]
            carried = within(wiring, l, lax.cond(slot < 0, lambda: h, lambda: h @ parameters.projections[slot]))
            brought = (carried**2).sum()
            return total + brought * lengths[wiring.starts[skip]], energy + brought

        arriving = (energy * jnp.roll(lengths[l - 1], 1), energy)
        total, energy = lax.fori_loop(wiring.first_skip[l], wiring.first_skip[l + 1], add, arriving)
        return lengths.at[l].set(total / energy)

    lengths = jnp.zeros((states.shape[0], states.shape[0]), states.dtype).at[0, 0].set(1)
    return lax.fori_loop(1, wiring.depth + 1, step, lengths)[wiring.depth]
