"""What the arms of lesson 6 learn: digits, and functions that another network made, as shallow or
deep as wanted.

Both have 16 inputs and 10 outputs, so that an arm is the same networks for every task.
"""

from typing import NamedTuple

import numpy as np

from ..errors import one_of, real_number, whole_number
from ..network.datasets import CLASSES, digits, principal_components
from .architectures import INPUTS, OUTPUTS

TASKS = ("digits", "teacher")
MOST_DIGITS, MOST_EXAMPLES = 1000, 20_000
VALIDATION_EXAMPLES, TEST_EXAMPLES = 297, 500
DEEPEST_TEACHER, TEACHER_WIDTH, TEACHER_GAIN = 6, 8, 2.0
MOST_NOISE = 0.6


class Part(NamedTuple):
    """Inputs (seeds, examples, INPUTS) and targets (seeds, examples, OUTPUTS), float32."""

    inputs: np.ndarray
    targets: np.ndarray


class Task(NamedTuple):
    """One training set per seed, and what the networks are judged by. Only training targets are
    noisy.
    """

    training: Part
    validation: Part  # picks learning rate and stopping time
    test: Part  # is reported

    @property
    def scale(self) -> np.ndarray:
        """Mean squared error of the best constant answer on the test examples, (seeds,)."""
        return self.test.targets.var(1).sum(-1)


def draw_task(
    name: str, depth: int, examples: int, noise: float, seeds, same_target: bool = False
) -> Task:
    """A task with a training set for every seed; with `same_target` all of them share the test set,
    and the teacher.

    Digits: their first 16 principal components; the targets are 1 for the class and 0 for the
    others; `noise` is the part of the training labels that are wrong. Teacher: x ~ N(0, I), y that
    of a random network with `depth` hidden layers, and noise ~ N(0, noise^2) added to training
    targets of variance 1. Raises NetworkError.
    """
    check_task(name, depth, examples, noise)
    one = _teacher_set if name == "teacher" else _digit_set
    sets = [one(depth, examples, noise, seed, seeds[0] if same_target else seed) for seed in seeds]
    return Task(
        *(
            Part(*(np.stack(arrays) for arrays in zip(*parts, strict=True)))
            for parts in zip(*sets, strict=True)
        )
    )


def check_task(name: str, depth: int, examples: int, noise: float) -> None:
    """NetworkError for a task that cannot be drawn."""
    one_of("task", name, TASKS)
    whole_number("teacher depth", depth, 1, DEEPEST_TEACHER)
    whole_number("examples", examples, 1, most_examples(name))
    real_number("noise", noise, 0, MOST_NOISE)


def most_examples(name: str) -> int:
    """How many a training set may have."""
    return MOST_DIGITS if name == "digits" else MOST_EXAMPLES


def _digit_set(depth, examples, noise, seed, split_seed):
    split = digits(split_seed)
    kept = VALIDATION_EXAMPLES
    rng = np.random.default_rng([seed, 3])
    chosen = kept + rng.permutation(len(split.train_labels) - kept)[:examples]
    wrong = rng.random(examples) < noise
    labels = (
        split.train_labels[chosen] + np.where(wrong, rng.integers(1, CLASSES, examples), 0)
    ) % CLASSES
    reduced = principal_components(split.train_inputs, INPUTS)

    def part(inputs, labels):
        return reduced(inputs), np.eye(OUTPUTS, dtype=np.float32)[labels]

    validation = part(split.train_inputs[:kept], split.train_labels[:kept])
    return (
        part(split.train_inputs[chosen], labels),
        validation,
        part(split.test_inputs, split.test_labels),
    )


def _teacher_set(depth, examples, noise, seed, teacher_seed):
    teach = draw_teacher(depth, teacher_seed)
    rng, fixed = np.random.default_rng([seed, 4]), np.random.default_rng([teacher_seed, 5])

    def part(rng, count):
        inputs = rng.standard_normal((count, INPUTS), np.float32)
        return inputs, teach(inputs)

    inputs, targets = part(rng, examples)
    noisy = targets + np.float32(noise) * rng.standard_normal(targets.shape, np.float32)
    return (inputs, noisy), part(fixed, VALIDATION_EXAMPLES), part(fixed, TEST_EXAMPLES)


def draw_teacher(depth: int, seed: int):
    """A random function of 16 inputs: z = x A, then `depth` times z = tanh(2 z W + b), then 10
    outputs of mean 0, variance 1.

    z has 8 units; A, W, b and the readout are normal, of variance 1 / fan_in (b: 1/4). Weights of
    gain 2 keep tanh bent: each layer folds what the one before made, and a deeper teacher begins
    with the layers of a shallower one.
    """
    rng = np.random.default_rng([seed, 6])

    def drawn(fan_in, fan_out):
        return rng.standard_normal((fan_in, fan_out), np.float32) / np.float32(np.sqrt(fan_in))

    first, last = drawn(INPUTS, TEACHER_WIDTH), drawn(TEACHER_WIDTH, OUTPUTS)
    layers = [
        (drawn(TEACHER_WIDTH, TEACHER_WIDTH), drawn(4, TEACHER_WIDTH)[0]) for _ in range(depth)
    ]

    def raw(inputs):
        z = inputs @ first
        for weights, bias in layers:
            z = np.tanh(np.float32(TEACHER_GAIN) * (z @ weights) + bias)
        return z @ last

    sample = raw(rng.standard_normal((2000, INPUTS), np.float32))
    mean, deviation = sample.mean(0), sample.std(0)
    return lambda inputs: (raw(inputs) - mean) / deviation
