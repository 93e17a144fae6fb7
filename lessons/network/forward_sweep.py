"""All the shallower networks inside a deep one, looked at in one forward-mode pass.

`gradients.derivatives_at_all_depths` keeps every state and derivative, 2 (max_depth + 1) batch
width numbers, and wants all layers scaled before. This pass keeps only what `observe` makes of them
and scales a layer when it comes to it: at 256 inputs, width 200 and batch norm it takes 5 ms of CPU
for 8 layers and 44 for 64, where the other takes 32 and 78 (10 and 54 of them without the
scaling). Both compute layers with `network.batch_branch`, and tests hold them together.
"""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from .arrays import Array, Bool, Float, Int
from .compiled_topology import CompiledTopology
from .initialisation import layers_to_draw, normal_layers, scale_layer
from .kept_networks import KeptNetworks
from .network import Parameters, batch_branch, within
from .topology import MAX_DEPTH

# A network is computed in the smaller of these widths if it fits: in the other one it takes three
# times as long. Each more is one more program to wait for before the first picture.
NARROW, WIDE = PADDED = 100, 200
MOST_KEPT = 56 << 20  # bytes of networks kept: 20 of width 100, or 5 of width 200


class Draws(NamedTuple):
    """Standard normal numbers of one network with a scalar or vector input; scaled when used."""

    parameters: Parameters
    encoder: Float[Array, " width"]  # e in h_0 = x e + b_0
    encoder_bias: Float[Array, " width"]  # b_0 before scaling
    readout: Float[Array, " width"]  # v in y = v . h_L


class Initialisation(NamedTuple):
    """How draws become weights, as arrays: nothing here compiles anything."""

    weight_variance: Float[Array, ""] = np.float32(2)  # times 1 / fan_in; 2 is He's
    bias_variance: Float[Array, ""] = np.float32(0)
    looks_linear: Bool[Array, ""] | None = None  # whether, or None for never, which compiles faster


def padded(width: int, sizes: Sequence[int] = PADDED) -> int:
    """The width that a network of this width is computed in: the first of the sizes, in their
    order, that holds it.
    """
    return next(size for size in sizes if width <= size)


_KEPT = KeptNetworks(MOST_KEPT)
_TURNS = [threading.Lock() for _ in range(8)]


def network_draws(seed: int, size: int, layers: int = MAX_DEPTH) -> Draws:
    """The numbers of network `seed`, padded width `size`: of the first `layers` layers, or of
    some more; 0 beyond.
    """
    layers = layers_to_draw(layers)
    with _TURNS[
        seed % len(_TURNS)
    ]:  # else a plain and a residual network side by side would both draw the same numbers
        draws = _KEPT.get((seed, size), layers)
        if draws is None:
            draws = _draw(seed, size, layers)
            _KEPT.put((seed, size), layers, draws)
        return draws


def _draw(seed, size, layers):
    rng = np.random.default_rng([seed, size])
    ends = rng.standard_normal((3, size), np.float32)
    numbers = normal_layers(rng, layers, (size + 1, size))
    parameters = Parameters(numbers[:, 1:], numbers[:, 0], np.zeros((1, size, size), np.float32))
    return jax.tree.map(jnp.asarray, Draws(parameters, *ends))


def layer(
    draws: Parameters,
    widths: Int[Array, " states"],
    l: Int[Array, ""],
    initialisation: Initialisation,
) -> tuple[Float[Array, "width width"], Float[Array, " width"]]:
    """W_l and b_l; scaled one by one, since a scaled copy of all layers would cost as much as a
    shallow pass.

    For networks of one width. Columns of W_l beyond it are not 0 as in `scale_draws`: `sweep` cuts
    h_l, a smaller array.
    """
    numbers, (weight_variance, bias_variance) = draws.weights[l - 1], initialisation[:2]
    scaled = lambda: scale_layer(
        numbers, draws.biases[l - 1], widths[0], weight_variance, bias_variance
    )
    if initialisation.looks_linear is None:
        return scaled()
    mirrored = lambda: looks_linear(numbers, widths[0], weight_variance)
    weights = lax.cond(initialisation.looks_linear, mirrored, lambda: scaled()[0])
    return weights, scaled()[1]


def looks_linear(
    numbers: Float[Array, "width width"],
    width: Int[Array, ""],
    weight_variance: Float[Array, ""],
) -> Float[Array, "width width"]:
    """W = [[V, -V], [-V, V]]: a state (z, -z) becomes (zV, -zV), for relu(z) - relu(-z) = z. V ~
    N(0, weight_variance / width).

    Balduzzi et al. (2017, arXiv:1702.08591): CReLU(z) = (relu(z), relu(-z)) with weights [V; -V].
    """
    half = width // 2
    unit = jnp.arange(numbers.shape[0], dtype=width.dtype)
    pair = jnp.where(unit < half, unit, unit - half)  # units k and half + k belong together
    sign = jnp.where(unit < half, 1, jnp.where(unit < 2 * half, -1, 0)).astype(numbers.dtype)
    deviation = jnp.sqrt(weight_variance / (2 * half).astype(numbers.dtype))
    return sign[:, None] * sign[None, :] * deviation * numbers[pair][:, pair]


