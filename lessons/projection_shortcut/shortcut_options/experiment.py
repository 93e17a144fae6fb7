"""Options A, B and C of He et al. (2015, arXiv:1512.03385, section 4.1) and no skip at all, on
digits.

Three stages of different width; a block has two layers. A option decides what its skips carry and
nothing else: all options have the same layers, started from the same draws.
"""

from collections.abc import Iterator
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np

from ...errors import one_of, real_number, whole_number
from ...network.classifiers import Classifier, cross_entropy, error_rate, init_classifier
from ...network.compiled_topology import compile_topology
from ...network.datasets import CLASSES, PIXELS, Examples, digits
from ...network.topology import Skip, Topology
from ...network.training import train
from ..shortcuts import draw_shortcuts
from .measurement import OptionsMeasurement

DIRECTIONS = {"narrowing: 64, 32, 16": (64, 32, 16), "widening: 16, 32, 64": (16, 32, 64)}
MOST_BLOCKS, SPAN = 6, 2
MAX_DEPTH, PROJECTIONS = 1 + 3 * MOST_BLOCKS * SPAN, 3 * MOST_BLOCKS
SEEDS, CHUNK = 5, 10
FROM_IDENTITY = "C from I"
OPTIONS = ("no skip", "A", "B", "C", FROM_IDENTITY)


def measure_options(
    direction: str = "narrowing: 64, 32, 16",
    blocks: int = 2,
    steps: int = 150,
    learning_rate: float = 0.002,
    normalisation: str = "none",
    seed: int = 0,
) -> Iterator[OptionsMeasurement]:
    """Trains the options one after the other; yields before the first step and after every 10
    steps.

    blocks is that of each stage, 1 ... 6. A: zeros where sizes grow and a cut where they
    shrink, the identity elsewhere. B: W ~ N(0, 1/b) where they
    change. C: such a W on every skip. C from I: the same network as C, started where it equals B.
    Branch scale 1 / sqrt(number of blocks), Adam. The seed decides the test examples and all draws.
    Raises NetworkError, at the call.
    """
    one_of("direction", direction, tuple(DIRECTIONS))
    whole_number("blocks", blocks, 1, MOST_BLOCKS)
    whole_number("steps", steps, CHUNK, 100_000)
    whole_number("seed", seed, 0, 2**31 - 1)
    real_number("learning rate", learning_rate, 0, 1)
    topologies = [option_topology(option, DIRECTIONS[direction], blocks) for option in OPTIONS]
    counts = tuple(map(count_parameters, topologies))
    settings = dict(
        sizes=DIRECTIONS[direction],
        blocks=blocks,
        learning_rate=learning_rate,
        normalisation=normalisation,
        seed=seed,
        options=OPTIONS,
        parameters=counts,
    )
    arms = [(topology, compile_option(topology, blocks, normalisation)) for topology in topologies]
    return _measure(arms, settings, steps)


def _measure(arms, settings, steps):
    # One option after the other and not side by side: the memory of five would be too much.
    point = np.minimum(np.arange(CHUNK, steps + CHUNK, CHUNK), steps)
    losses, errors = (
        np.full((len(OPTIONS), SEEDS, len(point)), np.nan),
        np.full((len(OPTIONS), SEEDS), np.nan),
    )
    yield OptionsMeasurement(**settings, step=point, losses=losses, errors=errors)
    seed, options = (
        settings["seed"],
        dict(learning_rates=[settings["learning_rate"]], steps=steps, chunk=CHUNK),
    )
    train_data, test_data = examples(seed)
    keys = jax.random.split(jax.random.key(seed), SEEDS)
    for row, (topology, compiled) in enumerate(arms):
        start = initial_classifiers(OPTIONS[row], topology, seed)
        for run in train(cross_entropy, start, compiled, train_data, keys, **options):
            if run.step == 0:
                continue
            column = (run.step - 1) // CHUNK
            losses, errors = losses.copy(), errors.copy()
            losses[row, :, column] = np.where(
                run.diverged[0], np.inf, run.losses[0][:, column * CHUNK :].mean(1)
            )
            errors[row] = _test_errors(run.parameters, compiled, *test_data)
            yield OptionsMeasurement(**settings, step=point, losses=losses, errors=errors)


