from math import comb

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lessons.instruments import path_lengths
from lessons.instruments.blocks import checked
from lessons.instruments.path_lengths import (
    EXACT_BLOCKS,
    MOST_BLOCKS,
    choices_of_signs,
    poisson_binomial,
)
from lessons.instruments.path_pass import prepare_passes, squares_by_length
from lessons.network.network import propagate
from lessons.network.path_sums import path_sums, signal_lengths

from .networks import along_every_path, course_network, mixed_network, sums_by_length

pytestmark = pytest.mark.usefixtures("unoptimised")  # each runs once


@pytest.mark.slow
def test_a_network_of_the_course_has_the_path_sums_of_the_course():
    parameters, compiled, branches, x, readout = course_network()
    states = propagate(parameters, compiled, x[None])
    expected = path_sums(parameters, compiled, states, jnp.int32(0), readout[None])
    found = path_lengths(branches, x, readout)
    vectors = (np.asarray(expected.vectors, np.float64) ** 2).sum((1, 2))
    np.testing.assert_allclose(found.vectors, vectors, rtol=1e-4)
    np.testing.assert_allclose(found.squares, expected.squares, rtol=1e-4)
    signal = signal_lengths(parameters, compiled, states)
    np.testing.assert_allclose(found.signal, signal, rtol=1e-4, atol=1e-7)
    assert not found.squares_error.any() and found.quadrature_error == 0


@pytest.mark.slow
def test_any_shape_and_any_shortcut_agree_with_enumeration():
    blocks, x, cotangent = mixed_network()
    found = path_lengths(blocks, x, cotangent)
    vectors, squares = sums_by_length(along_every_path(blocks, x, cotangent))
    np.testing.assert_allclose(found.vectors, vectors, rtol=1e-5)
    np.testing.assert_allclose(found.squares, squares, rtol=1e-5)


@pytest.mark.slow
def test_random_signs_find_the_sum_over_single_paths_within_their_error():
    _, _, branches, x, readout = course_network(EXACT_BLOCKS + 2)
    _, squares = sums_by_length(along_every_path(branches, x, readout))
    found = path_lengths(branches, x, readout, probes=400)
    away = np.abs(found.squares - squares)
    assert (away <= 4 * found.squares_error + 1e-5 * squares).all()
    assert (found.squares_error[1:] > 0).any()
    mean = squares @ np.arange(len(squares)) / squares.sum()
    assert abs(found.mean_lengths[1] - mean) < 4 * found.quadrature_error < 0.5
    assert "±" in found.summary


@pytest.mark.slow
def test_some_signs_make_no_systematic_error():
    """The mean over many estimates is the sum; each estimate's error says how far it is."""
    _, _, branches, x, readout = course_network(EXACT_BLOCKS + 1)
    vectors, squares = sums_by_length(along_every_path(branches, x, readout))
    passes = prepare_passes(*checked(branches, x), 40)
    found = []
    for seed in range(30):
        signs = choices_of_signs(9, 40, seed)
        squared, _ = squares_by_length(passes, x, readout, np.ones(9), signs)
        found.append(squared.sum(1).mean())
    error = np.std(found, ddof=1) / np.sqrt(len(found))
    assert abs(np.mean(found) - squares.sum()) < 5 * error
    exact = path_lengths(branches, x, readout, probes=2)  # as vectors, however few the signs
    np.testing.assert_allclose(exact.vectors, vectors, rtol=1e-3)


def test_choices_that_do_not_fit_in_one_pass_are_the_same_as_those_that_do(monkeypatch):
    _, _, branches, x, readout = course_network()
    at_once = path_lengths(branches, x, readout)
    numbers = (len(branches) + 1) * x.size
    monkeypatch.setattr("lessons.instruments.path_pass.LARGEST", 5 * numbers)  # 17 = 3 * 5 + 2
    np.testing.assert_allclose(path_lengths(branches, x, readout).squares, at_once.squares, 1e-6)


@pytest.mark.slow
def test_as_many_blocks_as_there_may_be_have_the_binomial_law_of_equal_branches():
    """F(x) = x / 10: as vectors, paths of length k carry the square of C(n, k) / 10^k."""
    found = path_lengths([lambda x: 0.1 * x] * MOST_BLOCKS, jnp.ones(1), jnp.ones(1), probes=2)
    amounts = np.array([comb(MOST_BLOCKS, k) / 10**k for k in range(MOST_BLOCKS + 1)]) ** 2
    np.testing.assert_allclose(found.vectors, amounts, rtol=1e-3, atol=1e-6 * amounts.max())
    assert found.topology.path_count == 2**MOST_BLOCKS
    assert found._repr_png_().startswith(b"\x89PNG")


def test_every_choice_of_signs_but_for_all_of_them_stands_once():
    signs = choices_of_signs(4)
    assert signs.shape == (8, 4)
    assert len({tuple(row * row[-1]) for row in signs}) == 8


def test_the_law_of_the_number_of_branches_has_the_mean_and_variance_of_independent_events(rng):
    chances = rng.uniform(size=9)
    law, lengths = poisson_binomial(chances), np.arange(10)
    assert law.sum() == pytest.approx(1) and law @ lengths == pytest.approx(chances.sum())
    variance = law @ lengths**2 - chances.sum() ** 2
    assert variance == pytest.approx((chances * (1 - chances)).sum())


@pytest.mark.slow
def test_equinox_networks_agree_with_enumeration():
    equinox = pytest.importorskip("equinox")
    keys = jax.random.split(jax.random.key(3), 4)
    blocks = [equinox.nn.MLP(4, 4, 8, 1, activation=jnp.tanh, key=key) for key in keys]
    check_with_enumeration(blocks)


@pytest.mark.slow
def test_flax_networks_agree_with_enumeration():
    from flax import nnx  # takes two seconds, which no other test should wait for

    rngs = nnx.Rngs(3)
    blocks = [nnx.Sequential(nnx.Linear(4, 4, rngs=rngs), jnp.tanh) for _ in range(4)]
    check_with_enumeration(blocks)


def check_with_enumeration(blocks):
    x, cotangent = jnp.linspace(-1, 1, 4), jnp.asarray([1.0, -2.0, 0.5, 1.0])
    found = path_lengths(blocks, x, cotangent)
    vectors, squares = sums_by_length(along_every_path(blocks, x, cotangent))
    np.testing.assert_allclose(found.vectors, vectors, rtol=1e-4)
    np.testing.assert_allclose(found.squares, squares, rtol=1e-4)
