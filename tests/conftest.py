"""Strict JAX for every test: no silent promotion of types or ranks, CPU, and float64 where a test
asks for it.

And who runs what: `--dist loadscope` gives all tests of one subject to one worker.
"""

import gc
import os
import re
import signal
import sys
from functools import lru_cache
from pathlib import Path

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import numpy as np
import pytest
from jaxtyping import install_import_hook
from matplotlib.mathtext import MathTextParser
from threadpoolctl import threadpool_limits

from lessons import malloc
from lessons.drawing import picture
from lessons.panel.drawing_board import DrawingBoard

# The shapes in these modules' signatures are checked at every call. Compiled functions are called
# once, to be traced. The other modules there say themselves what is wrong with an argument.
SHAPED = "classifiers forward_sweep gradients initialisation network path_accumulation path_sums"
install_import_hook([f"lessons.network.{name}" for name in SHAPED.split()], "beartype.beartype")

# matplotlib keeps fifty formulas that it has parsed, fewer than two panels have.
MathTextParser._parse_cached = lru_cache(2000)(MathTextParser._parse_cached.__wrapped__)
# The figures of all panels, kept for all tests of a worker: each takes longer to make than twenty
# pictures on it. test_picture.py asks when they go.
picture.SHARED = {}

# Panels draw for a screen that is not dense, in two fifths of the time.
DrawingBoard.density = 1

# Nothing freed goes back to the system: to look for it in the gigabyte of a worker, as every panel
# does, takes 100 ms. What it does for a kernel test_malloc.py asks, in processes of their own.
malloc._glibc = lambda: None

# NumPy's threads wait for each other in a loop: beside a second worker that takes 17 times the work
# of one thread.
threadpool_limits(1, "blas")
jax.config.update("jax_numpy_dtype_promotion", "strict")
jax.config.update("jax_numpy_rank_promotion", "raise")


@pytest.fixture
def unoptimised():
    """For programs that tests alone run, and for milliseconds: to optimise one takes longer than
    it saves.
    """
    jax.config.update("jax_disable_most_optimizations", True)
    yield
    jax.config.update("jax_disable_most_optimizations", False)


@pytest.fixture
def float64(unoptimised):
    """Finite differences need more digits than float32 has. No lesson computes with so many."""
    with jax.enable_x64(True):
        yield


@pytest.fixture
def interruptible():
    """As in a kernel. What a shell starts in the background ignores the signal, and so do its
    children. And no garbage is collected meanwhile: JAX has a callback there, and an interrupt in
    it would be swallowed.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.disable()
    yield
    gc.enable()
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module", autouse=True)
def panels_are_closed():
    """ipywidgets keeps every panel until it is closed, with its figure: the garbage collector would
    go over those of all modules again and again. But not the panel of the subject under test.
    """
    yield
    if "lessons.panel.explorer" in sys.modules:
        from ipywidgets.widgets.widget import _instances

        from lessons.panel.explorer import Explorer
        from tests.panels import is_kept

        for widget in list(_instances.values()):
            if isinstance(widget, Explorer) and not is_kept(widget):
                widget.close()


@pytest.fixture
def young():
    """Of what is in memory, only what the test itself makes is looked over: all of a worker takes
    a second.
    """
    gc.freeze()


@pytest.fixture
def half_size(monkeypatch):
    """Lesson 1's panel that trains has arrays for 16 layers of width 32 at most: Adam works on all
    of them, whatever the size of the network in them.
    """
    from lessons.residual_block.identity import experiment

    monkeypatch.setattr(experiment, "DEEPEST", 16)
    monkeypatch.setattr(experiment, "WIDEST", 32)


@pytest.fixture
def rng():
    return np.random.default_rng(20151210)


# the exercises of lesson 6 train the arms that the tests of the members train
SHARED = {"deep_or_ensemble/test_exercises": "deep_or_ensemble/test_members"}


def subject(nodeid: str) -> str:
    """The panel or the module that a test is about: the panel's folder, or what
    test_every_panel.py builds, or whose task test_tasks.py solves; elsewhere the file.
    """
    if panel := re.search(r"\[(\w+)_explorer\]$|/test_tasks\.py::\w+\[(\w+) \d+\]$", nodeid):
        return panel[1] or panel[2]
    _, *folders, file = Path(nodeid.split("::")[0]).with_suffix("").parts
    if len(folders) == 2:
        return folders[1]
    name = "/".join([*folders, file])
    return SHARED.get(name, name)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """What one test of a subject has compiled or trained, the others find: with loadscope one
    worker has them all.

    xdist's own loadgroup cannot do it: it writes groups into what pytest 9.2 no longer reads.
    """
    from xdist.scheduler import LoadScopeScheduling

    if config.getvalue("dist") != "loadscope":
        return None
    config.option.loadscopereorder = False  # the order is that of the next function
    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = subject
    return scheduler


def pytest_collection_finish():
    """What was imported stays, and is not looked over again at every collection of garbage, of
    which there are as few as a larger heap allows.
    """
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_collection_modifyitems(items):
    """Subjects with slow tests start first, so that no worker waits for the other at the end."""
    slow = {subject(item.nodeid) for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: subject(item.nodeid) not in slow)
