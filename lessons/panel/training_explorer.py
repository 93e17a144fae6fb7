"""A panel that trains: the picture grows while it runs, and Stop stops it."""

import threading
from collections.abc import Callable, Iterator
from contextvars import copy_context

import jax
import traitlets

from ..malloc import give_back
from .ahead import AHEAD
from .explorer import Explorer


class Progress(traitlets.HasTraits):
    """The part of the training that is done, 0 to 1."""

    value = traitlets.Float(0.0)


class TrainingExplorer(Explorer):
    """An Explorer whose `measure(**values)` is an iterator of ever longer measurements, the first
    before training.

    Moving a control shows the untrained networks of the new setting and stops a run of the old one:
    no picture ever shows another setting's result. A measurement has `progress`, the part of the
    training that it covers, 0 to 1.
    """

    def __init__(
        self, name: str, view_type, measure: Callable[..., Iterator], controls, **settings
    ):
        self._run = None  # the thread that trains, and only it may draw
        self._running = False
        self.progress = Progress()
        super().__init__(name, view_type, measure, controls, **settings)

    def _look(self):
        return {**super()._look(), "trains": True}

    def frame_of(self, shown):
        progress = float(getattr(shown.measurement, "progress", 0.0))
        return {**super().frame_of(shown), "progress": progress, "running": self._running}

    def _measured(self, values):
        return next(self._steps(values))

    def _steps(self, values):
        steps = self._measure(**values)
        while True:
            with jax.enable_x64(
                False
            ):  # not around the yield: it would hold for whoever asks for the next one
                measurement = next(steps, None)
            if measurement is None:
                return
            yield measurement

    def _put(self, shown):
        super()._put(shown)
        self.progress.value = float(shown.measurement.progress)

    def refresh(self):
        """Stops a run and shows the networks before training."""
        self.stop()
        super().refresh()

    def train(self) -> "TrainingExplorer":
        """Trains to the end, and returns the panel: for a cell that says what came out."""
        self.start()
        try:
            self._run.join()
        finally:  # an interrupted kernel stops the run too
            self.stop()
        return self

    def start(self):
        """Trains in a thread of its own, so that Stop and the other panels still answer."""
        self.stop()
        with self._lock:
            self.forget()  # a panel may remember what it has trained, and show it at its next move
            # in the context of who starts it: see ahead.py
            run = copy_context().run
            self._run = _Run(target=run, args=(self.attempt, self._train), daemon=True)
            self._show_running(True)
            self._run.start()

    def stop(self):
        """Stops after the chunk of steps under way. What has been trained stays in the picture."""
        run = self._run
        if run is not None:
            run.stopped = True
            if run is not threading.current_thread():
                run.join()

    def _train(self):
        run = threading.current_thread()
        try:
            with AHEAD.hushed():
                for measurement in self._steps(self.values):
                    if run.stopped:
                        return
                    self.show(measurement)
                    give_back()  # or a run would grow by hundreds of megabytes while it lasts
        finally:
            self._show_running(False)
            give_back()

    def _show_running(self, running):
        with self._lock:
            self._running, self._forgets = running, True
            self._publish()


class _Run(threading.Thread):
    stopped = False
