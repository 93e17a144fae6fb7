"""Four networks of twelve blocks learn the digits; then blocks are deleted and change places."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import jax
import numpy as np

from ...errors import one_of, real_number, whole_number
from ...network.classifiers import Classifier, cross_entropy
from ...network.compiled_topology import CompiledTopology
from ...network.digit_networks import compile_digit_topology, components, initial
from ...network.network import propagate
from ...network.path_sums import signal_lengths
from ...network.topology import Topology
from ...network.training import train
from ..lesions import (
    Lesions,
    deletion,
    lesion_errors,
    random_deletions,
    random_orders,
    single_deletions,
)
from .measurement import LesionMeasurement, LesionTables

BLOCKS = 12
CHOICES = 20
TAUS = np.round(np.arange(1.0, -0.01, -0.1), 1)
STEPS, CHUNK = 300, 20
LEARNING_RATES = (0.001, 0.003, 0.01)


class Trained(NamedTuple):
    """Four networks, in the order of measurement.KINDS, and what does not hang on the
    lesion asked for.
    """

    step: int
    networks: list[Classifier]
    intact: np.ndarray
    effective_depths: np.ndarray
    tables: LesionTables | None


class LesionExperiment:
    """Remembers the networks it has trained, so that a lesion needs no training. One for each
    panel.
    """

    def __init__(self):
        self._trained = {}

    def measure(
        self, seed: int = 0, deleted: int = 2, tau: float = 0.8, **gone: bool
    ) -> Iterator[LesionMeasurement]:
        """Yields what is known of the networks of this seed, then trains them if they are not yet
        trained.

        gone: gone_1 ... gone_12, true for a block that is taken out. Adam, the best of three
        learning rates for each network by its training loss. Raises LearnerError, at the call.
        """
        seed = whole_number("seed", seed, 0, 2**31 - 1)
        for name in gone:
            one_of("block", name, tuple(f"gone_{block}" for block in range(1, BLOCKS + 1)))
        blocks = tuple(block for block in range(1, BLOCKS + 1) if gone.get(f"gone_{block}"))
        deleted, tau = (
            whole_number("deleted", deleted, 0, BLOCKS - 1),
            real_number("Kendall's τ", tau, 0, 1),
        )
        return self._measure(seed, dict(gone=blocks, deleted=deleted, tau=tau))

    def has_trained(self, seed: int) -> bool:
        """Whether training has begun for this seed."""
        return seed in self._trained and self._trained[seed].step > 0

    def _measure(self, seed, asked):
        if seed not in self._trained:
            self._trained[seed] = _examined(0, [initial(seed)] * len(compiled_topologies()), seed)
        yield _lesioned(self._trained[seed], asked)
        if self._trained[seed].tables is not None:
            return
        for step, networks in _training(seed):
            # A run that was stopped starts again: what it has learned so far is kept to be looked
            # at.
            self._trained[seed] = _examined(step, networks, seed)
            yield _lesioned(self._trained[seed], asked)


@cache
def compiled_topologies() -> tuple[CompiledTopology, ...]:
    """In the order of measurement.KINDS; made when they are asked for, since importing a lesson
    computes nothing.
    """
    residual = Topology.residual(BLOCKS)
    settings = (dict(), dict(branch_scale=BLOCKS**-0.5), dict(normalisation="rms"))
    networks = (Topology.plain(BLOCKS), {}), *((residual, setting) for setting in settings)
    return tuple(
        compile_digit_topology(topology, post_norm=None, **setting)
        for topology, setting in networks
    )


def _training(seed):
    """(step, networks) while all kinds train side by side."""
    one = jax.tree.map(lambda p: p[None], initial(seed))
    keys = jax.random.split(jax.random.key(seed), 1)
    options = dict(learning_rates=LEARNING_RATES, steps=STEPS, chunk=CHUNK)
    runs = [
        train(cross_entropy, one, compiled, components().training, keys, **options)
        for compiled in compiled_topologies()
    ]
    for together in zip(*runs, strict=True):
        if together[0].step:
            yield together[0].step, [_best(progress) for progress in together]


def _best(progress) -> Classifier:
    """The network of the learning rate whose training loss was lowest lately: the test set has
    no say.
    """
    late = np.nan_to_num(progress.losses[:, 0, -CHUNK:], nan=np.inf).mean(1)
    return jax.tree.map(lambda p: p[late.argmin(), 0], progress.parameters)


def _examined(step, networks, seed):
    depths = [
        _effective_depth(network.network, compiled)
        for network, compiled in zip(networks, compiled_topologies(), strict=True)
    ]
    tables = _tables(networks, seed) if step == STEPS else None
    return Trained(
        step, networks, _errors(networks, deletion(BLOCKS, ()))[:, 0], np.array(depths), tables
    )


def _lesioned(trained, asked):
    """The networks with the chosen blocks deleted."""
    gone = [block - 1 for block in asked["gone"]]
    chosen = _errors(trained.networks, deletion(BLOCKS, gone))[:, 0] if gone else trained.intact
    found = dict(intact=trained.intact, chosen=chosen, effective_depths=trained.effective_depths)
    return LesionMeasurement(
        step=trained.step,
        steps=STEPS,
        blocks=BLOCKS,
        **found,
        taus=TAUS,
        tables=trained.tables,
        **asked,
    )


def _tables(networks, seed):
    deletions = _errors(networks, random_deletions(BLOCKS, CHOICES, seed)).reshape(
        -1, BLOCKS, CHOICES
    )
    orders = _errors(networks, random_orders(BLOCKS, TAUS, CHOICES, seed)).reshape(
        -1, len(TAUS), CHOICES
    )
    return LesionTables(_errors(networks, single_deletions(BLOCKS)), deletions, orders)


def _errors(networks, lesions: Lesions) -> np.ndarray:
    """(kinds, lesions)."""
    test = components()
    pairs = zip(networks, compiled_topologies(), strict=True)
    found = [
        lesion_errors(network, compiled, lesions, test.test_inputs, test.test_labels)
        for network, compiled in pairs
    ]
    return np.stack(found).astype(np.float64)


def _effective_depth(network, compiled):
    lengths = np.asarray(_lengths(network, compiled, components().test_inputs[:64]), np.float64)
    return float(lengths @ np.arange(len(lengths)))


@jax.jit
def _lengths(network, compiled, inputs):
    return signal_lengths(network, compiled, propagate(network, compiled, inputs))
