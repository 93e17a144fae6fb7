"""What is cleared away is what programs were made from, and nothing that a call needs."""

import gc

import jax
import jax.numpy as jnp

from lessons.leftovers import LEFTOVERS, TEXTS, TRACES, _caches
from tests.panels import compilations

TEXT = type(jax.jit(lambda x: x).lower(1.0).compiler_ir())


def texts():
    """How many programs this test holds the text of."""
    gc.collect()
    return sum(type(thing) is TEXT for thing in gc.get_objects())


def cached_traces():
    """How many traces JAX keeps of what it has compiled."""
    return sum(cache.cache_info().currsize for cache in _caches(TRACES))


def test_jax_still_calls_its_caches_of_texts_and_traces_so():
    # If this fails JAX has changed, and what it keeps now has other names.
    assert len(_caches(TEXTS)) == len(TEXTS) and len(_caches(TRACES)) == len(TRACES)


def test_programs_keep_no_text_and_are_not_compiled_again(young):
    LEFTOVERS.clear_away()
    before, functions = texts(), [jax.jit(lambda x, k=k: k * x + jnp.sin(x)) for k in range(5)]
    found = [float(function(1.0)) for function in functions]
    assert texts() >= before + 5
    LEFTOVERS.clear_away()
    assert texts() == before
    compiled = compilations()
    assert [float(function(1.0)) for function in functions] == found and compilations() == compiled


def test_programs_keep_no_traces_and_are_not_traced_again(young):
    traced = []

    def function(x):
        traced.append(x)
        return jax.vmap(jax.grad(lambda y: jnp.sin(y) * y))(x).sum()

    program, x = jax.jit(function), jnp.ones(3)
    found, traces = float(program(x)), len(traced)
    assert cached_traces() > 0
    LEFTOVERS.clear_away(thoroughly=True)
    assert cached_traces() == 0
    assert float(program(x)) == found and len(traced) == traces
