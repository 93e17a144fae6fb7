"""One network for all lessons: parameters, initialisation, forward pass.

State l of a network is

    h_l = after(scale_l f_l(h_(l-1)) + the shortcuts that land on l)
    f_l(h) = W_l activation(normalise(h)) + b_l

with pre-activation layers (He et al., 2016, arXiv:1603.05027, section 4). Plain and residual
networks are this one function with other skips. States are rows of arrays padded to one width: a
unit beyond its state's own width, h_0 included, has zero weights, stays 0 and has gradient 0.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import lax

from .arrays import Array, Float, Int, PRNGKey
from .compiled_topology import CompiledTopology
from .initialisation import scale_layer
from .normalisations import BATCH, EPSILON, NORMALISATIONS, NOTHING, UNITS
from .topology import MAX_DEPTH


class Parameters(NamedTuple):
    """What training changes. Layer l stands at index l - 1."""

    # rows are units of h_(l-1), columns units of h_l
    weights: Float[Array, "layers width width"]
    biases: Float[Array, "layers width"]
    # W of each projecting skip, in the order of Topology.skips
    projections: Float[Array, "projections width width"]


def draw(
    key: PRNGKey,
    *,
    width: int,
    max_depth: int = MAX_DEPTH,
    projection_count: int = 1,
    dtype=jnp.float32,
) -> Parameters:
    """Independent standard normal numbers in the shape of Parameters.

    Each layer has a key of its own, so a deeper network begins with the layers of the shallower
    one.
    """
    keys = jax.vmap(partial(jax.random.fold_in, key))(jnp.arange(max_depth + projection_count))
    numbers = jax.vmap(lambda k: jax.random.normal(k, (width + 1, width), dtype))(keys)
    return Parameters(numbers[:max_depth, 1:], numbers[:max_depth, 0], numbers[max_depth:, 1:])


def scale_draws(
    draws: Parameters,
    widths: Int[Array, " states"],
    weight_variance: Float[Array, ""] | float = 2.0,
    bias_variance: Float[Array, ""] | float = 0.0,
) -> Parameters:
    """W_l ~ N(0, weight_variance / fan_in), b_l ~ N(0, bias_variance), W of a skip ~ N(0, 1 /
    width).

    widths holds the sizes of h_0 ... ; fan_in is that of h_(l-1). 0 beyond a state's own width.
    """
    dtype, width = draws.weights.dtype, draws.weights.shape[-1]
    inside = (jnp.arange(width, dtype=widths.dtype)[None, :] < widths[:, None]).astype(dtype)
    weights, biases = scale_layer(
        draws.weights, draws.biases, widths[:-1, None, None], weight_variance, bias_variance
    )
    projections = draws.projections / jnp.sqrt(jnp.asarray(width, dtype))
    return Parameters(
        weights * inside[:-1, :, None] * inside[1:, None, :], biases * inside[1:], projections
    )


def choose(kind: Int[Array, ""] | None, branches, *operands):
    """lax.switch; where the topology leaves the kind out, the first branch and no switch."""
    return branches[0](*operands) if kind is None else lax.switch(kind, branches, *operands)


def statistics(
    kind: Int[Array, ""] | None, h: Float[Array, "batch width"]
) -> tuple[Float[Array, "1 width"], Float[Array, "1 width"]]:
    """What `normalise` subtracts and multiplies by: taken over the batch, or 0 and 1."""

    def take(norm):
        shift, scale = jnp.zeros_like(h[:1]), jnp.ones_like(h[:1])
        if norm.over == BATCH and norm.centres:
            shift = h.mean(0, keepdims=True)
        if norm.over == BATCH and norm.divides:
            scale = lax.rsqrt(((h - shift) ** 2).mean(0, keepdims=True) + EPSILON)
        return shift, scale

    return choose(kind, [partial(take, norm) for norm in NORMALISATIONS])


def normalise(
    kind: Int[Array, ""] | None,
    h: Float[Array, "batch width"],
    width: Int[Array, ""],
    shift: Float[Array, "1 width"],
    scale: Float[Array, "1 width"],
) -> Float[Array, "batch width"]:
    """h after normalisation `kind`; the number `width` counts the units that are not padding.

    What it does is said in `normalisations`; shift and scale come from `statistics`.
    """

    def over_batch(norm):
        centred = h - shift if norm.centres else h
        return centred * scale if norm.divides else centred

    def over_units(norm):
        size = width.astype(h.dtype)
        inside = (jnp.arange(h.shape[1], dtype=width.dtype) < width)[None, :]
        # Padding is 0 and would not change the mean, but it would get a gradient through it.
        mean = jnp.where(inside, h, 0).sum(1, keepdims=True) / size
        centred = jnp.where(inside, h - mean, 0) if norm.centres else h
        square = (centred * centred).sum(1, keepdims=True) / size
        return centred * lax.rsqrt(square + EPSILON) if norm.divides else centred

    apply = {NOTHING: lambda norm: h, BATCH: over_batch, UNITS: over_units}
    return choose(kind, [partial(apply[norm.over], norm) for norm in NORMALISATIONS])


def activate(kind: Int[Array, ""], h: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """ReLU, tanh or nothing, by its index in ACTIVATIONS."""
    return lax.switch(kind, [jax.nn.relu, jnp.tanh, lambda h: h], h)


def branch(
    compiled: CompiledTopology,
    l: Int[Array, ""],
    weights: Float[Array, "width width"],
    bias: Float[Array, " width"],
    h: Float[Array, "batch width"],
    shift: Float[Array, "1 width"],
    scale: Float[Array, "1 width"],
) -> Float[Array, "batch width"]:
    """scale_l f_l(h) for h = h_(l-1), with given statistics."""
    pre_activation = normalise(compiled.normalisation, h, compiled.widths[l - 1], shift, scale)
    output = activate(compiled.activation, pre_activation) @ weights + bias[None, :]
    output = jnp.where(compiled.relu_branch, jax.nn.relu(output), output)
    return compiled.scales[l].astype(h.dtype) * output


def finish(
    compiled: CompiledTopology,
    l: Int[Array, ""],
    total: Float[Array, "batch width"],
    shift: Float[Array, "1 width"],
    scale: Float[Array, "1 width"],
) -> Float[Array, "batch width"]:
    """What follows the addition: normalisation and ReLU if the topology asks for them; no unit
    beyond the width.
    """
    h = normalise(compiled.post_norm, total, compiled.widths[l], shift, scale)
    h = jnp.where(compiled.relu_after, jax.nn.relu(h), h)
    return within(compiled, l, h)


def within(
    compiled: CompiledTopology, l: Int[Array, ""], h: Float[Array, "batch width"]
) -> Float[Array, "batch width"]:
    """h with zeros beyond the width of h_l."""
    inside = jnp.arange(h.shape[1], dtype=compiled.widths.dtype) < compiled.widths[l]
    return h * inside[None, :].astype(h.dtype)


def _of_batch(compiled, kind, h):
    # Frozen statistics leave one gradient per example; otherwise the examples of a batch are
    # coupled.
    return [
        jnp.where(compiled.constant_statistics, lax.stop_gradient(number), number)
        for number in statistics(kind, h)
    ]


def batch_branch(
    compiled: CompiledTopology,
    l: Int[Array, ""],
    weights: Float[Array, "width width"],
    bias: Float[Array, " width"],
    previous: Float[Array, "batch width"],
) -> Float[Array, "batch width"]:
    """`branch` with the statistics of the batch itself."""
    return branch(
        compiled, l, weights, bias, previous, *_of_batch(compiled, compiled.normalisation, previous)
    )


def batch_finish(
    compiled: CompiledTopology, l: Int[Array, ""], total: Float[Array, "batch width"]
) -> Float[Array, "batch width"]:
    """`finish` with the statistics of the batch itself."""
    return finish(compiled, l, total, *_of_batch(compiled, compiled.post_norm, total))


def shortcuts(
    parameters: Parameters,
    compiled: CompiledTopology,
    states: Float[Array, "states batch width"],
    l: Int[Array, ""],
) -> Float[Array, "batch width"]:
    """The sum of what the skips carry to state l: h_start, cropped or filled with zeros to fit,
    or W h_start.
    """

    def add(skip, total):
        h, projection = states[compiled.starts[skip]], compiled.projection_index[skip]
        return total + lax.cond(
            projection < 0, lambda: h, lambda: h @ parameters.projections[projection]
        )

    total = lax.fori_loop(
        compiled.first_skip[l], compiled.first_skip[l + 1], add, jnp.zeros_like(states[0])
    )
    return within(compiled, l, total)


def propagate(
    parameters: Parameters, compiled: CompiledTopology, inputs: Float[Array, "batch width"]
) -> Float[Array, "states batch width"]:
    """States h_0 ... h_L of a batch, 0 beyond L.

    inputs is h_0; what stands beyond its own width counts as 0. The loop ends at L:
    the cost grows with the depth asked for.
    """

    def step(l, states):
        output = batch_branch(
            compiled, l, parameters.weights[l - 1], parameters.biases[l - 1], states[l - 1]
        )
        return states.at[l].set(
            batch_finish(compiled, l, output + shortcuts(parameters, compiled, states, l))
        )

    states = jnp.zeros((parameters.weights.shape[0] + 1, *inputs.shape), inputs.dtype)
    states = states.at[0].set(within(compiled, jnp.int32(0), inputs))
    return lax.fori_loop(1, compiled.depth + 1, step, states)
