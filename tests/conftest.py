"""Strict JAX for every test: no silent promotion of types or ranks, CPU, and float64 where a test
asks for it.

And who runs what: `--dist loadgroup --no-loadscope-reorder` gives all tests of one subject to one
worker.
"""

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import numpy as np
import pytest
from threadpoolctl import threadpool_limits

# NumPy's threads wait for each other in a loop: beside a second worker that takes 17 times the work
# of one thread.
threadpool_limits(1, "blas")
jax.config.update("jax_numpy_dtype_promotion", "strict")
jax.config.update("jax_numpy_rank_promotion", "raise")


@pytest.fixture
def unoptimised():
    """For programs that tests alone run, and for milliseconds: to optimise one takes longer than
    it saves.
    """
    jax.config.update("jax_disable_most_optimizations", True)
    yield
    jax.config.update("jax_disable_most_optimizations", False)


@pytest.fixture
def float64(unoptimised):
    """Finite differences need more digits than float32 has. No lesson computes with so many."""
    with jax.enable_x64(True):
        yield


@pytest.fixture
def rng():
    return np.random.default_rng(20151210)


@pytest.hookimpl(wrapper=True)  # xdist looks for the groups before any hook that is not one
def pytest_collection_modifyitems(items):
    """What one test of a panel has compiled or trained, the others find: they are one group, in
    whatever folder.

    Groups with slow tests start first, so that no worker waits for the other at the end.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem.removeprefix("test_")))
    slow = {_group(item) for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: _group(item) not in slow)
    return (yield)


def _group(item):
    return item.get_closest_marker("xdist_group").args[0]
