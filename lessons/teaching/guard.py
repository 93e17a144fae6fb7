"""Runs a check so that it ends with a verdict, and the kernel lives, whatever the learner's answer
does.

The check runs on a thread of its own. So an answer that never returns can be left behind, a
KeyboardInterrupt that the answer raises is told from the learner's own, and each check begins with
a stack of its own.
"""

import contextlib
import contextvars
import ctypes
import io
import sys
import threading
import time
import traceback
from collections.abc import Callable

LIMIT = 30.0  # seconds; the slowest folded solution takes 3 of CPU time
WAITING = 10  # times LIMIT: what an answer may take that waits and does not compute
GRACE = 5.0  # seconds to end in, for an answer that was told to
TICK = 0.05  # seconds between two looks at the clocks
STACK = 64 * 2**20  # bytes; macOS gives half a megabyte, too little for recursion through JAX
MOST_PRINTED = 2000  # characters


class Unended(Exception):
    """An answer that had to be stopped."""

    def __init__(self, seconds: float, frames: list, alive: bool):
        self.seconds, self.alive = seconds, alive
        self.frames = frames  # where it was then, pairs of frame and line, innermost last


def guarded(examine: Callable[[], str]) -> tuple[str | None, BaseException | None]:
    """What `examine` returns, or what it raises, Unended if it takes too long. Itself raises the
    learner's interrupt only.
    """
    outcome, printed = [], Printed()
    run = contextvars.copy_context().run
    # daemon: a thread that cannot be stopped does not keep the kernel from ending
    thread = threading.Thread(
        target=run, args=(_keep, examine, outcome), name="answer", daemon=True
    )
    try:
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            _without_exit(),
        ):
            _start(thread)
            unended = _wait(thread, outcome)
    except BaseException:
        if thread.is_alive():
            _tell_to_end(thread)
        raise
    finally:
        printed.show()
    return (None, unended) if unended else outcome[0]


def _keep(examine, outcome):
    try:
        outcome.append((examine(), None))
    except BaseException as error:  # for the thread that waits
        outcome.append((None, error))


def _start(thread):
    before = threading.stack_size(STACK)
    try:
        thread.start()
    finally:
        threading.stack_size(before)


def _wait(thread, outcome) -> Unended | None:
    """None once the thread has its outcome; Unended if it had to be stopped."""
    wall, cpu = time.monotonic(), time.process_time()
    while thread.is_alive():
        thread.join(TICK)
        waited, worked = time.monotonic() - wall, time.process_time() - cpu
        # Both clocks: on a busy machine the first runs ahead of the work, with many cores the
        # second.
        if (min(waited, worked) > LIMIT or waited > WAITING * LIMIT) and not outcome:
            inward = reversed([*traceback.walk_stack(sys._current_frames().get(thread.ident))])
            return Unended(waited, list(inward), alive=not _stop(thread))
    return None


def _stop(thread) -> bool:
    """Whether the thread ends within GRACE when told to, again and again because answers may catch
    that too.
    """
    until = time.monotonic() + GRACE
    while thread.is_alive() and time.monotonic() < until:
        _tell_to_end(thread)
        thread.join(TICK)
    return not thread.is_alive()


def _tell_to_end(thread):
    # It arrives with the next step of Python: code that waits inside C or XLA gets it when that
    # returns. SystemExit is
    # not an Exception, which answers may catch, and ends a thread without a message.
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit)
    )


@contextlib.contextmanager
def _without_exit():
    """In a kernel exit() raises nothing: it asks the shell to end after the cell. Here it raises,
    as in plain Python.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None:
        yield
        return

    def leave():
        raise SystemExit

    shell.ask_exit = leave
    try:
        yield
    finally:
        del shell.ask_exit


class Printed(io.TextIOBase):
    """Keeps the beginning of what an answer prints, and counts the rest."""

    def __init__(self):
        self._kept, self._written = io.StringIO(), 0

    def write(self, text: str) -> int:
        self._kept.write(text[: max(0, MOST_PRINTED - self._written)])
        self._written += len(text)
        return len(text)

    def show(self) -> None:
        """Prints it, and how much was left out."""
        print(self._kept.getvalue(), end="")
        if self._written > MOST_PRINTED:
            print(
                f"\n… and {self._written - MOST_PRINTED} more characters that your answer printed."
            )
