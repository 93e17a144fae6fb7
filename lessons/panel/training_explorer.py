"""A panel that trains: the picture grows while it runs, and Stop stops it."""

import threading
from collections.abc import Callable, Iterator

import ipywidgets as widgets

from ..malloc import give_back
from .explorer import Explorer


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
        self.train_button = widgets.Button(description="Train", button_style="primary")
        self.stop_button = widgets.Button(description="Stop", disabled=True)
        self.progress = widgets.FloatProgress(
            value=0, max=1, description="trained", layout={"width": "260px"}
        )
        self.train_button.on_click(lambda _: self.start())
        self.stop_button.on_click(lambda _: self.stop())
        super().__init__(name, view_type, measure, controls, **settings)

    def _rows(self):
        controls, *rest = super()._rows()
        return [controls, widgets.HBox([self.train_button, self.stop_button, self.progress]), *rest]

    def refresh(self):
        """Stops a run and shows the networks before training."""
        self.stop()
        with self._lock, self._held_still():
            self._set_limits()
            self._attempt(lambda: self._advance(next(self._measure(**self.values))))

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
            self._run = _Run(target=lambda: self._attempt(self._train), daemon=True)
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
            for measurement in self._measure(**self.values):
                if run.stopped:
                    return
                self._advance(measurement)
                give_back()  # or a run would grow by hundreds of megabytes while it lasts
        finally:
            self._show_running(False)
            give_back()

    def _advance(self, measurement):
        self.show(measurement)
        self.progress.value = measurement.progress

    def _show_running(self, running):
        self.train_button.disabled, self.stop_button.disabled = running, not running


class _Run(threading.Thread):
    stopped = False
