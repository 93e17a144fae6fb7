"""What compiling leaves behind in a kernel, cleared away.

JAX keeps the text of every program that it has compiled, in a context of its own: 1.2 MB even where
the program is one addition, and a lesson compiles a hundred. Nothing asks for it again, for a
function that was called once finds its machine code by another way.
"""

import gc
import sys
from typing import Any

from .malloc import give_back

# JAX has no name for them that it promises to keep: where one is missing, what it keeps stays.
TEXTS = (
    ("jax._src.pjit", "_pjit_lower"),
    ("jax._src.interpreters.pxla", "_cached_lowering_to_hlo"),
)
# What a function was traced to, by itself, for many inputs at once and for its derivative: 15 to
# 40 MB per lesson. A call of what is compiled does not look here.
TRACES = (
    ("jax._src.pjit", "_infer_params_cached"),
    ("jax._src.interpreters.batching", "_batch_jaxpr_axes"),
    ("jax._src.interpreters.batching", "_batch_jaxpr2"),
    ("jax._src.interpreters.partial_eval", "trace_to_jaxpr"),
    ("jax._src.interpreters.ad", "_linearize_jaxpr"),
)


class Leftovers:
    """What there is to clear away, of the whole process."""

    def __init__(self):
        self._has_compiled = False

    def clear_away(self, thoroughly: bool = False) -> None:
        """Call it when something may have been compiled, or trained; takes about 20 ms.

        Thoroughly: if anything was compiled since the last time, also what only refers to itself,
        traces and figures, for another 100 ms.
        """
        for cache in _caches(TEXTS):
            self._has_compiled |= cache.cache_info().currsize > 0
            cache.cache_clear()
        if thoroughly and self._has_compiled:
            for cache in _caches(TRACES):
                cache.cache_clear()
            gc.collect()
            self._has_compiled = False
        give_back()


def _caches(names) -> list[Any]:
    found = (getattr(sys.modules.get(module), name, None) for module, name in names)
    return [cache for cache in found if hasattr(cache, "cache_clear")]


LEFTOVERS = Leftovers()
