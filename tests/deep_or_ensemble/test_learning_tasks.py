"""What is learned: distributions, noise where it is asked for and nowhere else, and a teacher
computed a second time.
"""

import numpy as np
import pytest

from lessons.deep_or_ensemble.architectures import INPUTS, OUTPUTS
from lessons.deep_or_ensemble.learning_tasks import (
    TASKS,
    TEST_EXAMPLES,
    VALIDATION_EXAMPLES,
    draw_task,
    draw_teacher,
)
from lessons.errors import LearnerError


@pytest.mark.parametrize("name", TASKS)
def test_shapes_and_types(name):
    task = draw_task(name, 2, 60, 0.2, (3, 4))
    for part, count in zip(task, (60, VALIDATION_EXAMPLES, TEST_EXAMPLES), strict=True):
        assert part.inputs.shape == (2, count, INPUTS) and part.targets.shape == (2, count, OUTPUTS)
        assert part.inputs.dtype == part.targets.dtype == np.float32
        assert abs((part.inputs**2).mean() - 1) < 0.15


def test_no_digit_stands_in_two_parts():
    task = draw_task("digits", 1, 1000, 0.0, (1,))
    rows = [{row.tobytes() for row in part.inputs[0]} for part in task]
    assert not rows[0] & rows[1] and not rows[0] & rows[2] and not rows[1] & rows[2]


def test_label_noise_replaces_that_part_of_the_training_labels_and_no_others():
    clean, noisy = (draw_task("digits", 1, 1000, noise, (0, 1, 2)) for noise in (0.0, 0.3))
    np.testing.assert_array_equal(clean.training.inputs, noisy.training.inputs)
    wrong = (clean.training.targets.argmax(-1) != noisy.training.targets.argmax(-1)).mean()
    assert abs(wrong - 0.3) < 5 * np.sqrt(0.3 * 0.7 / 3000)
    np.testing.assert_array_equal(clean.test.targets, noisy.test.targets)
    np.testing.assert_array_equal(clean.validation.targets, noisy.validation.targets)


def test_noise_of_a_teacher_is_normal_with_that_deviation():
    clean, noisy = (draw_task("teacher", 2, 2000, noise, (0,)) for noise in (0.0, 0.5))
    noise = noisy.training.targets - clean.training.targets
    assert abs(noise.mean()) < 0.02 and noise.std() == pytest.approx(0.5, rel=0.02)
    assert ((np.abs(noise) < 0.5).mean()) == pytest.approx(0.683, abs=0.02)
    np.testing.assert_array_equal(clean.test.targets, noisy.test.targets)


def test_seeds_have_other_targets_unless_asked_to_share_one():
    own, shared = (
        draw_task("teacher", 2, 50, 0.0, (0, 1), same_target) for same_target in (False, True)
    )
    assert not np.array_equal(own.test.inputs[0], own.test.inputs[1])
    np.testing.assert_array_equal(shared.test.targets[0], shared.test.targets[1])
    assert not np.array_equal(shared.training.inputs[0], shared.training.inputs[1])
    np.testing.assert_allclose(
        shared.training.targets[1], draw_teacher(2, 0)(shared.training.inputs[1])
    )


@pytest.mark.parametrize("depth", [1, 4, 6])
def test_the_teacher_is_the_network_that_is_described(depth, rng):
    """Drawn and computed again, one unit after the other; its outputs are those up to a shift
    and a scale per output.
    """
    numbers = np.random.default_rng([9, 6])
    first, last = (
        numbers.standard_normal((INPUTS, 8), np.float32) / 4,
        numbers.standard_normal((8, OUTPUTS), np.float32) / np.sqrt(8),
    )
    x = rng.standard_normal((300, INPUTS), np.float32)
    z = x @ first
    for _ in range(depth):
        weights = numbers.standard_normal((8, 8), np.float32) / np.sqrt(8)
        bias = numbers.standard_normal((4, 8), np.float32)[0] / 2
        z = np.stack(
            [
                np.tanh(sum(2 * z[:, i] * weights[i, j] for i in range(8)) + bias[j])
                for j in range(8)
            ],
            1,
        )
    raw, found = z @ last, draw_teacher(depth, 9)(x)
    for output in range(OUTPUTS):
        assert np.corrcoef(raw[:, output], found[:, output])[0, 1] > 0.9999


def test_a_teacher_has_outputs_of_mean_zero_and_variance_one():
    found = draw_teacher(4, 2)(np.random.default_rng(0).standard_normal((4000, INPUTS), np.float32))
    np.testing.assert_allclose(found.mean(0), 0, atol=0.1)
    np.testing.assert_allclose(found.std(0), 1, atol=0.1)


def test_the_scale_is_what_the_best_constant_answer_scores():
    task = draw_task("digits", 1, 50, 0.0, (0,))
    targets = task.test.targets[0].astype(np.float64)
    constants = [
        ((targets - (targets.mean(0) + shift)) ** 2).sum(1).mean() for shift in (-0.01, 0, 0.01)
    ]
    assert task.scale[0] == pytest.approx(min(constants), rel=1e-5)
    assert min(constants) == constants[1]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (("letters", 1, 50, 0.0), "task must be one of digits, teacher, got 'letters'."),
        (("teacher", 0, 50, 0.0), "teacher depth must be between 1 and 6, got 0."),
        (("digits", 1, 1001, 0.0), "examples must be between 1 and 1000, got 1001."),
        (("teacher", 1, 0, 0.0), "examples must be between 1 and 20000, got 0."),
        (("teacher", 1, 50, float("nan")), "noise must be finite, got nan."),
    ],
)
def test_impossible_tasks_are_refused(values, message):
    with pytest.raises(LearnerError) as caught:
        draw_task(*values, (0,))
    assert str(caught.value) == message
