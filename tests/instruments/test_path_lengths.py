from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lessons.instruments import path_lengths
from lessons.instruments.blocks import as_blocks
from lessons.instruments.path_lengths import (
    EXACT_BLOCKS,
    choices_of_signs,
    measure_lengths,
    poisson_binomial,
)
from lessons.network.network import propagate
from lessons.network.path_sums import path_sums, signal_lengths

from .networks import along_every_path, course_network, mixed_network, sums_by_length

pytestmark = pytest.mark.usefixtures("unoptimised")  # each runs once


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


def test_any_shape_and_any_shortcut_agree_with_enumeration():
    blocks, x, cotangent = mixed_network()
    found = path_lengths(blocks, x, cotangent)
    vectors, squares = sums_by_length(along_every_path(blocks, x, cotangent))
    np.testing.assert_allclose(found.vectors, vectors, rtol=1e-5)
    np.testing.assert_allclose(found.squares, squares, rtol=1e-5)


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


def test_some_signs_make_no_systematic_error():
    """The mean over many estimates is the sum; each estimate's error says how far it is."""
    _, _, branches, x, readout = course_network(EXACT_BLOCKS + 1)
    vectors, squares = sums_by_length(along_every_path(branches, x, readout))
    measure = jax.jit(partial(measure_lengths, as_blocks(branches)))
    kept = np.ones(len(branches))
    found = [measure(x, readout, kept, choices_of_signs(9, 40, seed)) for seed in range(30)]
    total = [float(signed.sum(1).mean()) for _, signed, _ in found]
    error = np.std(total, ddof=1) / np.sqrt(len(total))
    assert abs(np.mean(total) - squares.sum()) < 5 * error
    for exact, _, _ in found:  # the vectors are exact, whatever the signs
        np.testing.assert_allclose(exact, vectors, rtol=1e-3)


def test_every_choice_of_signs_but_for_all_of_them_stands_once():
    signs = choices_of_signs(4)
    assert signs.shape == (8, 4) and (signs[0] == 1).all()
    assert len({tuple(row * row[-1]) for row in signs}) == 8


def test_the_law_of_the_number_of_branches_has_the_mean_and_variance_of_independent_events(rng):
    chances = rng.uniform(size=9)
    law, lengths = poisson_binomial(chances), np.arange(10)
    assert law.sum() == pytest.approx(1) and law @ lengths == pytest.approx(chances.sum())
    variance = law @ lengths**2 - chances.sum() ** 2
    assert variance == pytest.approx((chances * (1 - chances)).sum())


def test_equinox_networks_agree_with_enumeration():
    equinox = pytest.importorskip("equinox")
    keys = jax.random.split(jax.random.key(3), 4)
    blocks = [equinox.nn.MLP(4, 4, 8, 1, activation=jnp.tanh, key=key) for key in keys]
    check_with_enumeration(blocks)


def test_flax_networks_agree_with_enumeration():
    nnx = pytest.importorskip("flax.nnx", reason="flax brings fifteen packages: install it to run")
    rngs = nnx.Rngs(3)
    blocks = [nnx.Sequential(nnx.Linear(4, 4, rngs=rngs), jnp.tanh) for _ in range(4)]
    check_with_enumeration(blocks)


def check_with_enumeration(blocks):
    x, cotangent = jnp.linspace(-1, 1, 4), jnp.asarray([1.0, -2.0, 0.5, 1.0])
    found = path_lengths(blocks, x, cotangent)
    vectors, squares = sums_by_length(along_every_path(blocks, x, cotangent))
    np.testing.assert_allclose(found.vectors, vectors, rtol=1e-4)
    np.testing.assert_allclose(found.squares, squares, rtol=1e-4)