class Front(NamedTuple):
    """Where a pass stands, so that it can go on from there."""

    layers: Int[Array, ""]  # l, how many it has passed
    # h_l and its derivative along the tangent
    state: tuple[Float[Array, "batch width"], Float[Array, "batch width"]]
    opened: tuple[
        Float[Array, "batch width"], Float[Array, "batch width"]
    ]  # the same where the open skip starts


def at_input(inputs: Float[Array, "batch width"], tangent: Float[Array, "batch width"]) -> Front:
    """A pass that begins: inputs is h_0, tangent its derivative.

    Both are 0 beyond the network's width.
    """
    return Front(jnp.int32(0), (inputs, tangent), (inputs, tangent))


def sweep(
    draws: Parameters,
    compiled: CompiledTopology,
    initialisation: Initialisation,
    front: Front,
    observe: Callable,
) -> tuple[Front, Any]:
    """Goes on to layer L. Where the pass then stands, and observe(h_l, derivative) stacked:
    (max_depth + 1, ...).

    Rows run from where the pass stood to L, the others are 0. For plain networks and skips one
    behind the other (`Topology.plain`, `Topology.residual`) of one width: of the skips it carries
    only the open one along.
    """
    lands, opens = _skips(compiled)

    def keep(l, state, opened, seen):
        opened = jax.tree.map(lambda new, old: jnp.where(opens[l], new, old), state, opened)
        seen = jax.tree.map(lambda all_seen, new: all_seen.at[l].set(new), seen, observe(*state))
        return state, opened, seen

    def step(l, carry):
        state, opened, seen = carry
        weights, bias = layer(draws, compiled.widths, l, initialisation)
        output = jax.jvp(
            partial(batch_branch, compiled, l, weights, bias), (state[0],), (state[1],)
        )
        output = jax.tree.map(partial(within, compiled, l), output)
        state = jax.tree.map(lambda new, old: jnp.where(lands[l], new + old, new), output, opened)
        return keep(l, state, opened, seen)

    shapes = jax.eval_shape(observe, *front.state)
    seen = jax.tree.map(lambda one: jnp.zeros((lands.shape[0], *one.shape), one.dtype), shapes)
    state, opened, seen = lax.fori_loop(
        front.layers + 1,
        compiled.depth + 1,
        step,
        keep(front.layers, front.state, front.opened, seen),
    )
    return Front(compiled.depth, state, opened), seen


def input_gradient(
    draws: Parameters,
    compiled: CompiledTopology,
    initialisation: Initialisation,
    inputs: Float[Array, "batch width"],
    cotangent: Float[Array, "batch width"],
) -> Float[Array, "batch width"]:
    """Gradient of sum(cotangent * h_L) with respect to h_0, in reverse mode:
    statistics of the batch may move.

    For the networks that `sweep` takes, and carrying one skip along as it does: 10 and 72 ms of CPU
    for 8 and 64 layers, where `gradients.state_gradients` takes 35 and 89 and compiles for a third
    longer. inputs and cotangent are 0 beyond the network's width.
    """
    lands, opens = _skips(compiled)

    def branch_of(l):
        weights, bias = layer(draws, compiled.widths, l, initialisation)
        return lambda h: within(compiled, l, batch_branch(compiled, l, weights, bias, h))

    def forwards(l, carry):
        states, opened = carry
        output = branch_of(l)(states[l - 1])
        h = jnp.where(lands[l], output + opened, output)
        return states.at[l].set(h), jnp.where(opens[l], h, opened)

    def backwards(count, carry):
        gradient, landed = carry
        l = compiled.depth - count
        landed = jnp.where(lands[l], gradient, landed)
        (through_layer,) = jax.vjp(branch_of(l), states[l - 1])[1](gradient)
        return jnp.where(opens[l - 1], through_layer + landed, through_layer), landed

    states = jnp.zeros((lands.shape[0], *inputs.shape), inputs.dtype).at[0].set(inputs)
    states, _ = lax.fori_loop(1, compiled.depth + 1, forwards, (states, inputs))
    return lax.fori_loop(0, compiled.depth, backwards, (cotangent, jnp.zeros_like(cotangent)))[0]


def _skips(compiled):
    """Whether a skip lands on h_l, and whether one starts there."""
    lands = compiled.first_skip[1:] > compiled.first_skip[:-1]
    skips = (
        jnp.arange(compiled.starts.shape[0], dtype=compiled.starts.dtype) < compiled.first_skip[-1]
    )
    opens = (
        jnp.zeros(lands.shape[0] + 1, bool)
        .at[jnp.where(skips, compiled.starts, lands.shape[0])]
        .set(True)
    )
    return lands, opens
