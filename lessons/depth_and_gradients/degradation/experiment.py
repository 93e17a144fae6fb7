"""Do deeper networks fit handwritten digits worse? Plain and residual networks of several
depths, trained live.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import jax
import numpy as np

from ...errors import one_of, whole_number
from ...network.classifiers import cross_entropy, error_rate, init_classifier
from ...network.compiled_topology import compile_topology
from ...network.datasets import Examples
from ...network.digit_networks import MAX_DEPTH, WIDTH, components
from ...network.gradients import state_gradients
from ...network.normalisations import DIVIDING, NONE
from ...network.side_by_side import side_by_side
from ...network.topology import Topology
from ...network.training import train
from .measurement import ARMS, DegradationMeasurement

DEPTHS = (2, 6, 14, 30, 54)
LEARNING_RATES = (0.001, 0.003, 0.01)
SEEDS, CHUNK, SPAN = 3, 25, 2
NORMS = {norm.name: norm.key for norm in (NONE, *DIVIDING)}
SCALINGS = ("1 / sqrt(blocks)", "1")
MEASURED_ON = 64  # examples, for the gradients before training


def measure_degradation(
    norm: str = "none", scaling: str = SCALINGS[0], steps: int = 150, seed: int = 0
) -> Iterator[DegradationMeasurement]:
    """Trains plain and residual networks of width 32 at depths 2 ... 54; yields before training and
    every 25 steps.

    Both arms: He's initialisation, three seeds, three learning rates, Adam, the same batches of 64
    and the same number of steps. Residual networks have a skip over every two layers, whose branch
    has the scale `scaling`. Statistics of a batch are differentiated through. To cancel, stop
    asking. Raises NetworkError, at the call.
    """
    normalisation = tuple(NORMS.values())[one_of("normalisation", norm, tuple(NORMS))]
    scaled = one_of("scaling", scaling, SCALINGS) == 0
    steps, seed = whole_number("steps", steps, 1, 1000), whole_number("seed", seed, 0, 10**6)
    compiled_topologies = [
        [_compiled(arm, depth, normalisation, scaled) for depth in DEPTHS] for arm in ARMS
    ]
    settings = dict(norm=norm, scaling=scaling, steps=steps, seed=seed)
    settings |= dict(depths=DEPTHS, learning_rates=LEARNING_RATES)
    return _measure(compiled_topologies, settings)


def _measure(compiled_topologies, settings):
    steps, seed = settings["steps"], settings["seed"]
    networks, examples = _networks(seed), _examples()
    deepest_first = [compiled for row in compiled_topologies for compiled in row][::-1]
    found = side_by_side(
        lambda compiled: _first_gradients(networks, compiled, examples[0]), deepest_first
    )
    gradients = np.reshape(found[::-1], (len(ARMS), len(DEPTHS), SEEDS))
    errors = np.full((2, len(ARMS), len(DEPTHS), len(LEARNING_RATES), SEEDS), np.nan)
    settings["gradients"] = gradients
    yield _measurement(settings, errors, 0.0)
    keys, work = jax.random.split(jax.random.key(seed + 1), SEEDS), 0
    for column, depth in enumerate(DEPTHS):
        for row in range(len(ARMS)):
            compiled = compiled_topologies[row][column]
            options = dict(learning_rates=LEARNING_RATES, steps=steps, chunk=CHUNK)
            before = 0
            for found in islice(
                train(cross_entropy, networks, compiled, examples[0], keys, **options), 1, None
            ):
                work, before = work + depth * (found.step - before), found.step
                if found.step == steps:
                    errors[:, row, column] = _errors_of(found.parameters, compiled, *examples)
                progress = work / (len(ARMS) * steps * sum(DEPTHS))
                yield _measurement(settings, errors, progress)


def _measurement(settings, errors, progress):
    train_errors, test_errors = errors.copy()
    return DegradationMeasurement(
        **settings, train_errors=train_errors, test_errors=test_errors, progress=progress
    )


@lru_cache(maxsize=2 * len(DEPTHS) * len(NORMS) * len(SCALINGS))
def _compiled(arm, depth, normalisation, scaled):
    topology = Topology.residual(depth, SPAN) if arm == "residual" else Topology.plain(depth)
    scale = (depth / SPAN) ** -0.5 if scaled else 1.0
    return compile_topology(
        topology,
        WIDTH,
        max_depth=MAX_DEPTH,
        normalisation=normalisation,
        post_norm=None,
        branch_scale=scale,
        constant_statistics=False,
    )


@lru_cache(maxsize=1)
def _examples():
    """What is learned from, and what is held out."""
    digits = components()
    test = Examples(
        np.float32(digits.test_inputs), digits.test_labels, np.int32(len(digits.test_labels))
    )
    return digits.training._replace(inputs=np.float32(digits.training.inputs)), test


@lru_cache(maxsize=4)
def _networks(seed):
    return _draw(np.uint32(seed), np.full(MAX_DEPTH + 1, WIDTH, np.int32))


@jax.jit
def _draw(seed, widths):
    keys = jax.random.split(jax.random.key(seed), SEEDS)
    return jax.vmap(lambda key: init_classifier(key, widths, width=WIDTH, max_depth=MAX_DEPTH))(
        keys
    )


@jax.jit
def _first_gradients(networks, compiled, examples):
    """Squared gradient of a class score at h_1, relative to h_L, before training: (SEEDS,)."""
    constant_statistics = compiled._replace(constant_statistics=np.bool_(True))

    def one(network):
        _, gradients = state_gradients(
            network.network,
            constant_statistics,
            examples.inputs[:MEASURED_ON],
            network.readout[:, 0],
        )
        squares = (gradients**2).sum((1, 2))
        return squares[1] / squares[compiled.depth]

    return jax.vmap(one)(networks)


def _errors_of(classifiers, compiled, *examples):
    return [np.asarray(_error_rates(classifiers, compiled, e.inputs, e.targets)) for e in examples]


@jax.jit
def _error_rates(classifiers, compiled, inputs, labels):
    over_seeds = jax.vmap(error_rate, in_axes=(0, None, None, None))
    return jax.vmap(over_seeds, in_axes=(0, None, None, None))(
        classifiers, compiled, inputs, labels
    )
