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
    return list(_THREADS.map(lambda *call: jax.block_until_ready(function(*call)), *arguments))
