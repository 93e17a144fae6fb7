"""What compiling leaves behind in a kernel, cleared away.

JAX keeps the text of every program that it has compiled, in a context of its own: 1.2 MB even where
the program is one addition, and a lesson compiles a hundred. Nothing asks for it again, for a
function that was called once finds its machine code by another way.
"""

import sys

from .malloc import give_back

# JAX has no name for them that it promises to keep: where one is missing, its texts stay.
TEXTS = {
    "jax._src.pjit": "_pjit_lower",
    "jax._src.interpreters.pxla": "_cached_lowering_to_hlo",
}


def clear_away() -> None:
    """Call it when something may have been compiled, or trained; takes about 20 ms."""
    for module, name in TEXTS.items():
        cache = getattr(sys.modules.get(module), name, None)
        getattr(cache, "cache_clear", lambda: None)()
    give_back()
