"""Memory that compiling and training leave behind, given back to the machine."""

import ctypes
import threading

# glibc's malloc.h: from how much free memory on, at the end of a heap, it goes back to the system
# at once; from what size on an array has pages of its own; how many heaps there are
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
KEPT = 64 << 20  # at the end of a heap, while moves need it
HEAP = {TRIM_THRESHOLD: KEPT, MMAP_THRESHOLD: 32 << 20, ARENA_MAX: 1}
PIECE = 128 << 10  # freeing one of at least 64 kB makes glibc look at the end of its heap


def share_one_heap() -> None:
    """Lets all threads take memory from one heap, before there are more of them.

    Otherwise each of XLA's threads has one of its own, and what one of them frees in small pieces
    serves no other: 50 to 80 MB per kernel once a panel has trained. The heap keeps what the arrays
    of a move need: with glibc's own thresholds it would shrink and grow at each move, which takes
    longer by a third. Elsewhere than on Linux with glibc this does nothing; nor does the number of
    heaps change where there are more than eight already, as in an ipykernel before its first cell:
    glibc then settles for 8 per core. `give_back` knows.
    """
    if (libc := _glibc()) is not None:
        for option, value in HEAP.items():
            libc.mallopt(option, value)


def give_back() -> None:
    """Returns freed memory to the system, from all heaps; takes about 20 ms.

    XLA's compiler and the buffers of a training run pass through malloc, and glibc keeps what is
    freed: hundreds of megabytes per kernel. malloc_trim leaves what is free at the end of every
    heap but the first: an ipykernel has many heaps, and 60 to 130 MB lay there after training.
    Elsewhere than on Linux with glibc this does nothing.
    """
    if (libc := _glibc()) is None:
        return
    if (heaps := count_heaps(libc)) > 1:
        libc.mallopt(TRIM_THRESHOLD, PIECE)
        try:
            _free_a_piece_in_each(libc, heaps)
        finally:
            libc.mallopt(TRIM_THRESHOLD, KEPT)
    libc.malloc_trim(0)


def count_heaps(libc: ctypes.CDLL) -> int:
    """How many heaps malloc has in this process."""
    text, size = ctypes.c_void_p(), ctypes.c_size_t()
    file = ctypes.c_void_p(libc.open_memstream(ctypes.byref(text), ctypes.byref(size)))
    libc.malloc_info(0, file)
    libc.fclose(file)
    try:
        return ctypes.string_at(text.value or 0, size.value).count(b"<heap ")
    finally:
        libc.free(text)


def _free_a_piece_in_each(libc, heaps):
    """New threads get the heaps in turn: as many threads as heaps, all at the same time."""
    all_started, threads = threading.Event(), []

    def work():
        libc.free(ctypes.c_void_p(libc.malloc(PIECE)))
        all_started.wait()

    try:
        for _ in range(heaps):
            thread = threading.Thread(target=work, daemon=True)
            thread.start()
            threads.append(thread)
    except RuntimeError:  # a server may allow no more threads: some heaps then keep their ends
        pass
    all_started.set()
    for thread in threads:
        thread.join()


def _glibc() -> ctypes.CDLL | None:
    """None on macOS, Windows and with musl."""
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.malloc.restype = libc.open_memstream.restype = ctypes.c_void_p
        libc.malloc.argtypes = [ctypes.c_size_t]
        return libc if hasattr(libc, "malloc_info") and hasattr(libc, "malloc_trim") else None
    except (OSError, AttributeError):
        return None
