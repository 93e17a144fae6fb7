"""Networks that answer together: many runs of one arm trained at once, over all devices there are.

A run is one learning rate on one seed. Runs are independent, so they lie along the first axis of
every array: jax.vmap makes one program of them and jax.sharding gives each device its part. Members
of a run see the same examples, each in an order of its own, and start from draws of their own.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from ..network import training
from ..network.arrays import Array
from ..network.datasets import Examples
from .architectures import INPUTS, OUTPUTS, Arm

BATCH = 32


class Weights(NamedTuple):
    """What training changes, of all members of one run."""

    encoder: Array  # (members, INPUTS + 1, width), biases in the last row
    blocks: Array  # (blocks, members, width + 1, width)
    readout: Array  # (members, width + 1, OUTPUTS)


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


class TrainingSet(NamedTuple):
    """The examples of all seeds, and which of them are a run's."""

    examples: Any  # Examples, or an axis over which they lie
    number: Array


ONE_AXIS_OF_RUNS = ((0, 0, TrainingSet(None, 0), 0, 0),)  # see training.Axes


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
    memory = jax.eval_shape(lambda weights: jax.vmap(training.adam(0.0).init)(weights), weights)
    memory = jax.tree.map(lambda leaf: np.zeros(leaf.shape, leaf.dtype), memory)
    return jax.device_put(State(weights, memory), runs.rates.sharding)


def init_weights(arm: Arm, seed: int) -> Weights:
    """He's initialisation in the blocks, W ~ N(0, 2 / width); encoder and readout ~ N(0, 1 /
    fan_in); biases 0.

    In NumPy, where `initialisation.scale_layer` is compiled: eight arms would need eight programs.
    """
    rng = np.random.default_rng([seed, arm.members, arm.blocks])

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


def block(kind: Kind, h: Array, read: Array, layer: Array) -> Array:
    """The state behind a block that is added to h, (members, batch, width), and reads `read`."""
    return kind.carried * h + kind.branch_scale * affine(jax.nn.relu(read), layer)


def answers(weights: Weights, kind: Kind, inputs: Array) -> Array:
    """(members, batch, OUTPUTS) from inputs (members, batch, INPUTS).

    The network of `network.propagate` between an encoder and a readout, and a test holds the two
    together; but written out, for arms that have one program per shape. With skips, widths and
    normalisation as data a training step of 15 runs takes 2.3 times the CPU (deep; 1.7 for 4 × 3,
    1.9 for 12 × 1) and its program 3 to 4 times as long to compile.
    """
    step = lambda h, layer: (block(kind, h, h, layer), None)
    last, _ = lax.scan(step, affine(inputs, weights.encoder), weights.blocks)
    return affine(last, weights.readout)


def loss(weights: Weights, kind: Kind, inputs: Array, targets: Array) -> Array:
    """Mean squared error, summed over members: each one's own, or for each that of their mean if
    they learn jointly.
    """
    each = answers(weights, kind, inputs)  # (members, examples, outputs)
    mean = each.mean(axis=0, keepdims=True)
    # The sum of M equal terms has M times the gradient of one, which Adam does not see.
    judged = jnp.where(kind.joint, mean, each)
    squares = ((judged - targets) ** 2).sum(axis=-1)  # of every answer, over its outputs
    return squares.mean(axis=-1).sum()


def batch_loss(weights: Weights, kind: Kind, data: TrainingSet, key: Array) -> Array:
    """The loss on a batch that the key draws; a `Loss` of training.advance."""
    (inputs, targets, count), members = data.examples, weights.encoder.shape[0]
    chosen = jax.random.randint(key, (members, BATCH), 0, count)
    chosen = jnp.where(kind.joint, chosen[:1], chosen)
    return loss(weights, kind, inputs[data.number, chosen], targets[data.number, chosen])


def advance(
    kind: Kind, state: State, runs: Runs, examples: Examples, first: int, count: int
) -> State:
    """`count` more steps of Adam for every run, which has taken `first` already."""
    found, _ = training.advance(
        batch_loss,
        training.adam,
        ONE_AXIS_OF_RUNS,
        tuple(state),
        None,
        kind,
        TrainingSet(examples, runs.sets),
        runs.keys,
        runs.rates,
        np.int32(first),
        np.int32(count),
    )
    return State(*found)


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
