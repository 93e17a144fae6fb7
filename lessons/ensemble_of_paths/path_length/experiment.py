"""The gradient of a digit classifier by path length, before training and while it trains."""

from collections.abc import Iterator

import jax
import numpy as np

from ...errors import NetworkError, one_of, real_number, whole_number
from ...network.classifiers import Classifier, cross_entropy
from ...network.compiled_topology import CompiledTopology
from ...network.digit_networks import (
    MAX_DEPTH,
    compile_digit_topology,
    components,
    initial,
    test_error,
)
from ...network.network import propagate
from ...network.normalisations import DIVIDING, NONE
from ...network.path_sums import path_sums, signal_lengths
from ...network.topology import Skip, Topology
from ...network.training import train
from .measurement import PathLengthMeasurement

NORMALISATIONS = {  # for `compile_topology`
    NONE.name: {},
    **{f"pre-norm ({norm.name})": dict(normalisation=norm.key) for norm in DIVIDING},
    **{
        f"post-norm ({norm.name})": dict(post_norm=norm.key)
        for norm in DIVIDING
        if norm.forgets_size
    },
}
PLACEMENTS = (
    "every block",
    "one block without",
    "first half only",
    "long skips too",
    "projections W",
)
LONGEST_SPAN = 4
BATCH = 64  # the examples whose statistics a batch norm sees
STEPS, CHUNK, LEARNING_RATE = 200, 10, 0.003


def measure_path_length(
    layers: int = 54,
    branch_scale: float = 1.0,
    divided: bool = False,
    normalisation: str = "none",
    span: int = 1,
    placement: str = "every block",
    example: int = 0,
    seed: int = 0,
) -> Iterator[PathLengthMeasurement]:
    """Yields the path lengths of a network before training and after every 10 of 200 steps on the
    digits.

    Gradients of the ten scores at one test image. `divided`: the branch scale is divided by the
    square root of the number of skips. Adam, learning rate 0.003. Raises LearnerError, at the call.
    """
    topology = place_skips(layers, span, placement)
    scale = real_number("branch scale", branch_scale, 0, 1.5)
    scale = scale / np.sqrt(max(1, len(topology.skips))) if divided else scale
    settings = NORMALISATIONS[
        tuple(NORMALISATIONS)[one_of("normalisation", normalisation, tuple(NORMALISATIONS))]
    ]
    compiled = compile_digit_topology(topology, branch_scale=scale, **settings)
    image = np.int32(whole_number("example", example, 0, BATCH - 1))
    return _measure(topology, compiled, initial(seed, MAX_DEPTH), image, seed)


def place_skips(layers: int, span: int, placement: str) -> Topology:
    """Where the skips are; see PLACEMENTS. Raises LearnerError."""
    layers = whole_number("layers", layers, 1, MAX_DEPTH)
    kind = one_of("placement", placement, PLACEMENTS)
    every = Topology.residual(layers, whole_number("span", span, 1, min(LONGEST_SPAN, layers)))
    skips = every.skips
    if kind == 1:
        return every.without(skips[len(skips) // 2])
    if kind == 2:
        return Topology(layers, tuple(skip for skip in skips if skip.stop <= (layers + 1) // 2))
    if kind == 3:
        longer = (
            Skip(start, start + 2 * span) for start in range(0, layers - 2 * span + 1, 2 * span)
        )
        return Topology(layers, (*skips, *longer))
    if kind == 4:
        return Topology(layers, tuple(Skip(skip.start, skip.stop, "projection") for skip in skips))
    return every


def _measure(topology, compiled, classifier, example, seed):
    yield _at(topology, compiled, classifier, example)
    one = jax.tree.map(lambda p: p[None], classifier)
    keys = jax.random.split(jax.random.key(seed), 1)
    options = dict(learning_rates=(LEARNING_RATE,), steps=STEPS, chunk=CHUNK)
    for progress in train(cross_entropy, one, compiled, components().training, keys, **options):
        if progress.step:
            trained = jax.tree.map(lambda p: p[0, 0], progress.parameters)
            yield _at(topology, compiled, trained, example, progress.step)


def _at(topology, compiled, classifier, example, step=0):
    test = components()
    found = [
        np.asarray(sums, np.float64)
        for sums in _sums(classifier, compiled, test.test_inputs[:BATCH], example)
    ]
    # rounding can leave a vanishing square below 0
    vectors, squares, signal = (np.maximum(sums[: topology.depth + 1], 0) for sums in found)
    if not all(np.isfinite(sums).all() and sums.sum() for sums in (vectors, squares, signal)):
        raise NetworkError(
            "numbers must stay within float32: this network has left its range, so "
            "there is no picture of it."
        )
    error = (
        float(test_error(classifier, compiled, test.test_inputs, test.test_labels)) if step else 1.0
    )
    return PathLengthMeasurement(
        topology=topology,
        vectors=vectors,
        squares=squares,
        signal=signal,
        step=step,
        steps=STEPS,
        test_error=error,
    )


@jax.jit
def _sums(classifier: Classifier, compiled: CompiledTopology, inputs, example):
    states = propagate(classifier.network, compiled, inputs)
    longest = 2 * LONGEST_SPAN
    sums = path_sums(
        classifier.network, compiled, states, example, classifier.readout.T, longest_skip=longest
    )
    return (
        (sums.vectors**2).sum((1, 2)),
        sums.squares,
        signal_lengths(classifier.network, compiled, states),
    )
