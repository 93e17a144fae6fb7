"""Networks that answer together: many runs of one arm trained at once, over all devices there are.

A run is one learning rate on one seed. Runs are independent, so they lie along the first axis of
every array: jax.vmap makes one program of them and jax.sharding gives each device its part. Members
of a run see the same examples, each in an order of its own, and start from draws of their own.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array, lax
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from .architectures import INPUTS, OUTPUTS, Arm

BATCH = 32


class Weights(NamedTuple):
    """What training changes, of all members of one run."""

    encoder: Array  # (members, INPUTS + 1, width), biases in the last row
    blocks: Array  # (blocks, members, width + 1, width)
    readout: Array  # (members, width + 1, OUTPUTS)


class Examples(NamedTuple):
    """Training data, one set per seed, padded to one size so that another number of examples
    compiles nothing.
    """

    inputs: Array  # (seeds, most examples, INPUTS)
    targets: Array  # (seeds, most examples, OUTPUTS)
    count: Array  # how many of them are used


class Runs(NamedTuple):
    """What distinguishes the runs; each (runs,)."""

    sets: Array  # which set of Examples
    keys: Array
    rates: Array


class Kind(NamedTuple):
    """What distinguishes arms of the same shapes, as arrays: they share one compiled program."""

    carried: Array  # 1 with skips, 0 without
    branch_scale: Array
    joint: Array


class State(NamedTuple):
    """How far all runs have come."""

    weights: Weights  # every array (runs, ...)
    memory: Any  # the optimiser's
    step: Array  # (runs,)


def kind_of(arm: Arm) -> Kind:
    """The arm as arrays."""
    return Kind(np.float32(arm.skips), np.float32(arm.branch_scale), np.bool_(arm.joint))


_keys = jax.jit(jax.vmap(jax.random.key))


def lay_out(rates: Sequence[float], seeds: Sequence[int], devices=None) -> Runs:
    """One run per learning rate and seed, the rates outermost, over all devices; filled up with
    copies to divide evenly.
    """
    devices = jax.devices() if devices is None else devices
    pairs = [(rate, number, seed) for rate in rates for number, seed in enumerate(seeds)]
    pairs += pairs[:1] * (-len(pairs) % len(devices))
    rates, sets, seeds = zip(*pairs, strict=True)
    runs = Runs(
        np.asarray(sets, np.int32),
        _keys(np.asarray(seeds, np.uint32)),
        np.asarray(rates, np.float32),
    )
    return jax.device_put(runs, along_runs(devices))


def along_runs(devices) -> NamedSharding:
    """A part of the first axis for each device."""
    return NamedSharding(Mesh(np.asarray(devices), ("runs",)), PartitionSpec("runs"))


def everywhere(runs: Runs, tree):
    """The same data on every device that has runs."""
    return jax.device_put(tree, NamedSharding(runs.rates.sharding.mesh, PartitionSpec()))


def begin(arm: Arm, runs: Runs, seeds: Sequence[int]) -> State:
    """Before the first step. A seed draws the same networks for every learning rate; Adam's
    memory begins at 0.
    """
    drawn = [init_weights(arm, seed) for seed in seeds]
    weights = jax.tree.map(lambda *all_drawn: np.stack(all_drawn)[np.asarray(runs.sets)], *drawn)
    memory = jax.eval_shape(lambda weights: jax.vmap(optax.adam(0.0).init)(weights), weights)
    memory = jax.tree.map(lambda leaf: np.zeros(leaf.shape, leaf.dtype), memory)
    return jax.device_put(
        State(weights, memory, np.zeros(len(runs.sets), np.int32)), runs.rates.sharding
    )


def init_weights(arm: Arm, seed: int) -> Weights:
    """He's initialisation in the blocks, W ~ N(0, 2 / width); encoder and readout ~ N(0, 1 /
    fan_in); biases 0.
    """
    rng = np.random.default_rng(
        [seed, arm.members, arm.blocks]
    )  # NumPy: no arm's shapes need a program of their own

    def drawn(*shape, variance=1.0):
        numbers = rng.standard_normal(shape, np.float32) * np.float32(
            np.sqrt(variance / (shape[-2] - 1))
        )
        numbers[..., -1, :] = 0
        return numbers

    return Weights(
        drawn(arm.members, INPUTS + 1, arm.width),
        drawn(arm.blocks, arm.members, arm.width + 1, arm.width, variance=2.0),
        drawn(arm.members, arm.width + 1, OUTPUTS),
    )


def affine(inputs: Array, weights: Array) -> Array:
    """inputs (members, batch, fan_in) times weights (members, fan_in + 1, fan_out), whose last
    row is added.
    """
    return inputs @ weights[:, :-1] + weights[:, -1:]


def answers(weights: Weights, kind: Kind, inputs: Array) -> Array:
    """(members, batch, OUTPUTS) from inputs (members, batch, INPUTS)."""

    def block(h, layer):
        return kind.carried * h + kind.branch_scale * affine(jax.nn.relu(h), layer), None

    return affine(
        lax.scan(block, affine(inputs, weights.encoder), weights.blocks)[0], weights.readout
    )


def loss(weights: Weights, kind: Kind, inputs: Array, targets: Array) -> Array:
    """Mean squared error, summed over members: each one's own, or for each that of their mean if
    they learn jointly.
    """
    found = answers(weights, kind, inputs)
    # The sum of M equal terms has M times the gradient of one, which Adam does not see.
    found = jnp.where(kind.joint, found.mean(0, keepdims=True), found)
    return ((found - targets) ** 2).sum(-1).mean(-1).sum()


@partial(jax.jit, donate_argnums=1)
def advance(kind: Kind, state: State, runs: Runs, examples: Examples, count: Array) -> State:
    """`count` more steps of Adam for every run. A count that is data compiles nothing new."""

    def one_step(state, number, key, rate):
        members = state.weights.encoder.shape[0]
        chosen = jax.random.randint(
            jax.random.fold_in(key, state.step), (members, BATCH), 0, examples.count
        )
        chosen = jnp.where(kind.joint, chosen[:1], chosen)
        batch = examples.inputs[number, chosen], examples.targets[number, chosen]
        gradient = jax.grad(loss)(state.weights, kind, *batch)
        with jax.numpy_dtype_promotion(
            "standard"
        ):  # optax raises a float to the power of a count of steps
            updates, memory = optax.adam(rate).update(gradient, state.memory)
        return State(optax.apply_updates(state.weights, updates), memory, state.step + 1)

    # The kind is not mapped over: it is the same for all runs.
    return lax.fori_loop(0, count, lambda _, state: jax.vmap(one_step)(state, *runs), state)


@jax.jit
def all_answers(kind: Kind, weights: Weights, runs: Runs, inputs: Array) -> Array:
    """Of every member of every run, (runs, members, examples, OUTPUTS); inputs (seeds, examples,
    INPUTS) are those of its seed.
    """

    def one(weights, number):
        members = weights.encoder.shape[0]
        return answers(
            weights, kind, jnp.broadcast_to(inputs[number][None], (members, *inputs.shape[1:]))
        )

    return jax.vmap(one)(weights, runs.sets)
