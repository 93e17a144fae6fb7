"""What XLA has compiled, kept in the folder JAX_COMPILATION_CACHE_DIR: silent where it cannot be,
mended where it is broken.

JAX writes an entry in place, so that a full disk or a kernel that dies leaves half of one; and it
never replaces an entry that is there. By itself it would warn under a cell at every opening of a
lesson from then on.
"""

import contextlib
import os
import sys
import threading
import time
import warnings
import zlib
from pathlib import Path

FOLDER = "JAX_COMPILATION_CACHE_DIR"
WARNING = "Error (reading|writing) persistent compilation cache entry"  # how JAX's begin
ROOT = 0  # who may fill a cache for all
LOOKED_OVER = "looked-over"  # a file as old as the newest entry that need not be read again
MINUTE = 60 * 10**9  # nanoseconds; what is younger is lost when the power goes
ZSTANDARD = (
    b"\x28\xb5\x2f\xfd"  # how such an entry begins; JAX packs with zlib where Python has no other
)


def prepare() -> None:
    """Call it before anything is compiled. A cache that cannot be used costs time, and a learner
    cannot help it: no warning.

    Damaged entries are removed in the background; somebody else's cache is not used, for an entry
    is a program that runs.
    """
    warnings.filterwarnings("ignore", message=WARNING)
    if not os.environ.get(FOLDER):
        return
    folder = Path(os.environ[FOLDER])
    if not trusted(folder):
        switch_off()
    elif folder.is_dir() and os.access(folder, os.W_OK):
        threading.Thread(target=remove_damaged, args=(folder,), daemon=True).start()


def trusted(folder: Path) -> bool:
    """Whether it is ours, root's or not there yet. Windows has no such owners, and there a user's
    folders are closed to others.
    """
    if not hasattr(os, "geteuid"):
        return True
    try:
        return folder.stat().st_uid in (os.geteuid(), ROOT)
    except FileNotFoundError:
        return True
    except OSError:  # behind a closed folder, or a file
        return False


def switch_off() -> None:
    """JAX compiles and keeps nothing, whether it is imported already or not."""
    os.environ["JAX_ENABLE_COMPILATION_CACHE"] = "false"
    if "jax" in sys.modules:
        sys.modules["jax"].config.update("jax_enable_compilation_cache", False)


def remove_damaged(folder: Path) -> list[str]:
    """The names of the entries that cannot be unpacked, which are gone now. One that was whole a
    minute after it was written is not read again: 10 MB take 0.1 s of one core.
    """
    damaged, mark = [], folder / LOOKED_OVER
    since = latest = mark.stat().st_mtime_ns if mark.exists() else 0
    safe = time.time_ns() - MINUTE
    for entry in folder.glob("*-cache"):
        try:
            written = entry.stat().st_mtime_ns
            if written < since:
                continue
            if not is_whole(entry.read_bytes()):
                entry.unlink()
                damaged.append(entry.name)
            latest = max(latest, written)
        except OSError:  # another kernel has removed it, or it is not ours to read or remove
            continue
    with contextlib.suppress(OSError):  # on a full disk the next kernel reads all again
        mark.touch()
        os.utime(mark, ns=(min(latest, safe),) * 2)
    return damaged


def is_whole(entry: bytes) -> bool:
    """Whether it can be unpacked. True of what this Python has no means to unpack."""
    if not entry.startswith(ZSTANDARD):
        return _unpacks(zlib.decompress, entry, zlib.error)
    try:
        from compression import zstd  # Python 3.14  # pyrefly: ignore[missing-import]
    except ImportError:
        return True
    return _unpacks(zstd.decompress, entry, (zstd.ZstdError, EOFError))


def _unpacks(decompress, entry, error):
    try:
        decompress(entry)
    except error:
        return False
    return True
