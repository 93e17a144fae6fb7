"""Independent computations at the same time: XLA keeps one core busy with arrays as small as a
lesson's, not two.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import jax

_THREADS = ThreadPoolExecutor(2, thread_name_prefix="side_by_side")


def side_by_side(function: Callable, *arguments: Iterable) -> list:
    """list(map(function, *arguments)), two calls at a time and their arrays computed. Not to be
    called from within one.
    """
    function = as_here(function)
    return list(_THREADS.map(lambda *call: jax.block_until_ready(function(*call)), *arguments))


def as_here(function: Callable) -> Callable:
    """The function for another thread, where it computes in float32 or float64 as here: JAX's
    contexts end with their thread.
    """
    # JAX gives its settings their names as it runs
    in_float64 = jax.config.jax_enable_x64  # pyrefly: ignore[missing-attribute]

    def call(*arguments):
        with jax.enable_x64(in_float64):
            return function(*arguments)

    return call
