"""Memory that compiling and training leave behind, given back to the machine."""

import ctypes

# glibc's malloc.h: from how much free memory on, at the end of the heap, it goes back to the system
# at once; from what size on an array has pages of its own; how many heaps there are
HEAP = {
    "M_TRIM_THRESHOLD": (-1, 64 << 20),
    "M_MMAP_THRESHOLD": (-3, 32 << 20),
    "M_ARENA_MAX": (-8, 1),
}


def share_one_heap() -> None:
    """Lets all threads take memory from one heap, before there are more of them.

    Otherwise each of XLA's threads has one of its own, and what one of them frees in small pieces
    serves no other: 50 to 80 MB per kernel once a panel has trained. The heap keeps what the arrays
    of a move need: with glibc's own thresholds it would shrink and grow at each move, which takes
    longer by a third. Elsewhere than on Linux with glibc this does nothing.
    """
    for option, value in HEAP.values():
        try:
            ctypes.CDLL("libc.so.6").mallopt(option, value)
        except (OSError, AttributeError):  # macOS, Windows, musl
            return


def give_back() -> None:
    """Returns freed memory to the system; takes about 20 ms.

    XLA's compiler and the buffers of a training run pass through malloc, and glibc keeps what is
    freed: hundreds of megabytes per kernel. Elsewhere than on Linux with glibc this does nothing.
    """
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):  # macOS, Windows, musl
        return
