"""What compiling leaves behind in a kernel, cleared away.

JAX keeps the text of every program that it has compiled, in a context of its own: 1.2 MB even where
the program is one addition, and a lesson compiles a hundred. Nothing asks for it again, for a
function that was called once finds its machine code by another way.
"""

import gc
import sys
from typing import Any

from .malloc import give_back

# JAX has no name for them that it promises to keep: where one is missing, its texts stay.
TEXTS = {
    "jax._src.pjit": "_pjit_lower",
    "jax._src.interpreters.pxla": "_cached_lowering_to_hlo",
}


class Leftovers:
    """What there is to clear away, of the whole process."""

    def __init__(self):
        self._has_compiled = False

    def clear_away(self, thoroughly: bool = False) -> None:
        """Call it when something may have been compiled, or trained; takes about 20 ms.

        Thoroughly: if anything was compiled since the last time, also what only refers to itself,
        traces and figures, for another 100 ms.
        """
        for cache in _texts():
            self._has_compiled |= cache.cache_info().currsize > 0
            cache.cache_clear()
        if thoroughly and self._has_compiled:
            gc.collect()
            self._has_compiled = False
        give_back()


def _texts() -> list[Any]:
    found = (getattr(sys.modules.get(module), name, None) for module, name in TEXTS.items())
    return [cache for cache in found if hasattr(cache, "cache_clear")]


LEFTOVERS = Leftovers()
