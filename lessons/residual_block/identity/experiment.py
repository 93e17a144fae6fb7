"""Is the identity hard to learn? Plain and residual networks train on y = x, on y = x + 0.3 |x| and
on y = -x.

A network of width 2d gets x in R^d as h_0 = (x, -x) and answers with the first d units of h_L.
Layers see relu(h_0) alone: from (x, 0) a plain network could not tell what x is where it is
negative, while a skip would carry it. From (x, -x) a plain network has an exact solution at every
depth, x = relu(x) - relu(-x) at each layer, so that the question is ease, not possibility (He et
al., 2015, arXiv:1512.03385, section 3.1). The same holds for the other two targets: |x| = relu(x) +
relu(-x).
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ...errors import NetworkError, one_of, whole_number
from ...network.arrays import Array
from ...network.compiled_topology import WITHOUT_NORMS, CompiledTopology, compile_topology
from ...network.forward_sweep import padded
from ...network.gradients import forward
from ...network.network import Parameters, draw, scale_draws
from ...network.side_by_side import side_by_side
from ...network.topology import Topology
from ...network.training import train
from .measurement import IdentityMeasurement

DEEPEST, WIDEST = 32, 64
# The first that is wide enough: a network of 32 units trains in half the time that it takes with 64
# of which half are 0.
PADDED = 32, WIDEST
BATCH, HELD_OUT = 32, 256
SEEDS, CHUNK = 3, 10
LEARNING_RATES = (
    0.001,
    0.004,
    0.016,
)  # from 0.0003 to 0.03, deep plain and residual stacks do best here
# still trainable: with one layer per branch, W = 0 has a gradient
FROM_ZERO = "residual, last layer at zero"
# "rigged": the plain network whose initial weights carry the 1 / sqrt(depth) that a residual branch
# needs.
ARMS = ("plain", "residual", FROM_ZERO, "rigged")
TARGETS = {"identity": (1, 0), "bend": (1, 0.3), "mirror": (-1, 0)}  # slope and bend of the Task
# A smaller error is 0 but for rounding: XLA may compute x once more for the target, and then its
# last digit differs.
EXACT = float(np.finfo(np.float32).eps) ** 2


class Task(NamedTuple):
    """y = slope x + bend |x|, entry by entry, with x ~ N(0, I_d)."""

    inputs: Array  # d
    slope: Array
    bend: Array


def measure_identity(
    depth: int = 8,
    width: int = 32,
    steps: int = 300,
    target: str = "identity",
    seed: int = 0,
    arms: Sequence[str] = ARMS[:3],
) -> Iterator[IdentityMeasurement]:
    """Trains the arms side by side; yields what is known before the first step and after every 10
    steps.

    depth is 1 ... 32, width an even number 4 ... 64. All arms: Adam, He's initialisation (He et
    al., 2015, arXiv:1502.01852) from the same draws, the same batches, learning rates and steps.
    Residual arms: span 1, branch scale 1 / sqrt(depth). To cancel, stop asking. Raises
    NetworkError, at the call.
    """
    _check(depth, width, target, arms)
    key, task = jax.random.key(whole_number("seed", seed, 0, 2**31 - 1)), _task(width, target)
    compiled_topologies = [_compiled(arm, depth, width) for arm in arms]
    drawn = _cut(_he_networks(np.uint32(seed), compiled_topologies[0].widths), width)
    keys = jax.random.split(jax.random.fold_in(key, 1), SEEDS)
    options = dict(learning_rates=LEARNING_RATES, steps=steps, chunk=CHUNK)
    started = [_initial(drawn, arm, depth) for arm in arms]
    runs = [
        train(loss, p, compiled, task, keys, **options)
        for p, compiled in zip(started, compiled_topologies, strict=True)
    ]
    held_out = [
        partial(_errors_of, compiled=compiled, task=task, key=key)
        for compiled in compiled_topologies
    ]
    settings = dict(depth=depth, width=width, steps=steps, target=target, seed=seed)
    settings |= dict(arms=tuple(arms), learning_rates=LEARNING_RATES)
    return _measure(started, runs, held_out, settings)


def _measure(started, runs, held_out, settings):
    # Before the first step all learning rates have the same networks, and no optimiser needs to be
    # set up for them.
    first = side_by_side(
        lambda errors_of, p: errors_of(jax.tree.map(lambda p: p[None], p)), held_out, started
    )
    step, errors = [0], [np.repeat(first, len(LEARNING_RATES), axis=1)]
    yield IdentityMeasurement(**settings, step=np.array(step), errors=np.stack(errors, -1))
    for together in zip(*(islice(run, 1, None) for run in runs), strict=True):
        step.append(together[0].step)
        found = [
            errors_of(run.parameters) for errors_of, run in zip(held_out, together, strict=True)
        ]
        errors.append(np.where([run.diverged for run in together], np.inf, found))
        yield IdentityMeasurement(**settings, step=np.array(step), errors=np.stack(errors, -1))


def _errors_of(parameters, compiled, task, key):
    found = np.asarray(_held_out_errors(parameters, compiled, task, key))
    return np.where(np.isfinite(found), np.where(found < EXACT, 0, found), np.inf)


def relative_error(
    parameters: Parameters, depth: int, width: int, target="identity", arm="plain", seed=0
) -> float:
    """E|f(x) - y|^2 / E|x|^2 of one network on the inputs that `measure_identity` holds out."""
    _check(depth, width, target, [arm])
    alone, compiled = (
        jax.tree.map(lambda p: jnp.asarray(p)[None, None], parameters),
        _compiled(arm, depth, width),
    )
    return float(
        _held_out_errors(alone, compiled, _task(width, target), jax.random.key(seed))[0, 0]
    )


def exact_plain_parameters(depth: int, width: int) -> Parameters:
    """A plain network that is the identity on all of R^(width / 2): every state is (x, -x).

    W_l = [[I, -I], [-I, I]] takes relu(x, -x) to (x, -x), since x = relu(x) - relu(-x); no bias.
    """
    _check(depth, width, "identity", ["plain"])
    weights = np.zeros((DEEPEST, WIDEST, WIDEST), np.float32)
    weights[:depth, :width, :width] = np.kron([[1, -1], [-1, 1]], np.eye(width // 2))
    return Parameters(
        weights, np.zeros((DEEPEST, WIDEST), np.float32), np.zeros((1, WIDEST, WIDEST), np.float32)
    )


@jax.jit
def _he_networks(seed, widths):
    """The networks that all arms start from, one per seed: every array (SEEDS, ...)."""
    keys = jax.random.split(jax.random.fold_in(jax.random.key(seed), 2), SEEDS)
    return jax.vmap(lambda key: scale_draws(draw(key, width=WIDEST, max_depth=DEEPEST), widths))(
        keys
    )


def _cut(parameters, width):
    """The rows and columns of a network of this width, and the zeros that it is padded with."""
    size = padded(width, PADDED)
    weights, biases, projections = map(np.asarray, parameters)
    return Parameters(
        weights[..., :size, :size], biases[..., :size], projections[..., :size, :size]
    )


def _initial(drawn, arm, depth):
    factor = {FROM_ZERO: 0.0, "rigged": depth**-0.5}.get(arm, 1.0)
    return jax.tree.map(lambda p: p * np.float32(factor), drawn)


def _check(depth, width, target, arms):
    whole_number("depth", depth, 1, DEEPEST)
    if whole_number("width", width, 4, WIDEST) % 2:
        raise NetworkError(f"width must be even, since every input takes two units, got {width}.")
    one_of("target", target, tuple(TARGETS))
    for arm in arms or [None]:
        one_of("arm", arm, ARMS)


def _compiled(arm: str, depth: int, width: int) -> CompiledTopology:
    topology = Topology.plain(depth) if arm in ("plain", "rigged") else Topology.residual(depth)
    settings = dict(max_depth=DEEPEST, branch_scale=depth**-0.5)
    return compile_topology(topology, width, **settings, **WITHOUT_NORMS)


def _task(width: int, target: str) -> Task:
    factor, offset = TARGETS[target]
    return Task(np.int32(width // 2), np.float32(factor), np.float32(offset))


def _error(parameters, compiled, task, key, batch):
    """The relative squared error of one network on a batch of inputs that the key draws."""
    size = parameters.weights.shape[-1]
    inside = (jnp.arange(size) < task.inputs).astype(jnp.float32)[None, :]
    # Drawn in one size, so that the padding does not choose the inputs.
    x = jax.random.normal(key, (batch, WIDEST), jnp.float32)[:, :size] * inside
    y = task.slope * x + task.bend * jnp.abs(x)
    outputs = forward(parameters, compiled, x - jnp.roll(x, task.inputs, axis=1))  # h_0 = (x, -x)
    return ((outputs * inside - y) ** 2).sum() / (x**2).sum()


def loss(parameters: Parameters, compiled: CompiledTopology, task: Task, key: Array) -> Array:
    """The error that training reduces, on a fresh batch at every step."""
    return _error(parameters, compiled, task, key, BATCH)


@jax.jit
def _held_out_errors(parameters, compiled, task, key):
    # A key of no training batch: theirs are folded in twice.
    return jax.vmap(jax.vmap(lambda p: _error(p, compiled, task, key, HELD_OUT)))(parameters)
