"""Gain, second singular value and composition of four mixed streams, against other ways to them."""

import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.residual_stream.mixing.experiment import BLOCKS, measure_mixing
from lessons.residual_stream.mixing_matrices import (
    DOUBLY_STOCHASTIC,
    KINDS,
    NEAR_IDENTITY,
    ORTHOGONAL,
    UNCONSTRAINED,
    draw_mixing,
)

SEEDS = range(40)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_say_what_streams_that_are_mixed_one_after_the_other_hold(kind, rng):
    """Four streams of 1000 numbers go through the blocks; least squares finds the weights."""
    m = measure_mixing(kind, 8, seed=2)
    factors = draw_mixing(kind, np.random.default_rng(2), BLOCKS, iterations=20, hardness=2.0)
    start = streams = rng.normal(size=(4, 1000))
    for factor in factors[:8]:
        streams = sum(np.outer(factor[:, j], streams[j]) for j in range(4))
    weights = np.linalg.lstsq(start.T, streams.T)[0].T
    np.testing.assert_allclose(m.products[8], weights, atol=1e-9 * np.abs(weights).max())
    sizes = np.abs(weights) / np.abs(weights).sum(1, keepdims=True)
    np.testing.assert_allclose(m.shares[8], sizes, atol=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_no_combination_grows_more_than_the_gain_and_one_does(kind, rng):
    """The gain by power iteration, and the second one on what is orthogonal to the first."""
    m = measure_mixing(kind, 5, seed=1)
    square = m.products[5].T @ m.products[5]
    found = []
    for _ in range(2):
        x = rng.normal(size=4)
        for _ in range(2000):
            x = square @ x
            x /= np.linalg.norm(x)
        found.append(np.linalg.norm(m.products[5] @ x))
        square = square - found[-1] ** 2 * np.outer(x, x)
    np.testing.assert_allclose(found, [m.gain[5], m.second[5]], rtol=1e-3)


def test_doubly_stochastic_mixing_keeps_the_gain_and_loses_the_streams():
    for seed in SEEDS:
        m = measure_mixing(DOUBLY_STOCHASTIC, BLOCKS, 100, seed=seed)
        assert m.gain == pytest.approx(np.ones(BLOCKS + 1), abs=1e-6)
        assert m.second[-1] < 1e-12
        np.testing.assert_allclose(m.products[-1], 1 / 4, atol=1e-6)


def test_orthogonal_mixing_keeps_all_of_it():
    m = measure_mixing(ORTHOGONAL, BLOCKS)
    np.testing.assert_allclose([m.gain, m.second], 1, rtol=1e-10)
    np.testing.assert_array_equal(m.predicted, 1)


def test_near_the_identity_the_closed_form_is_the_mean_of_the_product():
    """On differences of streams, within 4 standard errors of 40 seeds."""
    found = [measure_mixing(NEAR_IDENTITY, BLOCKS, 100, seed=seed) for seed in SEEDS]
    difference = np.array([1, -1, 0, 0]) / 2**0.5
    kept = np.array([difference @ m.products[-1] @ difference for m in found])
    assert abs(kept.mean() - found[0].predicted[-1]) < 4 * kept.std() / len(SEEDS) ** 0.5


def test_soft_logits_fall_as_the_closed_form_says():
    for hardness, most in ((0.2, 0.03), (1.0, 0.2)):
        found = [measure_mixing(DOUBLY_STOCHASTIC, BLOCKS, 20, hardness, seed) for seed in SEEDS]
        rate = np.mean([np.log(m.second[-1]) for m in found]) / BLOCKS
        assert abs(np.exp(rate) / found[0].predicted[1] - 1) < most
    assert measure_mixing(DOUBLY_STOCHASTIC, BLOCKS, 20, 1.2).predicted is None


@pytest.mark.slow
def test_unconstrained_mixing_grows_as_its_second_moment_says():
    """E |H_l ... H_1|_F^2 = 4 (1 + 4 0.3^2)^l, while the median lies below it."""
    blocks = 4
    squares = [
        (measure_mixing(UNCONSTRAINED, seed=s).products[blocks] ** 2).sum() for s in range(400)
    ]
    expected = 4 * (1 + 4 * 0.3**2) ** blocks
    assert abs(np.mean(squares) - expected) < 4 * np.std(squares) / 20
    ends = [measure_mixing(UNCONSTRAINED, seed=seed).gain[-1] for seed in SEEDS]
    assert 100 < np.median(ends) < (1 + 4 * 0.3**2) ** (BLOCKS / 2)


def test_what_sinkhorn_does_not_make_does_not_hang_on_it():
    for kind in (ORTHOGONAL, UNCONSTRAINED):
        one, other = measure_mixing(kind, 9, 0, 0.2), measure_mixing(kind, 9, 100, 4.0)
        np.testing.assert_array_equal(one.products, other.products)
        assert one.summary == other.summary and "sum to 1" not in one.summary


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (dict(block=0), "1.00 of every stream is there: "),
        (dict(block=1), " of what tells the four streams apart is left after 1 block; "),
        (dict(block=60), "the gain is 1.00 (columns sum to 1 within 0.0"),
        (
            dict(kind=ORTHOGONAL, block=60),
            "1.00 is the second singular value after 60 blocks, next to a gain of 1.00.",
        ),
    ],
)
def test_the_summary_fills_the_numbers_in(values, sentence):
    assert sentence in measure_mixing(**values).summary


def test_settings_are_checked():
    with pytest.raises(LearnerError, match="block must be between 0 and 60, got 61"):
        measure_mixing(block=61)
    with pytest.raises(LearnerError, match="Sinkhorn iterations must be between 0 and 100, got -1"):
        measure_mixing(iterations=-1)
    with pytest.raises(LearnerError, match="hardness must be between 0.2 and 4, got 5"):
        measure_mixing(hardness=5)
    with pytest.raises(LearnerError, match="kind must be one of"):
        measure_mixing("identity")
