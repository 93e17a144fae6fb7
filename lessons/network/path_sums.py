"""The gradient of a network, taken apart exactly by the length of the paths that it flows along.

A path leads from h_L back to h_0: at every state it takes the layer or one of the skips that land
there. Its gradient is the product of the Jacobians on its way, and the network's gradient is the
sum over all paths, since a product of sums is a sum of products (Veit et al., 2016,
arXiv:1605.06431; exact at one input, for the Jacobian alone). There may be 2^L paths, but what has
arrived at one state through equally many layers can be added up before it goes on
(path_accumulation.collect): L^2 products of small matrices, and nothing is sampled. The length of a
path counts its layers.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import lax

from .arrays import Array, Float, Int
from .compiled_topology import CompiledTopology
from .gradients import step_jacobians
from .network import Parameters, batch_branch, propagate, within
from .path_accumulation import Traversal, backwards, between, collect, forwards, over_skip, times


class PathSums(NamedTuple):
    """Sums over all paths of each length 0 ... max_depth, zero where there is no path."""

    # the gradients of the paths, added as vectors
    vectors: Float[Array, "lengths outputs width"]
    # the squared norms of the gradients of single paths, added
    squares: Float[Array, " lengths"]


@partial(jax.jit, static_argnames="longest_skip")
def path_sums(
    parameters: Parameters,
    compiled: CompiledTopology,
    states: Float[Array, "states batch width"],
    example: Int[Array, ""],
    cotangents: Float[Array, "outputs width"],
    longest_skip: int | None = None,
) -> PathSums:
    """Path sums of the gradients of cotangents @ h_L with respect to h_0, at states[:, example].

    states comes from `propagate`; statistics of the batch are constants; the squared norm of a
    path is summed over the outputs. longest_skip is a bound on the spans of the skips, which saves
    memory and time: sums are kept for so many states, not for all.
    """
    steps = step_jacobians(parameters, compiled, states, example)
    back, forth = backwards(parameters, compiled, steps), forwards(parameters, compiled, steps)
    depth, most = compiled.depth, steps.branch.shape[0] + 1
    keep = min(longest_skip or most, most)
    vectors = collect(back, depth, cotangents, times, most, keep)[depth % keep]
    # Every path crosses the middle once. From the output to there: J^T Q J, where Q gathers g^T g
    # of single paths; from the input: J J^T. From one end all the way there would be twice as many
    # products.
    middle, half = depth // 2, most // 2 + 1
    keep = min(keep, half)
    behind = collect(back, depth - middle - 1, cotangents.T @ cotangents, between, half, keep)
    before = collect(
        forth, middle, jnp.eye(states.shape[-1], dtype=states.dtype), between, half, keep
    )
    return PathSums(vectors.swapaxes(0, 1), meet(back, depth, middle, behind, before)[:most])


def meet(back: Traversal, depth, middle, behind, before):
    """Squared norms of all paths by length: from an h_l up to the middle over one edge to a
    state behind it.
    """
    keep, lengths = behind.shape[0], jnp.arange(behind.shape[2])

    def join(squares, l, arrived, longer=0):
        pairs = jnp.einsum("aib,ajb->ij", arrived, before[l % keep])  # tr(Q J J^T)
        return squares.at[lengths[:, None] + lengths[None, :] + longer].add(pairs)

    def from_state(l, squares):
        def add(skip, squares):
            crosses = back.origins[skip] < depth - middle
            return lax.cond(
                crosses,
                lambda: join(squares, l, over_skip(back, skip, behind, between)),
                lambda: squares,
            )

        return lax.fori_loop(*back.skips(depth - l), add, squares)

    through_layer = between(behind[(depth - middle - 1) % keep], back.layer(depth - middle))
    squares = join(jnp.zeros(2 * len(lengths), behind.dtype), middle, through_layer, longer=1)
    return lax.fori_loop(0, middle + 1, from_state, squares)


@jax.jit
def mean_squares(
    parameters: Parameters,
    compiled: CompiledTopology,
    inputs: Float[Array, "batch width"],
    cotangents: Float[Array, "outputs width"],
) -> tuple[Float[Array, " lengths"], Float[Array, " lengths"]]:
    """Squared norms by length, as means over a batch: of the sum of all
    paths; and over single ones.
    """
    states = propagate(parameters, compiled, inputs)

    def at_example(example):
        found = path_sums(parameters, compiled, states, example, cotangents)
        return (found.vectors**2).sum((1, 2)), found.squares

    vectors, squares = lax.map(at_example, jnp.arange(inputs.shape[0]))
    return vectors.mean(0), squares.mean(0)


@jax.jit
def signal_lengths(
    parameters: Parameters, compiled: CompiledTopology, states: Float[Array, "states batch width"]
) -> Float[Array, " states"]:
    """How long the paths are that the forward signal takes: parts of 1 by length.

    A walk from h_L to h_0 that takes the layer or a skip with the part of the squared signal that
    each brings. With skips over single layers it is the Poisson-binomial law of p_l = |branch_l|^2
    / (|branch_l|^2 + |h_(l-1)|^2), of mean s = sum p_l, and at initialisation the expected share of
    the squared gradient by length.
    """

    def step(l, lengths):
        branch = batch_branch(
            compiled, l, parameters.weights[l - 1], parameters.biases[l - 1], states[l - 1]
        )
        energy = (branch**2).sum()

        def add(skip, carry):
            total, energy = carry
            h, projection = states[compiled.starts[skip]], compiled.projection_index[skip]
            carried = within(
                compiled,
                l,
                lax.cond(projection < 0, lambda: h, lambda: h @ parameters.projections[projection]),
            )
            brought = (carried**2).sum()
            return total + brought * lengths[compiled.starts[skip]], energy + brought

        arriving = (energy * jnp.roll(lengths[l - 1], 1), energy)
        total, energy = lax.fori_loop(
            compiled.first_skip[l], compiled.first_skip[l + 1], add, arriving
        )
        return lengths.at[l].set(total / energy)

    lengths = jnp.zeros((states.shape[0], states.shape[0]), states.dtype).at[0, 0].set(1)
    return lax.fori_loop(1, compiled.depth + 1, step, lengths)[compiled.depth]
