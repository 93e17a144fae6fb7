"""Arms on a task: what lesson 6's live panel and its grid share. Learning rate and stopping time
are picked alike for all arms.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ..network.datasets import Examples
from .architectures import Arm
from .ensembles import (
    Runs,
    Weights,
    advance,
    all_answers,
    begin,
    everywhere,
    kind_of,
    lay_out,
)
from .learning_tasks import MOST_EXAMPLES, Part, Task

LEARNING_RATES = (0.003, 0.01, 0.03)
SEEDS = 5


class Scores(NamedTuple):
    """Squared errors after some steps, relative to the best constant answer; inf where a run has
    diverged.
    """

    error: np.ndarray  # of the members' mean, (rates, seeds)
    member_error: np.ndarray  # of one member, their mean, (rates, seeds)
    # part of the examples whose largest output is another than the target's, (rates, seeds)
    wrong: np.ndarray
    # error of the members' mean on the examples that pick rate and time, (rates, seeds)
    validation: np.ndarray
    # of the mean of all seeds' answers, (rates,); has a meaning where they share a target
    mean_error: np.ndarray


def padded_examples(part: Part) -> Examples:
    """Filled up with zeros to the most examples that any task has."""
    count = part.inputs.shape[1]
    room = ((0, 0), (0, MOST_EXAMPLES - count), (0, 0))
    return Examples(np.pad(part.inputs, room), np.pad(part.targets, room), np.int32(count))


def contest(
    arm: Arm,
    task: Task,
    seeds: Sequence[int],
    stops: Sequence[int],
    rates: Sequence[float] = LEARNING_RATES,
    devices=None,
) -> Iterator[Scores]:
    """Trains one arm with every learning rate on every seed's training set; yields its scores at
    the stops, in steps.
    """
    return (scores for _, scores in training(arm, task, seeds, stops, rates, devices))


def training(
    arm: Arm,
    task: Task,
    seeds: Sequence[int],
    stops: Sequence[int],
    rates: Sequence[float] = LEARNING_RATES,
    devices=None,
) -> Iterator[tuple[Weights, Scores]]:
    """The same with the weights, (runs, ...), the rates outermost."""
    runs = lay_out(rates, seeds, devices)
    examples = everywhere(runs, padded_examples(task.training))
    kind, state, taken = kind_of(arm), begin(arm, runs, seeds), 0
    for stop in stops:
        state = advance(kind, state, runs, examples, taken, stop - taken)
        taken = stop
        yield state.weights, _scores(kind, state.weights, runs, task, (len(rates), len(seeds)))


def _scores(kind, weights, runs: Runs, task: Task, shape) -> Scores:
    used = shape[0] * shape[1]  # the rest are copies, one per device without a run of its own
    inputs = everywhere(runs, np.concatenate([task.test.inputs, task.validation.inputs], 1))
    found = np.asarray(all_answers(kind, weights, runs, inputs))[:used].astype(np.float64)
    found = found.reshape(*shape, *found.shape[1:])
    found = np.where(np.isfinite(found), found, np.inf)
    split = task.test.inputs.shape[1]
    tested, validated = found[:, :, :, :split], found[:, :, :, split:]
    with np.errstate(invalid="ignore"):  # inf - inf
        mean = tested.mean(2)
        scores = Scores(
            squared(mean, task.test.targets) / task.scale,
            squared(tested, task.test.targets[:, None]).mean(2) / task.scale,
            (mean.argmax(-1) != task.test.targets.argmax(-1)).mean(-1),
            squared(validated.mean(2), task.validation.targets) / task.scale,
            squared(mean.mean(1), task.test.targets[0]) / task.scale[0],
        )
    return Scores(*(np.where(np.isnan(score), np.inf, score) for score in scores))


def squared(answers: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Mean squared distance over the examples, which lie along the last axis but one."""
    return ((answers - targets) ** 2).sum(-1).mean(-1)


def pick(validation: np.ndarray) -> tuple[int, int]:
    """The stop and the rate of least mean error over the seeds, of errors (stops, rates, seeds)."""
    middle = validation.mean(-1)
    stop, rate = np.unravel_index(np.argmin(middle), middle.shape)
    return int(stop), int(rate)
