"""The effective depth s of lesson 6's deep arm, before and after training.

    python -m reproduce.trained_effective_depth [seeds]

Thirty seeds; two minutes on two cores.

s = sum p_l is the mean length of the paths that the signal takes
(lessons.network.path_sums.signal_lengths), over the 500 test inputs. Beside it the mean length of
the squared gradient's single paths, added up exactly (lessons.network.path_sums.path_sums), at the
first eight of them. Teachers with 4 and with 1 hidden layer, 5000 examples, 1000 steps, the
learning rate picked as in the panels; every seed has a teacher, a training set and a start of its
own.
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np

from lessons.deep_or_ensemble.architectures import DEEP_BLOCKS, DEEP_WIDTH, named
from lessons.deep_or_ensemble.ensembles import affine, begin, lay_out
from lessons.deep_or_ensemble.learning_tasks import draw_task
from lessons.deep_or_ensemble.model_selection import LEARNING_RATES, pick, training
from lessons.network.compiled_topology import compile_topology
from lessons.network.network import Parameters, propagate
from lessons.network.path_sums import mean_squares, signal_lengths
from lessons.network.topology import Topology
from lessons.paired_differences import student_interval

SEEDS, EXAMPLES, STEPS, INPUTS = 30, 5000, 1000, 8
ARM = named("deep")
LENGTHS = np.arange(DEEP_BLOCKS + 1)


@jax.jit
def _mean_lengths(weights, compiled, inputs):
    """Of the signal and of the squared gradient, of one network, (2,)."""
    network = Parameters(
        weights.blocks[:, 0, :-1], weights.blocks[:, 0, -1], jnp.zeros((1, DEEP_WIDTH, DEEP_WIDTH))
    )
    states = propagate(network, compiled, affine(inputs[None], weights.encoder)[0])
    signal = signal_lengths(network, compiled, states)
    _, squares = mean_squares(network, compiled, states[0, :INPUTS], weights.readout[0, :-1].T)
    return jnp.stack([signal @ LENGTHS, squares @ LENGTHS / squares.sum()])


def mean_lengths(weights, inputs):
    """Of every run, (runs, 2); inputs (runs, examples, 16)."""
    compiled = compile_topology(
        Topology.residual(DEEP_BLOCKS),
        DEEP_WIDTH,
        max_depth=DEEP_BLOCKS,
        branch_scale=ARM.branch_scale,
    )
    runs = zip(*jax.tree.leaves(jax.device_get(weights)), inputs, strict=True)
    return np.array([_mean_lengths(type(weights)(*leaves), compiled, x) for *leaves, x in runs])


def measure(depth, seeds):
    """Mean lengths before and after training at the best rate, each (seeds, 2), and the test
    errors, (seeds,).
    """
    task = draw_task("teacher", depth, EXAMPLES, 0.0, range(seeds))
    before = begin(ARM, lay_out((0.0,), range(seeds)), range(seeds)).weights
    [(after, scores)] = training(ARM, task, range(seeds), (STEPS,))
    _, rate = pick(scores.validation[None])
    kept = slice(rate * seeds, (rate + 1) * seeds)
    found = [
        mean_lengths(jax.tree.map(lambda leaf: leaf[part], weights), task.test.inputs)
        for weights, part in ((before, slice(seeds)), (after, kept))
    ]
    return *found, scores.error[rate], LEARNING_RATES[rate]


def main(seeds=SEEDS):
    print(
        f"{ARM.blocks} blocks of width {ARM.width}, beta = 1/sqrt({ARM.blocks}), {EXAMPLES} "
        f"examples, {STEPS} steps, {seeds} seeds"
    )
    for depth in (4, 1):
        before, after, errors, rate = measure(depth, seeds)
        print(
            f"teacher with {depth} hidden layer(s), rate {rate}, mean test error "
            f"{errors.mean():.2g}"
        )
        for column, name in enumerate(("s", "squared gradient")):
            first, last = before[:, column], after[:, column]
            low, high = student_interval(last - first)
            print(
                f"  {name:16} before {first.mean():.2f} ({first.min():.2f} to {first.max():.2f}), "
                f"after {last.mean():.2f} ({last.min():.2f} to {last.max():.2f}), change "
                f"{np.mean(last - first):+.2f} "
                f"({low:+.2f} to {high:+.2f}), lower in {(last < first).sum()} of {seeds}",
                flush=True,
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
