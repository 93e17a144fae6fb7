"""The panel that every lesson uses: controls, a picture, and a sentence that says what it shows."""

import html
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, contextmanager

import ipywidgets as widgets

from ..drawing.picture import Picture, View
from ..errors import LearnerError, one_of
from ..malloc import give_back
from .controls import Slider
from .layout import access_script, controls_box, line_of_text, picture_widget, with_fallback

log = logging.getLogger(__name__)


class Explorer(widgets.VBox):
    """Moves a control, measures, draws, says.

    `measure(**values)` takes the controls' values and returns a measurement with a `summary`;
    `follow(values)` returns new ends {name: (low, high)} for controls whose range hangs on others.
    `main` names the one or two controls that a page without a kernel keeps alive, {name:
    positions}. What a learner gets wrong (LearnerError) is said in the panel, which keeps its last
    good picture.
    """

    def __init__(
        self,
        name: str,
        view_type: type[View],
        measure: Callable,
        controls: Mapping[str, widgets.Widget],
        follow: Callable[[dict], dict] = lambda values: {},
        start: Mapping | None = None,
        main: Mapping[str, Sequence] | None = None,
    ):
        self.controls = dict(controls)
        self.measurement = None
        self._measure, self._follow, self._main = measure, follow, main
        self._lock = threading.RLock()  # callbacks run on more than one thread (jupyterlab#19719)
        self._held, self._said = False, ""
        self._drawing = Picture(view_type)
        self.picture = picture_widget(self._drawing.page_width)
        self._status, self._message = line_of_text("status"), line_of_text("message")
        super().__init__(self._rows())
        self.add_class("explorer").add_class(f"explorer-{name}")
        for control in self.controls.values():
            control.observe(self._moved, "value")
        self.refresh()
        give_back()  # the first picture compiles
        if start:
            self.set(**start)

    def _rows(self):
        controls = controls_box(self.controls, self._drawing.page_width)
        return [controls, self._message, self.picture, self._status, access_script()]

    @property
    def values(self) -> dict:
        """What the controls say now."""
        return {name: control.value for name, control in self.controls.items()}

    @property
    def main(self) -> dict:
        """Positions of the main controls; unless some are named, those of the first slider."""
        if self._main:
            return dict(self._main)
        name = next(name for name, control in self.controls.items() if isinstance(control, Slider))
        return {name: self.controls[name].positions()}

    @property
    def summary(self) -> str:
        """What the picture shows, in a sentence or two with rounded numbers."""
        return "" if self.measurement is None else self.measurement.summary

    @property
    def message(self) -> str:
        """What is wrong, if something is."""
        return self._said

    @property
    def text(self) -> str:
        """The panel in words: what is wrong, if something is, and what the picture shows."""
        return " ".join(part for part in (self.message, self.summary) if part)

    def set(self, **values) -> "Explorer":
        """Moves several controls, draws once and returns the panel; or says why not, and moves
        none.
        """
        before = self.values
        try:
            self._place(values)
        except LearnerError as error:
            self._place(before)
            self._say(str(error))
            return self
        self.refresh()
        return self

    def _place(self, values):
        """Moves controls in their own order: an earlier one may set the limits of a later one."""
        for name in values:
            one_of("control", name, tuple(self.controls))
        with self._lock, self._held_still():
            for name in sorted(values, key=list(self.controls).index):
                self.controls[name].value = self.controls[name].check(values[name])
                self._set_limits()

    def refresh(self):
        """Measures and draws with the controls as they stand."""
        with self._lock, self._held_still():
            self._set_limits()
            self._attempt(lambda: self.show(self._measure(**self.values)))

    def show(self, measurement):
        """Draws a measurement and says what it shows. Draws nothing if anything fails on the
        way.
        """
        with self._lock:
            summary, png = measurement.summary, self._drawing.draw(measurement)
            self.measurement, self.picture.value = measurement, png
            self._status.value = f"<p>{html.escape(summary)}</p>"
            self._say("")

    def _moved(self, _change):
        if not self._held:
            self.refresh()

    @contextmanager
    def _held_still(self):
        """Controls may move without a redraw each, and the page hears of them when the picture
        is on its way to it.
        """
        held, self._held = self._held, True
        try:
            with ExitStack() as stack:
                for control in self.controls.values():
                    if isinstance(control, Slider):
                        stack.enter_context(control.held_back())
                yield
        finally:
            self._held = held

    def _set_limits(self):
        for name, ends in self._follow(self.values).items():
            self.controls[name].limit(*ends)

    def _attempt(self, action):
        # An exception in an observer is invisible in JupyterLab, so this is the one place that
        # catches everything.
        try:
            action()
        except LearnerError as error:
            self._say(str(error))
        except Exception as error:
            log.exception("a panel failed")
            self._say(
                "This is a bug in the lesson, not a mistake of yours: "
                f"{type(error).__name__}: {error}"
            )

    def _say(self, message):
        self._said = message
        self._message.value = f'<p role="alert">{html.escape(message)}</p>' if message else ""

    def _repr_mimebundle_(self, **kwargs):
        """The live panel, and for a page without a kernel its picture and its summary."""
        return with_fallback(super()._repr_mimebundle_(**kwargs), self.text, self.picture.value)
