"""Networks that never see their long paths: a random subset of the blocks trains in every batch.

After Veit et al. (2016, arXiv:1605.06431): 23 of 54 blocks at a time.
"""

from collections.abc import Iterator
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from ..classifiers import Classifier, Examples, cross_entropy, error_rate
from ..errors import one_of, whole_number
from ..lesions import lesion
from ..measurements.short_paths import ShortPathsMeasurement
from ..topology import Topology
from ..training import train
from ..wiring import Wiring
from .digit_networks import MAX_DEPTH, components, initial, wiring

KINDS = ("pre-norm", "β = 1/√n", "β = 1")
SEEDS, MOST_STEPS, CHUNK = 3, 1000, 50
LEARNING_RATES = (0.001, 0.003)


class Subset(NamedTuple):
    """The digits, and how many of how many blocks train on a batch of them."""

    examples: Examples
    blocks: Array
    kept: Array


def measure_short_paths(
    blocks: int = 54, kept: int = 23, kind: str = "pre-norm", steps: int = 300, seed: int = 0
) -> Iterator[ShortPathsMeasurement]:
    """Trains both arms side by side with three seeds; yields test errors before the first step and after every 50.

    Adam; each arm has the better of two learning rates by its training loss. Raises LearnerError, at the call.
    """
    blocks = whole_number("blocks", blocks, 1, MAX_DEPTH)
    kept = whole_number("k", kept, 1, blocks)
    settings = (dict(normalisation="rms"), dict(branch_scale=blocks**-0.5), dict())[one_of("kind", kind, KINDS)]
    wires = wiring(Topology.residual(blocks), **settings)
    steps = whole_number("steps", steps, 1, MOST_STEPS)
    return _measure(wires, blocks, kept, steps, whole_number("seed", seed, 0, 2**31 - SEEDS))


def _measure(wires, blocks, kept, steps, seed):
    started = _started(seed)
    step, errors = [0], [_errors_of([started, started], wires, blocks, kept)]
    yield ShortPathsMeasurement(blocks, kept, steps, np.array(step), np.stack(errors, -1))
    keys = jax.random.split(jax.random.key(seed), SEEDS)
    runs = [
        train(subset_loss, started, wires, Subset(components().training, np.int32(blocks), np.int32(count)), keys,
              learning_rates=LEARNING_RATES, steps=steps, chunk=CHUNK)
        for count in (blocks, kept)
    ]  # fmt: skip
    for together in zip(*runs, strict=True):
        if together[0].step:
            step.append(together[0].step)
            errors.append(_errors_of([_best(progress) for progress in together], wires, blocks, kept))
            yield ShortPathsMeasurement(blocks, kept, steps, np.array(step), np.stack(errors, -1))


def _started(seed):
    networks = [initial(seed + number) for number in range(SEEDS)]
    return jax.tree.map(lambda *parts: jnp.stack(parts), *networks)


def _best(progress):
    """Of the learning rates the one with the lower training loss lately, over all seeds: the test set has no say."""
    late = np.nan_to_num(progress.losses[..., -CHUNK:], nan=np.inf).mean((1, 2))
    return jax.tree.map(lambda p: p[late.argmin()], progress.parameters)


def subset_loss(classifier: Classifier, wires: Wiring, task: Subset, key: Array) -> Array:
    """The loss on a batch of the network made of `kept` random blocks; a `Loss` of training.train."""
    order = random_subset(jax.random.fold_in(key, 1), task.blocks, task.kept)
    return cross_entropy(*lesion(classifier, wires, order, task.kept), task.examples, key)


def random_subset(key: Array, blocks: Array, kept: Array) -> Array:
    """`kept` of the first `blocks` numbers in ascending order, every subset equally likely, then others; (MAX_DEPTH,)."""
    number = jnp.arange(MAX_DEPTH, dtype=jnp.int32)
    scores = jnp.where(number < blocks, jax.random.uniform(key, (MAX_DEPTH,), jnp.float32), 2)
    rank = jnp.argsort(jnp.argsort(scores))
    return jnp.argsort(jnp.where(rank < kept, number, number + MAX_DEPTH)).astype(jnp.int32)


def _errors_of(networks, wires, blocks, kept):
    """(arms, seeds)."""
    test = components()
    weaker = wires._replace(scales=wires.scales * np.float32(kept / blocks))
    pairs = ((networks[0], wires), (networks[1], wires), (networks[1], weaker))
    found = [_test_errors(classifiers, w, test.test_inputs, test.test_labels) for classifiers, w in pairs]
    return np.stack(found).astype(np.float64)


@jax.jit
def _test_errors(classifiers, wires, inputs, labels):
    return jax.vmap(lambda classifier: error_rate(classifier, wires, inputs, labels))(classifiers)
