"""Train a residual network, then let groups of G blocks read the same state: only paths through one
block of each group remain.

If the network were an ensemble of shallow paths, losing the long ones would do little (Veit et al.,
2016, arXiv:1605.06431). A group of blocks without inner layers is one block: sum_j W_j relu(h) =
(sum_j W_j) relu(h).
"""

from collections.abc import Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ...errors import NetworkError, whole_number
from ...network.arrays import Array
from ..architectures import DEEP_BLOCKS, named
from ..bias_variance.experiment import MOST_STEPS, STOPS
from ..ensembles import Kind, Weights, affine, block, kind_of
from ..learning_tasks import DEEPEST_TEACHER, check_task, draw_task
from ..model_selection import SEEDS, pick, squared, training
from .measurement import ParallelBlocksMeasurement

SHALLOW_TEACHER = 1


def measure_parallel_blocks(
    depth: int = 4, examples: int = 5000, steps: int = 1000, seed: int = 0
) -> Iterator[ParallelBlocksMeasurement]:
    """Trains 12 blocks on a teacher with `depth` hidden layers and on one with 1; yields before the
    first step and at ten stops.

    depth is 2 ... 6. Five training sets each; the learning rate is picked on validation examples,
    of the network as trained. Raises NetworkError, at the call.
    """
    whole_number("teacher depth", depth, 2, DEEPEST_TEACHER)
    check_task("teacher", depth, examples, 0.0)
    whole_number("seed", seed, 0, 10_000)
    if whole_number("steps", steps, STOPS, MOST_STEPS) % STOPS:
        raise NetworkError(f"steps must be a multiple of {STOPS}, got {steps}.")
    return _measure(depth, examples, steps, seed)


def _measure(depth, examples, steps, seed):
    asked: dict[str, Any] = dict(
        depth=depth, examples=examples, steps=steps, seed=seed, blocks=DEEP_BLOCKS
    )
    yield ParallelBlocksMeasurement(**asked, step=0, error=np.full((2, DEEP_BLOCKS, SEEDS), np.inf))
    seeds = tuple(range(seed * SEEDS, seed * SEEDS + SEEDS))
    tasks = [
        draw_task("teacher", layers, examples, 0.0, seeds) for layers in (depth, SHALLOW_TEACHER)
    ]
    stops = np.arange(1, STOPS + 1) * (steps // STOPS)
    arm = named("deep")
    for stop, *found in zip(
        stops, *(training(arm, task, seeds, stops) for task in tasks), strict=True
    ):
        errors = [
            _errors(kind_of(arm), weights, scores, task)
            for task, (weights, scores) in zip(tasks, found, strict=True)
        ]
        yield ParallelBlocksMeasurement(**asked, step=int(stop), error=np.stack(errors))


def _errors(kind, weights, scores, task):
    """(groups, seeds) at the rate that is best so far."""
    _, rate = pick(scores.validation[None])
    chosen = jax.tree.map(lambda leaf: leaf[rate * SEEDS : (rate + 1) * SEEDS], weights)
    found = np.asarray(_in_all_groups(kind, chosen, task.test.inputs), np.float64)
    errors = squared(found, task.test.targets) / task.scale
    return np.where(np.isfinite(errors), errors, np.inf)


def grouped_answers(weights: Weights, kind: Kind, inputs: Array, group: Array) -> Array:
    """(members, batch, OUTPUTS) of a network in which each `group` blocks in a row read the
    state in front of the first of them.
    """

    def step(carry, layer):
        h, read, number = carry
        read = jnp.where(number % group == 0, h, read)
        return (block(kind, h, read, layer), read, number + 1), None

    h = affine(inputs, weights.encoder)
    (h, *_), _ = lax.scan(step, (h, h, jnp.int32(0)), weights.blocks)
    return affine(h, weights.readout)


@jax.jit
def _in_all_groups(kind, weights, inputs):
    """The only member's answers, (groups, seeds, examples, OUTPUTS)."""

    def one(group):
        return jax.vmap(lambda one, x: grouped_answers(one, kind, x[None], group)[0])(
            weights, inputs
        )

    return lax.map(one, jnp.arange(1, DEEP_BLOCKS + 1))