def option_topology(option: str, sizes: tuple[int, ...], blocks: int) -> Topology:
    """Three stages of `blocks` blocks. A first stage of another size than the input begins with
    a layer without a skip.
    """
    widths = [PIXELS] if sizes[0] == PIXELS else [PIXELS, sizes[0]]
    skips = []
    for size in np.repeat(sizes, blocks).tolist():
        start = len(widths) - 1
        shortcut = {"A": "pad", "B": "identity" if widths[-1] == size else "projection"}.get(
            option, "projection"
        )
        skips.append(Skip(start, start + SPAN, shortcut))
        widths += [size] * SPAN
    return Topology(len(widths) - 1, () if option == "no skip" else tuple(skips), tuple(widths))


def compile_option(topology: Topology, blocks: int, normalisation: str):
    """Statistics of a batch are differentiated through, as in training they must be."""
    return compile_topology(
        topology,
        PIXELS,
        max_depth=MAX_DEPTH,
        branch_scale=(3 * blocks) ** -0.5,
        normalisation=normalisation,
        post_norm=None,
        constant_statistics=False,
    )


def projection_sizes(topology: Topology) -> list[tuple[int, int]]:
    """Sizes (a, b) of the W of every projecting skip."""
    return [
        (topology.widths[s.start], topology.widths[s.stop])
        for s in topology.skips
        if s.shortcut == "projection"
    ]


def count_parameters(topology: Topology) -> int:
    """Weights and biases of the layers, entries of W, and the readout."""
    layers = sum(a * b + b for a, b in pairwise(topology.widths))
    return (
        layers + sum(a * b for a, b in projection_sizes(topology)) + topology.widths[-1] * CLASSES
    )


def initial_classifiers(option: str, topology: Topology, seed: int) -> Classifier:
    """One network per seed, every array (SEEDS, ...)."""
    widths = np.pad(
        np.array(topology.widths, np.int32), (0, MAX_DEPTH - topology.depth), constant_values=1
    )
    classifiers = _draw(np.uint32(seed), widths)
    rng = np.random.default_rng((seed, 1))  # digits are split by another stream
    projections = np.zeros((SEEDS, PROJECTIONS, PIXELS, PIXELS), np.float32)
    for projection, (a, b) in enumerate(projection_sizes(topology)):
        kind = "identity" if option == FROM_IDENTITY and a == b else "Gaussian"
        projections[:, projection, :a, :b] = draw_shortcuts(kind, rng, a, b, SEEDS)
    return classifiers._replace(
        network=classifiers.network._replace(projections=jnp.asarray(projections))
    )


@jax.jit
def _draw(seed, widths):
    keys = jax.random.split(jax.random.fold_in(jax.random.key(seed), 1), SEEDS)
    return jax.vmap(
        lambda key: init_classifier(
            key, widths, width=PIXELS, max_depth=MAX_DEPTH, projection_count=PROJECTIONS
        )
    )(keys)


def examples(seed: int) -> tuple[Examples, tuple[np.ndarray, np.ndarray]]:
    """Training and test digits whose pixels are 0 or more: a first ReLU then takes nothing away."""
    split = digits(seed)
    darkest = split.train_inputs.min()
    train_inputs, test_inputs = split.train_inputs - darkest, split.test_inputs - darkest
    size = np.sqrt((train_inputs**2).mean())
    count = np.int32(len(split.train_labels))
    return Examples(train_inputs / size, split.train_labels, count), (
        test_inputs / size,
        split.test_labels,
    )


@jax.jit
def _test_errors(classifiers, compiled, inputs, labels):
    [errors] = jax.vmap(
        jax.vmap(lambda classifier: error_rate(classifier, compiled, inputs, labels))
    )(classifiers)
    return errors
