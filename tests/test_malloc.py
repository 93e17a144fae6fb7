"""What glibc's malloc does with a kernel's memory, asked from processes of their own."""

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
threads = [threading.Thread(target=lambda: (libc.malloc(5000), barrier.wait())) for _ in range(6)]
barrier = threading.Barrier(7)
for thread in threads:
    thread.start()
with tempfile.NamedTemporaryFile("r") as file:
    opened = ctypes.c_void_p(libc.fopen(file.name.encode(), b"w"))
    libc.malloc_info(0, opened)
    libc.fclose(opened)
    print(file.read().count("<heap "))
barrier.wait()
"""

FREED = """
import ctypes
from lessons.malloc import give_back
def resident():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]) // 1024
libc = ctypes.CDLL("libc.so.6")
libc.malloc.restype = ctypes.c_void_p
libc.memset.argtypes = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
libc.free.argtypes = [ctypes.c_void_p]
pieces = [libc.malloc(10_000) for _ in range(20_000)]
for piece in pieces:
    libc.memset(piece, 1, 10_000)
full = resident()
for piece in pieces[:-1]:  # the last one stays and keeps the heap from shrinking by itself
    libc.free(piece)
kept = resident()
give_back()
print(full - kept, full - resident())
"""


def _printed(program):
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return [int(number) for number in done.stdout.split()]


def test_the_lessons_let_all_threads_share_one_heap():
    assert _printed("import lessons" + HEAPS) == [1]
    assert _printed(HEAPS)[0] > 1


def test_freed_pieces_go_back_to_the_system():
    kept, given_back = _printed(FREED)
    assert kept < 20 and given_back > 150
