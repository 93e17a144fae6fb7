"""Matrices that mix streams have the sums, the distribution and the singular values they should."""

from fractions import Fraction

import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.residual_stream.mixing_matrices import (
    DOUBLY_STOCHASTIC,
    KINDS,
    NEAR,
    NEAR_IDENTITY,
    OFF_IDENTITY,
    ORTHOGONAL,
    STREAMS,
    UNCONSTRAINED,
    draw_mixing,
    products,
    second_compound,
    sinkhorn,
    two_largest,
)


def drawn(kind, rng, count=60, iterations=200, hardness=1.0):
    return draw_mixing(kind, rng, count, iterations=iterations, hardness=hardness)


@pytest.mark.parametrize("kind", [DOUBLY_STOCHASTIC, NEAR_IDENTITY])
def test_rows_and_columns_of_doubly_stochastic_matrices_sum_to_one(kind, rng):
    found = drawn(kind, rng)
    assert (found > 0).all()
    np.testing.assert_allclose(found.sum(-1), 1, rtol=1e-12)
    np.testing.assert_allclose(found.sum(-2), 1, rtol=1e-12)


def test_sinkhorn_only_scales_rows_and_columns(rng):
    """Its limit is d A e with two positive vectors: cross ratios of entries stay (Sinkhorn)."""
    before = np.exp(rng.normal(size=(5, 5)))
    after = sinkhorn(before, 50)
    ratio = lambda a: a[:-1, :-1] * a[1:, 1:] / (a[:-1, 1:] * a[1:, :-1])
    np.testing.assert_allclose(ratio(after), ratio(before), rtol=1e-10)


def test_with_few_iterations_rows_sum_to_one_and_columns_nearly(rng):
    hard = np.exp(3 * rng.normal(size=(60, 4, 4)))
    errors = []
    for iterations in (1, 5, 20, 100):
        found = sinkhorn(hard, iterations)
        np.testing.assert_allclose(found.sum(-1), 1, rtol=1e-12)
        errors.append(np.abs(found.sum(-2) - 1).max())
    assert errors == sorted(errors, reverse=True) and errors[0] > 0.3 > 0.01 > errors[-1]
    raw = sinkhorn(hard, 0)
    np.testing.assert_allclose(raw.sum((-2, -1)), 4)
    np.testing.assert_allclose(raw / raw[:, :1, :1], hard / hard[:, :1, :1])


def test_orthogonal_matrices_keep_every_length_and_turn_evenly(rng):
    found = drawn(ORTHOGONAL, rng, 4000)
    np.testing.assert_allclose(
        found @ found.swapaxes(1, 2), np.tile(np.eye(4), (4000, 1, 1)), atol=1e-12
    )
    # An entry of a uniform one has mean 0, mean square 1/n and mean 4th power 3 / (n (n + 2)).
    for power, expected in ((1, 0), (2, 1 / 4), (4, 3 / 24)):
        np.testing.assert_allclose((found**power).mean(0), expected, atol=0.04)


def test_unconstrained_matrices_lie_around_the_identity(rng):
    off = drawn(UNCONSTRAINED, rng, 4000) - np.eye(STREAMS)
    assert np.abs(off.mean(0)).max() < 5 * OFF_IDENTITY / 4000**0.5
    np.testing.assert_allclose(off.std(0), OFF_IDENTITY, rtol=0.05)


def test_a_matrix_near_the_identity_takes_little_of_a_dense_one():
    near, dense = (
        drawn(kind, np.random.default_rng(3)) for kind in (NEAR_IDENTITY, DOUBLY_STOCHASTIC)
    )
    np.testing.assert_allclose(near, (1 - NEAR) * np.eye(4) + NEAR * dense)


def test_products_are_those_of_the_first_factors_the_newest_on_the_left(rng):
    factors = rng.normal(size=(3, 4, 4))
    found = products(factors)
    np.testing.assert_array_equal(found[0], np.eye(4))
    np.testing.assert_allclose(found[3], np.linalg.multi_dot(factors[::-1]))


def test_compounds_multiply_as_their_matrices_do(rng):
    one, other = rng.normal(size=(2, 4, 4))
    expected = second_compound(one) @ second_compound(other)
    np.testing.assert_allclose(second_compound(one @ other), expected)
    rows, columns = (1, 3), (0, 2)  # the pairs 01 02 03 12 13 23
    minor = np.linalg.det(one[np.ix_(rows, columns)])
    assert second_compound(one)[4, 1] == pytest.approx(minor)


@pytest.mark.parametrize("kind", KINDS)
def test_the_two_largest_are_those_of_the_product_where_it_can_say_so(kind, rng):
    factors = drawn(kind, rng, 5)
    expected = [np.linalg.svd(p, compute_uv=False)[:2] for p in products(factors)]
    np.testing.assert_allclose(two_largest(factors).T, expected, rtol=1e-8)


def test_the_second_is_right_far_below_rounding():
    """Against exact fractions: on differences of streams a doubly stochastic product acts as three
    columns of its own, whose largest singular value is the second one of the whole."""
    factors = drawn(DOUBLY_STOCHASTIC, np.random.default_rng(1), 40)
    exact = np.array([[Fraction(int(i == j)) for j in range(4)] for i in range(4)])
    for factor in factors:
        exact = np.array([[Fraction(float(x)) for x in row] for row in factor]) @ exact
    basis = np.array([[1, 1, 1, 1], [1, -1, 0, 0], [1, 1, -2, 0], [1, 1, 1, -3]])
    apart = (basis[1:] @ exact @ basis[1:].T).astype(float)
    lengths = np.sqrt((basis[1:] ** 2).sum(1))
    expected = np.linalg.norm(apart / np.outer(lengths, lengths), 2)
    assert expected < 1e-17
    assert two_largest(factors)[1, -1] == pytest.approx(expected, rel=1e-6)


def test_an_unknown_kind_is_refused(rng):
    with pytest.raises(LearnerError, match="kind must be one of unconstrained, .*, got 'dense'"):
        drawn("dense", rng)
