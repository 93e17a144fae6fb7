"""What has been compiled serves every function that does the same, and keeps none of them."""

import gc
import weakref

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lessons.instruments import gradient_correlation, lesions, path_lengths
from lessons.instruments.programs import prepare
from tests.panels import compilations

from .networks import along_every_path, course_network, sums_by_length

pytestmark = pytest.mark.usefixtures("unoptimised")  # each runs once


def measured(branches, x, readout):
    """One call of each instrument that compiles."""
    found = path_lengths(branches, x, readout)
    lesions(branches, lambda network: (network(x) ** 2).sum())
    gradient_correlation(branches, jnp.stack([x, 2 * x]), readout)
    return found


@pytest.mark.slow
def test_another_network_of_the_same_architecture_compiles_nothing():
    _, _, branches, x, readout = course_network(seed=0)
    _, _, others, y, weights = course_network(seed=1)
    measured(branches, x, readout)
    before = compilations()
    found = measured(others, y, weights)
    assert compilations() == before
    vectors, squares = sums_by_length(along_every_path(others, y, weights))
    np.testing.assert_allclose(found.vectors, vectors, rtol=1e-3)
    np.testing.assert_allclose(found.squares, squares, rtol=1e-3)


def test_more_blocks_of_one_kind_take_no_more_programs():
    def compiled(count):
        x, before = jnp.ones(count + 1), compilations()  # each its own shape
        blocks = [lambda x, c=c: c * jnp.sin(x) for c in jnp.linspace(0.1, 1, count)]
        prepare_all = [prepare(block, x) for block in blocks]
        for call in prepare_all:
            call(x)
        return compilations() - before

    compiled(2)  # what comes once
    assert compiled(3) == compiled(6)


class Learning:
    """A block whose weight changes in place."""

    def __init__(self):
        self.weight = jnp.full((), 0.5)

    def __call__(self, x):
        return self.weight * x


def test_a_network_that_has_learnt_since_is_measured_as_it_is_now():
    block, x = Learning(), jnp.ones(2)
    assert path_lengths([block], x, x).vectors.tolist() == [2.0, 0.5]
    block.weight = jnp.full((), 2.0)
    before = compilations()
    assert path_lengths([block], x, x).vectors.tolist() == [2.0, 8.0]
    assert compilations() == before


def own_derivative(slope):
    """sin, with a derivative of its own."""
    function = jax.custom_jvp(jnp.sin)
    function.defjvp(lambda at, along: (jnp.sin(*at), slope * along[0]))
    return function


def test_functions_that_differ_in_their_own_derivatives_alone_share_no_program():
    x = jnp.ones(1)
    for slope in (1.0, 3.0):
        assert path_lengths([own_derivative(slope)], x, x).vectors.tolist() == [1.0, slope**2]


@pytest.mark.slow
def test_no_network_is_kept_alive():
    block = Learning()
    x, alive = jnp.ones(2), [weakref.ref(block), weakref.ref(block.weight)]
    found = measured([block, block], x, x)
    del block
    gc.collect()
    assert found.vectors.any() and not any(each() for each in alive)


def rms(x):
    return x * jax.lax.rsqrt((x**2).mean(-1, keepdims=True))


def test_the_gradient_of_a_norm_is_right_for_many_cotangents_at_once(rng):
    """Where it is optimised: see SAFE."""
    jax.config.update("jax_disable_most_optimizations", False)
    x, gradients = rng.normal(size=(16, 16)), rng.normal(size=(256, 16, 16))
    pull = lambda x, g: jax.vmap(lambda g: jax.vjp(rms, x)[1](g)[0])(g)
    x, gradients = np.float32(x), np.float32(gradients)
    size = np.sqrt((x**2).mean(-1, keepdims=True))
    closed = gradients / size - x * (gradients * x).mean(-1, keepdims=True) / size**3
    found = prepare(pull, x, gradients)(x, gradients)
    np.testing.assert_allclose(found, closed, atol=1e-4)
