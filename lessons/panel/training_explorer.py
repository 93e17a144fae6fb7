"""A panel that trains: the picture grows while it runs, and Stop stops it."""

import threading
import weakref
from collections.abc import Callable, Iterator
from contextvars import copy_context

import jax
import traitlets

from ..leftovers import LEFTOVERS
from ..malloc import give_back
from ..network.training import keep_programs_of
from .ahead import AHEAD
from .explorer import Explorer

NOTE = " Trained beforehand; press Train for your own."


class Progress(traitlets.HasTraits):
    """The part of the training that is done, 0 to 1."""

    value = traitlets.Float(0.0)


class TrainingExplorer(Explorer):
    """An Explorer whose `measure(**values)` is an iterator of ever longer measurements, the first
    before training.

    Moving a control shows the untrained networks of the new setting and stops a run of the old one:
    no picture ever shows another setting's result. A measurement has `progress`, the part of the
    training that it covers, 0 to 1.

    `trained(values)` returns what somebody has trained beforehand with these settings, or None: it
    is shown in place of the untrained networks, and the sentence says so.
    """

    def __init__(
        self,
        name: str,
        view_type,
        measure: Callable[..., Iterator],
        controls,
        trained: Callable = lambda values: None,
        **settings,
    ):
        self._run: _Run | None = None  # the thread that trains, and only it may draw
        self._running, self._trained, self._is_compiled = False, trained, False
        self.kind = name  # panels of one kind train with the same programs
        self._beforehand = weakref.WeakSet()  # the measurements that were stored
        self.progress = Progress()
        super().__init__(name, view_type, measure, controls, **settings)

    def _look(self):
        return {**super()._look(), "trains": True}

    def frame_of(self, shown):
        progress = float(getattr(shown.measurement, "progress", 0.0))
        return {**super().frame_of(shown), "progress": progress, "running": self._running}

    def _measured(self, values):
        found = self._trained(values)
        if found is None or not self._is_compiled:  # what is stored compiles nothing for the moves
            first, self._is_compiled = next(self._steps(values)), True
            if found is None:
                return first
        self._beforehand.add(found)
        return found

    def _steps(self, values):
        steps = super()._measured(values)  # in float32: networks may be drawn at the call
        while True:
            # not around the yield: it would hold for whoever asks for the next one
            with jax.enable_x64(False):
                measurement = next(steps, None)
            if measurement is None:
                return
            yield measurement

    def sentence(self, measurement):
        """What it shows, in words; and whether it was there before anybody pressed Train."""
        return super().sentence(measurement) + NOTE * (measurement in self._beforehand)

    @property
    def is_beforehand(self) -> bool:
        """Whether the panel shows what was trained before anybody pressed Train here."""
        return self.measurement in self._beforehand

    def untrained(self) -> "TrainingExplorer":
        """Shows the networks before training, also where trained ones are stored, and returns the
        panel."""
        self.stop()
        with AHEAD.hushed():
            self.attempt(lambda: self.show(next(self._steps(self.values))))
        return self

    def _put(self, shown):
        super()._put(shown)
        self.progress.value = float(shown.measurement.progress)

    def refresh(self):
        """Stops a run and shows the networks before training, or those trained beforehand."""
        self.stop()
        super().refresh()

    def train(self) -> "TrainingExplorer":
        """Trains to the end, and returns the panel: for a cell that says what came out."""
        try:
            self.start().ended.wait()
        finally:  # an interrupted kernel stops the run too
            self.stop()
        return self

    def start(self) -> "_Run":
        """Trains in a thread of its own, so that Stop and the other panels still answer."""
        self.stop()
        with self._lock:
            self.forget()  # a panel may remember what it has trained, and show it at its next move
            keep_programs_of(self.kind)
            # in the context of who starts it: see ahead.py
            run = copy_context().run
            self._run = _Run(run, (self.attempt, self._train))
            self._show_running(True)
            self._run.start()
            return self._run

    def stop(self):
        """Stops after the chunk of steps under way. What has been trained stays in the picture."""
        run = self._run
        if run is not None:
            run.stopped = True
            if run is not threading.current_thread():
                run.ended.wait()

    def _train(self):
        run = threading.current_thread()
        assert isinstance(run, _Run)
        try:
            with AHEAD.hushed():
                for measurement in self._steps(self.values):
                    if run.stopped:
                        return
                    self.show(measurement)
                    give_back()  # or a run would grow by hundreds of megabytes while it lasts
        finally:
            self._show_running(False)
            LEFTOVERS.clear_away()

    def _show_running(self, running):
        with self._lock:
            self._running, self._forgets = running, True
            self._publish()


class _Run(threading.Thread):
    """Who waits for it waits for `ended`: a join that is interrupted marks a running thread as over
    up to Python 3.12, and ipykernel then closes its socket.
    """

    def __init__(self, target, args):
        super().__init__(target=target, args=args, daemon=True)
        self.stopped, self.ended = False, threading.Event()

    def run(self):
        try:
            super().run()
        finally:
            self.ended.set()
