"""Arms side by side: the ambiguity identity from raw answers, picks, sentences, and a run that
is given up.
"""

from dataclasses import replace

import jax
import numpy as np
import pytest

from lessons.deep_or_ensemble.architectures import NAMES, named
from lessons.deep_or_ensemble.bias_variance import experiment as bias_variance
from lessons.deep_or_ensemble.bias_variance.experiment import measure_bias_variance
from lessons.deep_or_ensemble.bias_variance.measurement import BiasVarianceMeasurement
from lessons.deep_or_ensemble.ensembles import all_answers, begin, kind_of, lay_out
from lessons.deep_or_ensemble.learning_tasks import draw_task
from lessons.deep_or_ensemble.model_selection import pick, squared, training
from lessons.errors import LearnerError
from tests.panels import compilations

pytestmark = pytest.mark.usefixtures("unoptimised")  # for runs of 10 to 20 steps

SEEDS = (0, 1)


@pytest.fixture(scope="module")
def small_run():
    """Two stops of one small ensemble, and its members' answers at the last."""
    task = draw_task("teacher", 1, 100, 0.0, SEEDS, same_target=True)
    rates = (0.003, 0.03)
    found = list(training(named("4 × 3"), task, SEEDS, (5, 15), rates))
    runs = lay_out(rates, SEEDS)
    answers = np.asarray(
        all_answers(kind_of(named("4 × 3")), found[-1][0], runs, task.test.inputs), np.float64
    )
    return task, [scores for _, scores in found], answers.reshape(2, 2, *answers.shape[1:])


@pytest.mark.slow
def test_scores_are_those_of_the_definition(small_run):
    task, scores, answers = small_run
    targets = np.float64(task.test.targets)
    constant = ((targets[0] - targets[0].mean(0)) ** 2).sum(1).mean()
    for rate in range(2):
        for seed in range(2):
            mean = answers[rate, seed].mean(0)
            assert scores[1].error[rate, seed] == pytest.approx(
                ((mean - targets[seed]) ** 2).sum(1).mean() / constant, rel=1e-5
            )
            wrong = np.mean(
                [a.argmax() != b.argmax() for a, b in zip(mean, targets[seed], strict=True)]
            )
            assert scores[1].wrong[rate, seed] == pytest.approx(wrong)
        everyone = answers[rate].mean((0, 1))
        assert scores[1].mean_error[rate] == pytest.approx(
            ((everyone - targets[0]) ** 2).sum(1).mean() / constant, rel=1e-5
        )


@pytest.mark.slow
def test_the_error_of_the_mean_is_the_members_mean_error_less_their_spread(small_run):
    task, scores, answers = small_run
    spread = ((answers - answers.mean(2, keepdims=True)) ** 2).sum(-1).mean((2, 3)) / task.scale
    np.testing.assert_allclose(scores[1].error, scores[1].member_error - spread, rtol=1e-5)
    assert spread.min() > 0.01


def test_the_identity_holds_for_any_answers(rng):
    answers, targets = rng.normal(size=(6, 40, 3)), rng.normal(size=(40, 3))
    spread = squared(answers, answers.mean(0)).mean()
    assert squared(answers.mean(0), targets) == pytest.approx(
        squared(answers, targets).mean() - spread
    )


def test_the_pick_is_the_least_mean_over_the_seeds():
    assert pick(np.array([[[3.0, 5.0], [1.0, 9.0]], [[2.0, 4.0], [np.inf, 1.0]]])) == (1, 0)


def measurement(
    error,
    member_error,
    mean_error,
    validation=None,
    arms=("deep", "12 × 1", "12 × 1 joint", "plain"),
):
    """A finished one of one stop and one rate, from one row of five numbers per arm."""
    error, member_error = (
        np.asarray(rows, float)[:, None, None, :] * np.ones(5) for rows in (error, member_error)
    )
    mean_error = np.asarray(mean_error, float)[:, None, None]
    validation = error if validation is None else validation
    return BiasVarianceMeasurement(
        task="teacher",
        depth=4,
        examples=2000,
        noise=0.0,
        steps=400,
        seed=0,
        arms=arms,
        learning_rates=(0.01,),
        stops=np.array([400]),
        error=error,
        member_error=member_error,
        wrong=error,
        validation=validation,
        mean_error=mean_error,
    )


def test_parts_add_up_to_the_mean_error_of_one_member():
    found = measurement(
        [[0.2], [0.3], [0.4], [0.6]], [[0.2], [0.5], [4], [0.6]], [0.1, 0.25, 0.3, 0.5]
    )
    # Means of five leave a fifth of the variance: what the mean of the runs takes off is four
    # fifths of it.
    expected = [[0.075, 0.125, 0], [0.2375, 0.0625, 0.2], [0.275, 0.125, 3.6], [0.475, 0.125, 0]]
    np.testing.assert_allclose(found.parts, expected, atol=1e-12)
    np.testing.assert_allclose(found.parts.sum(1), [0.2, 0.5, 4, 0.6])


