"""What glibc's malloc does with a kernel's memory, asked from processes of their own."""

import os
import platform
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="there is nothing to set without glibc"
)

HEAPS = """
import ctypes, tempfile, threading
libc = ctypes.CDLL("libc.so.6")
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
have_memory, counted = threading.Barrier(7), threading.Barrier(7)
def thread():
    libc.malloc(5000)
    have_memory.wait()
    counted.wait()
for _ in range(6):
    threading.Thread(target=thread).start()
have_memory.wait()
with tempfile.NamedTemporaryFile("r") as file:
    opened = ctypes.c_void_p(libc.fopen(file.name.encode(), b"w"))
    libc.malloc_info(0, opened)
    libc.fclose(opened)
    print(file.read().count("<heap "))
counted.wait()
"""

FREED = """
import ctypes, os, struct
from lessons.malloc import give_back
PAGE = os.sysconf("SC_PAGE_SIZE")
PIECE = 8 * PAGE
def held():
    # pages inside the pieces that this process has, in memory or in swap: bits 63 and 62 of their
    # entries
    count = 0
    with open("/proc/self/pagemap", "rb", buffering=0) as map:
        for piece in pieces:
            first, last = -(-piece // PAGE), (piece + PIECE) // PAGE
            entries = os.pread(map.fileno(), 8 * (last - first), 8 * first)
            count += sum(entry >> 62 > 0 for entry, in struct.iter_unpack("=Q", entries))
    return count
libc = ctypes.CDLL("libc.so.6")
libc.malloc.restype = ctypes.c_void_p
libc.memset.argtypes = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
libc.free.argtypes = [ctypes.c_void_p]
pieces = [libc.malloc(PIECE) for _ in range(300)]
for piece in pieces:
    libc.memset(piece, 1, PIECE)
print(held())
for piece in pieces[:-1]:  # the last one stays and keeps the heap from shrinking by itself
    libc.free(piece)
print(held())
give_back()
print(held())
"""

ENDS = """
import ctypes, threading
from pathlib import Path
libc = ctypes.CDLL("libc.so.6")
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
freed, over, begun = threading.Barrier(13), threading.Event(), threading.Barrier(13)
def thread():
    libc.malloc(5000)
    begun.wait()  # now the process has its heaps
    begun.wait()
    pieces = [libc.malloc(100_000) for _ in range(30)]
    for piece in pieces:
        ctypes.memset(piece, 1, 100_000)
    for piece in reversed(pieces):
        libc.free(piece)
    freed.wait()
    over.wait()
for _ in range(12):
    threading.Thread(target=thread, daemon=True).start()
begun.wait()
from lessons.malloc import give_back
begun.wait()
freed.wait()
def megabytes():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("RssAnon"))
print(megabytes())
libc.malloc_trim(0)
print(megabytes())
give_back()
print(megabytes())
over.set()
"""


def _printed(program):
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MALLOC_", "GLIBC_TUNABLES"))
    }
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=own
    )
    return [int(number) for number in done.stdout.split()]


def test_the_lessons_let_all_threads_share_one_heap():
    assert _printed("import lessons" + HEAPS) == [1]
    assert _printed(HEAPS)[0] > 1


def test_freed_pieces_go_back_to_the_system():
    """Counted in pages of these pieces: what else the process or the machine holds has no say."""
    full, freed, given_back = _printed(FREED)
    # The first and the last page of a run of freed pieces hold what malloc itself notes there, and
    # how many such runs there are hangs on where the pieces came to lie. Mostly less than a tenth
    # of all pages stay, once it was three tenths. Without giving back all of them do.
    assert full >= 300 * 7 and freed >= 0.99 * full and given_back < 0.5 * full


def test_the_free_ends_of_all_heaps_go_back_though_threads_came_before_the_lessons():
    """As in an ipykernel. The threads free 3 MB each, some of them in a heap that they share."""
    full, trimmed, given_back = _printed(ENDS)
    assert full - given_back > 12 > full - trimmed
