"""What is cleared away is the text of programs, and nothing that a call needs."""

import gc

import jax
import jax.numpy as jnp

from lessons.leftovers import LEFTOVERS
from tests.panels import compilations

TEXT = type(jax.jit(lambda x: x).lower(1.0).compiler_ir())


def texts():
    """How many programs this test holds the text of."""
    gc.collect()
    return sum(type(thing) is TEXT for thing in gc.get_objects())


def test_programs_keep_no_text_and_are_not_compiled_again(young):
    LEFTOVERS.clear_away()
    before, functions = texts(), [jax.jit(lambda x, k=k: k * x + jnp.sin(x)) for k in range(5)]
    found = [float(function(1.0)) for function in functions]
    assert texts() >= before + 5
    LEFTOVERS.clear_away()
    assert texts() == before
    compiled = compilations()
    assert [float(function(1.0)) for function in functions] == found and compilations() == compiled
