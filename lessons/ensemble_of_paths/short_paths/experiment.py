"""Networks that never see their long paths: a random subset of the blocks trains in every batch.

After Veit et al. (2016, arXiv:1605.06431): 23 of 54 blocks at a time.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ...errors import one_of, whole_number
from ...network.arrays import Array
from ...network.classifiers import Classifier, cross_entropy, error_rate
from ...network.compiled_topology import CompiledTopology
from ...network.datasets import Examples
from ...network.digit_networks import MAX_DEPTH, compile_digit_topology, components, initial
from ...network.side_by_side import side_by_side
from ...network.topology import Topology
from ...network.training import train
from ..lesions import lesion
from .measurement import ShortPathsMeasurement

KINDS = ("pre-norm (RMS)", "β = 1/√n", "β = 1")
SEEDS, MOST_STEPS, CHUNK = 3, 1000, 50
LEARNING_RATES = (0.001, 0.003)


class Subset(NamedTuple):
    """The digits, and how many of how many blocks train on a batch of them."""

    examples: Examples
    blocks: Array
    kept: Array


def measure_short_paths(
    blocks: int = 54, kept: int = 23, kind: str = KINDS[0], steps: int = 300, seed: int = 0
) -> Iterator[ShortPathsMeasurement]:
    """Trains both arms side by side with three seeds; yields test errors before the first step and
    after every 50.

    Adam; each arm has the better of two learning rates by its training loss. Raises LearnerError,
    at the call.
    """
    blocks = whole_number("blocks", blocks, 1, MAX_DEPTH)
    kept = whole_number("blocks per batch", kept, 1, blocks)
    kind = one_of("kind", kind, KINDS)
    steps = whole_number("steps", steps, 1, MOST_STEPS)
    return _measure(blocks, kept, kind, steps, whole_number("seed", seed, 0, 2**31 - SEEDS))


def _measure(blocks, kept, kind, steps, seed):
    whole, weaker = side_by_side(
        lambda part: _untrained(seed, blocks, kind, part), (1.0, kept / blocks)
    )
    step, errors = [0], [np.stack([whole, whole, weaker])]
    yield ShortPathsMeasurement(
        blocks=blocks, kept=kept, steps=steps, step=np.array(step), errors=np.stack(errors, -1)
    )
    compiled, started, keys = (
        _compiled(blocks, kind),
        _started(seed),
        jax.random.split(jax.random.key(seed), SEEDS),
    )
    runs = [
        train(
            subset_loss,
            started,
            compiled,
            Subset(components().training, np.int32(blocks), np.int32(count)),
            keys,
            learning_rates=LEARNING_RATES,
            steps=steps,
            chunk=CHUNK,
        )
        for count in (blocks, kept)
    ]
    for together in zip(*runs, strict=True):
        if together[0].step:
            step.append(together[0].step)
            errors.append(
                _errors_of([_best(progress) for progress in together], compiled, blocks, kept)
            )
            yield ShortPathsMeasurement(
                blocks=blocks,
                kept=kept,
                steps=steps,
                step=np.array(step),
                errors=np.stack(errors, -1),
            )


@lru_cache(maxsize=64)
def _compiled(blocks, kind):
    settings = (dict(normalisation="rms"), dict(branch_scale=blocks**-0.5), dict())[kind]
    return compile_digit_topology(Topology.residual(blocks), post_norm=None, **settings)


@lru_cache(maxsize=64)
def _untrained(seed, blocks, kind, part):
    """Errors before training, (seeds,), of networks whose branches are weaker by a factor: no
    step count changes them.
    """
    return _test_errors(_started(seed), _compiled(blocks, kind), part)


@lru_cache(maxsize=8)
def _started(seed):
    networks = [initial(seed + number) for number in range(SEEDS)]
    return jax.tree.map(lambda *parts: jnp.stack(parts), *networks)


def _best(progress):
    """Of the learning rates the one with the lower training loss lately, over all seeds: the
    test set has no say.
    """
    late = np.nan_to_num(progress.losses[..., -CHUNK:], nan=np.inf).mean((1, 2))
    return jax.tree.map(lambda p: p[late.argmin()], progress.parameters)


def subset_loss(
    classifier: Classifier, compiled: CompiledTopology, task: Subset, key: Array
) -> Array:
    """The loss on a batch of the network made of `kept` random blocks; a `Loss` of
    training.train.
    """
    order = random_subset(jax.random.fold_in(key, 1), task.blocks, task.kept)
    return cross_entropy(*lesion(classifier, compiled, order, task.kept), task.examples, key)


def random_subset(key: Array, blocks: Array, kept: Array) -> Array:
    """`kept` of the first `blocks` numbers in ascending order, every subset equally likely, then
    others; (MAX_DEPTH,).
    """
    number = jnp.arange(MAX_DEPTH, dtype=jnp.int32)
    scores = jnp.where(number < blocks, jax.random.uniform(key, (MAX_DEPTH,), jnp.float32), 2)
    rank = jnp.argsort(jnp.argsort(scores))
    return jnp.argsort(jnp.where(rank < kept, number, number + MAX_DEPTH)).astype(jnp.int32)


def _errors_of(networks, compiled, blocks, kept):
    """(arms, seeds)."""
    whole, parts = networks[0], networks[1]
    return np.stack(
        side_by_side(_test_errors, (whole, parts, parts), [compiled] * 3, (1.0, 1.0, kept / blocks))
    )


def _test_errors(classifiers, compiled, part):
    test = components()
    return np.asarray(
        _error_rates(classifiers, compiled, np.float32(part), test.test_inputs, test.test_labels),
        np.float64,
    )


@jax.jit
def _error_rates(classifiers, compiled, part, inputs, labels):
    weaker = compiled._replace(scales=compiled.scales * part)
    # One network after the other: side by side in one array they take longer.
    return lax.map(lambda classifier: error_rate(classifier, weaker, inputs, labels), classifiers)