def test_parts_are_unbiased_on_answers_of_known_bias_and_variance(rng):
    """Answers off by 0.3 in all runs, and by N(0, 0.25) in each: 0.09 and 0.25, from five runs
    as from infinitely many.
    """
    answers = 0.3 + 0.5 * rng.normal(size=(5, 20_000, 1))
    errors = squared(answers, 0.0)
    found = measurement([errors], [errors], [squared(answers.mean(0), 0.0)], arms=("deep",)).parts[
        0
    ]
    np.testing.assert_allclose(found, [0.09, 0.25, 0], atol=0.005)


@pytest.mark.parametrize(
    ("task", "examples", "sentence"),
    [
        ("digits", 1000, "The five training sets are the same images: all are drawn from 1000."),
        ("digits", 500, "The five training sets overlap: all are drawn from 1000."),
        ("digits", 200, None),
        ("teacher", 1000, None),
    ],
)
def test_digits_that_all_runs_share_are_named(task, examples, sentence):
    found = measurement([[0.2]] * 4, [[0.5]] * 4, [0.1] * 4)
    said = replace(found, task=task, examples=examples).summary
    assert said.endswith(sentence) if sentence else "drawn from" not in said


def test_sentences_speak_of_wide_margins_only():
    said = measurement(
        [[0.2], [0.3], [0.4], [0.22]], [[0.2], [0.5], [4], [0.22]], [0.1, 0.25, 0.3, 0.2]
    ).summary
    assert (
        "deep has a clearly lower error than 12 × 1; deep and plain are within a "
        "quarter of each other." in said
    )
    assert (
        "takes more than a tenth off the error of the 12 × 1 members; the joint "
        "ones, each alone, are worse than a constant" in said
    )
    other = measurement(
        [[0.5], [0.3], [0.4], [0.2]], [[0.5], [0.31], [0.5], [0.2]], [0.1, 0.25, 0.3, 0.2]
    ).summary
    assert "deep has a clearly higher error than 12 × 1" in other and "less than a tenth" in other


def test_an_order_is_claimed_only_if_pairs_carry_it():
    """Deep has half of the mean error of both; only against 12 × 1 it is ahead in every run."""
    steady, other = [0.1, 0.2, 0.3, 0.2, 0.2], [0.9, 0.1, 0.2, 0.1, 0.7]
    found = measurement(
        [steady, [0.2, 0.4, 0.6, 0.4, 0.4], [0.4] * 5, other], [[0.2], [0.5], [4], [0.5]], [0.1] * 4
    )
    assert found.settled("deep", "12 × 1") and not found.settled("deep", "plain")
    assert (
        "deep has a clearly lower error than 12 × 1; 5 pairs of runs do not settle "
        "deep against plain." in found.summary
    )
    once, always = [0.1, 0.1, 0.1, 0.1, np.inf], [np.inf] * 5
    diverged = measurement([steady, once, steady, always], [[0.2], [0.5], [4], [0.5]], [0.1] * 4)
    assert not diverged.settled("deep", "12 × 1") and not diverged.settled("plain", "12 × 1")


@pytest.mark.slow
def test_a_run_given_up_says_how_far_it_came_and_another_setting_compiles_nothing(monkeypatch):
    monkeypatch.setattr(bias_variance, "NAMES", ("12 × 1", "12 × 1 joint", "wide", "4 deep"))
    run = measure_bias_variance(examples=100, steps=20)
    before, first = next(run), next(run)
    assert (
        before.progress == 0
        and "before training: each of 3 arms has 7860 to 7914 parameters" in before.summary
    )
    assert (
        first.stops.tolist() == [2] and first.progress == 0.1 and first.error.shape == (3, 1, 3, 5)
    )
    *_, last = run
    assert last.stops.tolist() == list(range(2, 21, 2)) and last.curves.shape == (3, 10)
    np.testing.assert_array_equal(last.error[:, :1], first.error)
    compiled = compilations()
    list(measure_bias_variance("digits", 2, 50, 0.4, 10, seed=3))
    assert compilations() == compiled


@pytest.mark.slow
def test_a_run_that_diverges_is_infinite_and_never_picked(monkeypatch):
    task = draw_task("teacher", 1, 50, 0.0, (0,))
    scores = [one for _, one in training(named("wide"), task, (0,), (20,), (1e6, 0.01))][0]
    assert np.isfinite(scores.error[1]).all() and not np.isnan(scores.error).any()
    assert pick(scores.validation[None])[1] == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (dict(task="letters"), "task must be one of digits, teacher, got 'letters'."),
        (dict(task="digits", examples=2000), "examples must be between 1 and 1000, got 2000."),
        (dict(steps=405), "steps must be a multiple of 10, got 405."),
        (dict(steps=3000), "steps must be between 10 and 2000, got 3000."),
        (dict(seed=-1), "seed must be between 0 and 10000, got -1."),
        (dict(noise=2), "noise must be between 0 and 0.6, got 2."),
    ],
)
def test_impossible_settings_are_refused_at_the_call(values, message):
    with pytest.raises(LearnerError) as caught:
        measure_bias_variance(**values)
    assert str(caught.value) == message


def test_the_reference_is_there_when_asked_for():
    assert next(measure_bias_variance(reference=True)).arms == NAMES
    assert next(measure_bias_variance()).arms == NAMES[:-1]
    assert jax.tree.leaves(begin(named("4 deep"), lay_out((0.01,), (0,)), (0,)).weights)[0].shape[
        :2
    ] == (1, 4)
