"""Every path of a residual network of at most five blocks, one by one."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from ...errors import one_of, real_number, whole_number
from ...network.classifiers import Classifier
from ...network.compiled_topology import WITHOUT_NORMS, CompiledTopology
from ...network.digit_networks import compile_digit_topology, components, initial
from ...network.gradients import state_gradients, step_jacobians
from ...network.network import propagate
from ...network.topology import Topology
from .measurement import EVERY_LENGTH, UnraveledMeasurement

MOST_BLOCKS = 5
EXAMPLES = 64
HIGHLIGHTS = (EVERY_LENGTH, *map(str, range(MOST_BLOCKS + 1)))


def measure_unraveled(
    blocks: int = 3,
    branch_scale: float = 1.0,
    highlight: str = EVERY_LENGTH,
    example: int = 0,
    seed: int = 0,
    **deleted: bool,
) -> UnraveledMeasurement:
    """Path gradients of an untrained network, blocks of one layer each, at one test image.

    deleted: delete_1 ... delete_5, true where the branch of that block is taken out; its skip
    stays. Deletions of blocks that are not there count for nothing. Raises LearnerError.
    """
    blocks = whole_number("blocks", blocks, 1, MOST_BLOCKS)
    one_of("highlight", highlight, HIGHLIGHTS)
    for name in deleted:
        one_of("deletion", name, tuple(f"delete_{block}" for block in range(1, MOST_BLOCKS + 1)))
    gone = tuple(bool(deleted.get(f"delete_{block}", False)) for block in range(1, blocks + 1))
    scale = real_number("branch scale", branch_scale, 0, 2)
    topology = Topology.residual(blocks)
    compiled = compile_digit_topology(topology, branch_scale=scale, **WITHOUT_NORMS)
    kept = np.ones(len(compiled.scales), np.float32)
    kept[1 : blocks + 1] -= gone
    compiled = compiled._replace(scales=compiled.scales * kept)
    example = whole_number("example", example, 0, EXAMPLES - 1)
    passes = all_passes(blocks)
    # Padded, so that another number of blocks compiles nothing.
    padded = np.zeros((2**MOST_BLOCKS, MOST_BLOCKS), bool)
    padded[: len(passes), :blocks] = passes
    norms, by_length, norm, difference = jax.device_get(
        _paths(
            initial(seed),
            compiled,
            components().test_inputs[example][None],
            padded,
            np.int32(len(passes)),
        )
    )
    return UnraveledMeasurement(
        deleted=gone,
        passes=passes,
        norms=norms[: len(passes)],
        length_norms=by_length[: blocks + 1],
        gradient_norm=float(norm),
        difference=float(difference),
        highlight=highlight,
    )


def all_passes(blocks: int) -> np.ndarray:
    """Which blocks each of the 2^n paths passes, (paths, blocks), shortest paths first."""
    passes = (np.arange(2**blocks)[:, None] >> np.arange(blocks) & 1).astype(bool)
    return passes[np.argsort(passes.sum(1), kind="stable")]


@jax.jit
def _paths(classifier: Classifier, compiled: CompiledTopology, inputs, passes, count):
    """Norm of each path's gradient; of their sum by length; of the network's gradient; and of
    the difference.
    """
    states = propagate(classifier.network, compiled, inputs)
    steps = step_jacobians(classifier.network, compiled, states, jnp.int32(0))
    gradients = jnp.broadcast_to(
        classifier.readout.T[None], (len(passes), *classifier.readout.T.shape)
    )
    for block in reversed(range(MOST_BLOCKS)):
        through = gradients @ steps.branch[block]
        gradients = jnp.where(passes[:, block, None, None], through, gradients)
    gradients = gradients * (jnp.arange(len(passes)) < count)[:, None, None].astype(gradients.dtype)
    by_length = (
        jnp.zeros((MOST_BLOCKS + 1, *gradients.shape[1:]), gradients.dtype)
        .at[passes.sum(1)]
        .add(gradients)
    )
    own = jax.vmap(partial(_input_gradient, classifier.network, compiled, inputs))(
        classifier.readout.T
    )
    return [_norm(sums) for sums in (gradients, by_length, own, gradients.sum(0) - own)]


def _input_gradient(network, compiled, inputs, readout):
    return state_gradients(network, compiled, inputs, readout)[1][0, 0]


def _norm(gradients):
    return jnp.sqrt((gradients**2).sum((-2, -1)))
