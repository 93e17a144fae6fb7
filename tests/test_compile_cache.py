"""What a learner sees of the compile cache, from processes of their own: nothing, whatever became
of its folder.
"""

import os
import subprocess
import sys
import zlib
from types import SimpleNamespace

import pytest

from lessons import compile_cache
from lessons.compile_cache import LOOKED_OVER, is_whole, remove_damaged, trusted

COMPILE = """
import jax, jax.numpy as jnp, threading
print(jax.jit(lambda x: jnp.sin(x) * 3)(0.5))
[thread.join() for thread in threading.enumerate() if thread is not threading.main_thread()]
"""
LESSON = "import lessons" + COMPILE
# What a full disk does: a write stops in the middle, with an OSError.
FULL_DISK = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
ANOTHER = 12345  # a user's number


def printed(program, folder):
    """What the program says on stdout and stderr, compiling with this cache."""
    settings = {
        "JAX_COMPILATION_CACHE_DIR": str(folder),
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    }
    environment = {**os.environ, **settings, "JAX_PLATFORMS": "cpu"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def entries(folder):
    return {entry.name: entry.read_bytes() for entry in folder.glob("*-cache")}


@pytest.fixture(scope="module")
def answer():
    """What a kernel prints that has compiled without a cache."""
    return printed(COMPILE, "")[0]


@pytest.fixture(scope="module")
def filled(answer, tmp_path_factory):
    """A cache that one kernel has filled, and its entries, which are bound to their folder."""
    folder = tmp_path_factory.mktemp("filled")
    assert printed(LESSON, folder) == (answer, "") and entries(folder)
    return folder, entries(folder)


@pytest.fixture
def damaged(filled):
    """The cache with each entry cut in half."""
    folder, whole = filled
    owner = folder.stat().st_uid
    for name, content in whole.items():
        (folder / name).write_bytes(content[: len(content) // 2])
    yield folder
    if folder.stat().st_uid != owner:
        os.chown(folder, owner, -1)


@pytest.mark.slow
def test_a_damaged_cache_is_silent_and_whole_again_after_two_kernels(answer, damaged):
    names = entries(damaged).keys()
    assert printed(LESSON, damaged) == (answer, "")
    assert printed(LESSON, damaged) == (answer, "")
    assert entries(damaged).keys() == names
    assert all(map(is_whole, entries(damaged).values()))


@pytest.mark.slow
def test_jax_by_itself_warns_of_a_damaged_cache_and_keeps_it(answer, damaged):
    # If this fails JAX has learned it, and lessons/compile_cache.py has less to do.
    before = entries(damaged)
    said, warned = printed(COMPILE, damaged)
    assert said == answer and "persistent compilation cache" in warned
    assert entries(damaged) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
@pytest.mark.slow
def test_a_full_disk_is_silent_and_leaves_nothing_that_lasts(answer, tmp_path):
    assert printed(FULL_DISK + LESSON, tmp_path) == (answer, "")
    assert not all(map(is_whole, entries(tmp_path).values())), "the limit must have stopped a write"
    remove_damaged(tmp_path)
    assert printed(LESSON, tmp_path) == (answer, "")
    assert all(map(is_whole, entries(tmp_path).values()))


@pytest.mark.slow
def test_a_file_where_the_folder_should_be_is_silent(answer, tmp_path):
    file = tmp_path / "compiled"
    file.write_text("mine")
    assert printed(LESSON, file) == printed(LESSON, file / "below") == (answer, "")
    assert file.read_text() == "mine"


@pytest.mark.skipif(
    not os.path.isdir("/proc/self"), reason="no folder in which nobody, root included, can write"
)
@pytest.mark.slow
def test_a_folder_in_which_nobody_can_write_is_silent(answer):
    assert printed(LESSON, "/proc/compiled") == (answer, "")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such owners")
@pytest.mark.slow
def test_a_cache_of_somebody_else_is_neither_read_nor_written(answer, damaged):
    if os.geteuid() == 0:
        os.chown(damaged, ANOTHER, -1)
        program = LESSON
    else:
        program = f"import os; os.geteuid = lambda: {ANOTHER}\n" + LESSON
    before = entries(damaged)
    assert printed(program, damaged) == (answer, "")
    assert entries(damaged) == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such owners")
def test_a_cache_is_trusted_if_it_is_ours_or_that_of_root(tmp_path, monkeypatch):
    owner = tmp_path.stat().st_uid
    assert trusted(tmp_path) and trusted(tmp_path / "not there yet")
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert trusted(tmp_path) == (owner == 0)
    monkeypatch.setattr(compile_cache, "ROOT", owner)
    assert trusted(tmp_path)


def test_only_what_cannot_be_unpacked_is_removed(tmp_path):
    packed = zlib.compress(b"a program" * 100)
    contents = {
        "whole": packed,
        "cut": packed[:-1],
        "empty": b"",
        "changed": packed[:-1] + bytes([packed[-1] ^ 1]),
    }
    for name, content in contents.items():
        (tmp_path / f"{name}-cache").write_bytes(content)
    (tmp_path / "notes.txt").write_text("not an entry")
    assert sorted(remove_damaged(tmp_path)) == ["changed-cache", "cut-cache", "empty-cache"]
    kept = {"whole-cache", "notes.txt", LOOKED_OVER}
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_what_was_whole_is_read_again_only_in_its_first_minute_or_if_it_has_changed(
    tmp_path, monkeypatch
):
    read, now = [], 10**18
    monkeypatch.setattr(compile_cache, "is_whole", lambda entry: read.append(entry) or True)
    monkeypatch.setattr(compile_cache, "time", SimpleNamespace(time_ns=lambda: now))

    def write(content, age):
        entry = tmp_path / f"{content}-cache"
        entry.write_text(content)
        os.utime(entry, ns=(now - age * 10**9,) * 2)

    for content, age in (("old", 600), ("young", 30), ("newest", 0)):
        write(content, age)
    for _ in range(2):
        remove_damaged(tmp_path)
    assert sorted(read) == [b"newest", b"newest", b"old", b"young", b"young"]
    read.clear()
    now += 60 * 10**9
    for _ in range(2):
        remove_damaged(tmp_path)
    assert read.count(b"young") == 1 and b"old" not in read
    write("old", 0)
    remove_damaged(tmp_path)
    assert b"old" in read
