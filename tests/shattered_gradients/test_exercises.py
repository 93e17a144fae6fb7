"""Lesson 5's checks take any correct answer, and say what is missing in a wrong one."""

import numpy as np
import pytest

from lessons.shattered_gradients.exercises import (
    check_agreement,
    check_branch_scale,
    check_correlation,
    check_ingredient,
    check_one_kink,
)
from lessons.shattered_gradients.gradient_curve.experiment import measure_gradient_curve
from lessons.shattered_gradients.investigation.experiment import FAILING, INGREDIENTS


def unwritten(*_):
    raise NotImplementedError


@pytest.mark.parametrize(
    "answer",
    [
        lambda depth, shared: (2 * shared) ** depth,
        lambda depth, shared: (shared / 0.5) ** depth,
        lambda depth, shared: np.prod(np.full(depth, shared) / np.full(depth, 0.5)),
        lambda depth, shared: np.float32((2 * shared) ** depth),
    ],
)
def test_any_form_of_the_law_is_accepted(answer):
    assert repr(check_correlation(answer)).startswith(
        "Correct: with a quarter shared it is 1/2 per layer."
    )


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda depth, shared: shared**depth, "That is the covariance: divide it by the variance"),
        (lambda depth, shared: 0.5**depth, "for depth 2 and shared = 0.5 you give 0.25."),
        (lambda depth, shared: 2 * shared * depth, "What does one layer do"),
        (lambda depth: 0.5**depth, "raised TypeError"),
        (lambda depth, shared: [1.0], "must have shape ()"),
        (lambda depth, shared: float("nan"), "holds nan"),
        (lambda depth, shared: ..., "in place of the stub"),
        (unwritten, "in place of the stub"),
        (0.5, "correlation must be a function, got float."),
    ],
)
def test_another_law_is_not_accepted(answer, sentence):
    verdict = check_correlation(answer)
    assert not verdict.passed and sentence in repr(verdict)


@pytest.mark.parametrize(
    "answer",
    [
        lambda curve: (curve[:-1] * curve[1:]).mean() / (curve**2).mean(),
        lambda curve: np.dot(curve[1:], curve[:-1]) / (len(curve) - 1) / np.mean(np.square(curve)),
    ],
)
def test_any_form_of_the_correlation_of_neighbours_is_accepted(answer):
    said = repr(check_agreement(answer))
    assert said.startswith("Correct: it gives about 0 for the plain network of 24 layers and 0.8")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda curve: (curve[:-1] * curve[1:]).mean(), "the mean of the products over"),
        (lambda curve: np.corrcoef(curve[:-1], curve[1:])[0, 1], "you give"),
        (lambda curve: (curve[:-2] * curve[2:]).mean() / (curve**2).mean(), "of 200 points"),
        (lambda curve: curve[:-1] * curve[1:] / (curve**2).mean(), "must have shape ()"),
        (lambda curve: ..., "in place of the stub"),
        (lambda curve: ... / (curve**2).mean(), "in place of the stub"),
        (lambda curve: curve / 0 * "much", "agreement(curve) raised"),
        (lambda curve: "much", "array of real numbers"),
        (0.5, "agreement must be a function, got float."),
    ],
)
def test_another_correlation_of_neighbours_is_not_accepted(answer, sentence):
    verdict = check_agreement(answer)
    assert not verdict.passed and sentence in repr(verdict)


@pytest.mark.parametrize("beta", [0.2, 0.21, np.float32(0.2), np.array(0.18)])
def test_a_branch_scale_that_just_does_it_is_accepted(beta):
    assert repr(check_branch_scale(beta)).startswith("Correct: with beta = 0."), check_branch_scale(
        beta
    )


