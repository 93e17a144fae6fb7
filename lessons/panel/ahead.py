"""The next picture is there before it is asked for.

After a move the neighbours of the present position, along the slider that was moved, are measured,
drawn and sent, so that the page need not wait for the kernel. One thread for all panels, which
works only while nothing else is asked.
"""

import atexit
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from itertools import islice
from typing import Any

from .controls import Slider

MOST = 24  # neighbours, and pictures that a panel keeps; MOST_KEPT in page/pictures.js is the same
MOST_SECONDS = 0.5  # of this process' CPU after each move: others may work on the same machine
# Seconds after a move in which nothing begins, so that the page paints first. In a drag the next
# move would have to wait until the picture at hand is done: there quick pictures alone are made,
# and others when it has ended.
PAUSE = QUICK = 0.03
DRAG = 4 * PAUSE  # between two moves of a drag there is less


def is_on() -> bool:
    """Whether pictures are made ahead in this kernel: a server with many learners sets
    LESSONS_AHEAD=0."""
    return os.environ.get("LESSONS_AHEAD", "1") != "0"


def neighbours(slider: Slider, direction: int) -> Iterator:
    """Positions on the slider's steps from its value outwards: two in the direction of the last
    move, one in the other."""
    steps = iter(range(1, 10**6))
    for far in steps:
        wanted = [direction * (2 * far - 1), direction * 2 * far, -direction * far]
        found = [value for step in wanted if (value := beyond(slider, step)) is not None]
        if not found:
            return
        yield from found


def beyond(slider: Slider, steps: int):
    """The position so many steps up or down from the slider's value, or None beyond its ends; as
    slider.js has it."""
    exact = (slider.value - slider.low) / slider.step
    here = round(exact)
    if abs(exact - here) > 1e-9:  # between two steps the next one on the grid is one step away
        here = exact // 1 + (steps < 0)
    value = float(f"{slider.low + (here + steps) * slider.step:.12g}")
    return slider.check(value) if slider.low <= value <= slider.high else None


class Ahead:
    """The thread that works ahead, for the panel that was moved last."""

    def __init__(self):
        self._changed = threading.Condition()
        self._wish: tuple | None = None
        self._thread: threading.Thread | None = None
        self._busy, self._working = 0, False
        # when it was asked last, seconds for its last picture, and before its next one
        self._asked, self._took, self._pause = 0.0, 0.0, PAUSE
        self._last: Callable[[], Any] = lambda: None  # the panel whose pictures are kept

    @contextmanager
    def hushed(self):
        """Nothing is made ahead meanwhile, and what was under way ends with the picture at hand."""
        with self._changed:
            self._busy, self._wish = self._busy + 1, None
        try:
            yield
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    @property
    def is_hushed(self) -> bool:
        """Whether something is asked for that goes before."""
        return self._busy > 0

    def ask(self, panel, name: str, direction: int) -> None:
        """Makes the neighbours of the panel's present position ahead, when there is time."""
        if not is_on():
            return
        with self._changed:
            last, self._last = self._last(), weakref.ref(panel)
            # With the context of who asks: ipykernel sends the page's next message where the last
            # one to the page came from, and from the main thread's context it would wait for its
            # cells.
            self._wish = (copy_context(), self._last, name, direction)
            before, self._asked = self._asked, time.monotonic()
            in_a_drag = self._asked - before < DRAG
            self._pause = (0 if self._took < QUICK else DRAG) if in_a_drag else PAUSE
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="ahead")
                self._thread.start()
                atexit.register(self._end)
            self._changed.notify_all()
        if last not in (None, panel):
            last.forget()

    def idle(self, timeout: float) -> bool:
        """Waits until there is nothing more to make; whether that came to pass."""
        with self._changed:
            return self._changed.wait_for(lambda: self._wish is None and not self._working, timeout)

    def _end(self):
        """An interpreter that ends under a thread that computes would abort."""
        with self._changed:
            self._busy += 1
            self._changed.wait_for(lambda: not self._working, MOST_SECONDS)

    def _work(self):
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wish and not self._busy)
                asked = self._wish
                if self._changed.wait_for(
                    lambda: self._busy or self._wish is not asked, self._pause
                ):
                    continue
                assert asked is not None  # it was waited for
                (context, *wish), self._wish, self._working = asked, None, True
            try:
                context.run(self._make, *wish)
            finally:
                with self._changed:
                    self._working = False
                    self._changed.notify_all()

    def _make(self, panel, name, direction):
        stop = time.process_time() + MOST_SECONDS
        if (found := panel()) is None:
            return
        for value in list(islice(neighbours(found.controls[name], direction), MOST)):
            if self._busy or self._wish or time.process_time() > stop:
                return
            begun = time.monotonic()
            if not found.make_ahead(name, value):
                return
            if (took := time.monotonic() - begun) > 0.001:  # it was not there already
                self._took = took


AHEAD = Ahead()