@pytest.mark.parametrize(
    ("beta", "sentence"),
    [
        (1.0, "with beta = 1 the correlation at 50 layers is 0.09, below 0.5."),
        (0.3, "below 0.5."),
        (0.1, "which is enough; a larger one would do, too."),
        (0, "beta must be greater than 0"),
        (-0.2, "beta must be greater than 0"),
        ([0.2], "must have shape ()"),
        (float("inf"), "beta holds inf"),
        (..., "in place of the stub"),
        ("small", "must be an array of real numbers"),
    ],
)
def test_another_branch_scale_is_not_accepted(beta, sentence):
    verdict = check_branch_scale(beta)
    assert not verdict.passed and sentence in repr(verdict)


@pytest.mark.parametrize(
    "settings",
    [
        dict(normalisation="none", bias=0.0, depth=24),
        dict(normalisation="none", bias=0, depth=64, seed=7, width=60, reach=5.0),
        dict(normalisation="none", bias=0, depth=30, weight_variance=1.0),
    ],
)
def test_any_deep_uncentred_network_without_biases_is_accepted(settings):
    assert repr(check_one_kink(settings)).startswith("Correct: dy/dx of the plain network of ")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (dict(normalisation="none", bias=0.3), "times over the 256 inputs"),
        (dict(normalisation="centre"), "times over the 256 inputs"),
        (dict(normalisation="none", bias=0, depth=2), "take a deep network"),
        (dict(normalisation="off"), "the panel cannot be set so: normalisation must be one of"),
        (dict(norm="none"), "the panel cannot be set so: "),
        ("none", "settings must be a dict"),
        (..., "in place of the stub"),
        (None, "in place of the stub"),
    ],
)
def test_other_settings_are_not_accepted(settings, sentence):
    verdict = check_one_kink(settings)
    assert not verdict.passed and sentence in repr(verdict)


def test_the_ingredient_is_accepted():
    assert repr(check_ingredient("centring")).startswith(
        "Correct: that change alone brings the correlation"
    )


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        *((other, "is still ") for other in ("initialisation", "biases", "depth", "dividing")),
        ("luck", "must be one of initialisation, biases, depth, dividing, centring, got 'luck'."),
        (["centring"], 'must be one word in quotes, such as "depth", got list.'),
        ({"centring"}, "got set."),
        (np.array(["centring"]), "got ndarray."),
        (0, "got int."),
        (..., "in place of the stub"),
        (None, "in place of the stub"),
    ],
)
def test_no_other_ingredient_is_accepted(answer, sentence):
    verdict = check_ingredient(answer)
    assert not verdict.passed and sentence in repr(verdict)


def published(rng, hidden=24, units=200, weight_variance=1.0, centred=False):
    """r_1 of dy/dx over [-2, 2): Understanding Deep Learning, notebook 11.1, where weights and
    biases have one variance.
    """
    deviation = np.sqrt(weight_variance / units)
    slope = deviation * rng.normal(size=(units, 1))
    before = slope * np.arange(-2, 2, 4 / 256) + deviation * rng.normal(size=(units, 1))
    slope = np.repeat(slope, 256, 1)
    for outputs in [units] * (hidden - 1) + [1]:
        if centred:
            before = before - before.mean(1, keepdims=True)
        weights, active = deviation * rng.normal(size=(outputs, units)), before > 0
        before = weights @ (active * before) + deviation * rng.normal(size=(outputs, 1))
        slope = weights @ (active * slope)
    return (slope[0, 1:] * slope[0, :-1]).mean() / (slope[0] ** 2).mean()


@pytest.mark.parametrize(
    "name, options",
    [(None, {}), ("initialisation", dict(weight_variance=2.0)), ("centring", dict(centred=True))],
)
@pytest.mark.slow
def test_the_panel_set_up_to_fail_is_the_published_one(rng, name, options):
    here = measure_gradient_curve(
        **{**FAILING, **INGREDIENTS.get(name, {})}, networks=8
    ).neighbours[1]
    there = np.mean([published(rng, **options) for _ in range(8)])
    assert here == pytest.approx(there, abs=0.12 if name == "centring" else 0.04)
    assert (there < 0.15) == (name == "centring")
