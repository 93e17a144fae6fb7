"""The panel that every lesson uses: controls, a picture, and a sentence that says what it shows."""

import base64
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import ipywidgets as widgets
import jax

from ..drawing.picture import DENSITIES, DENSITY, Picture, View, page_size
from ..errors import LearnerError, one_of
from ..malloc import give_back
from ..teaching.predict import asked_before
from ..typography import typeset
from .ahead import AHEAD, MOST
from .controls import Control, Slider
from .environment import remedy
from .lifetime import LIFETIMES
from .screen import Screen, named
from .tasks import Task, TaskCard

log = logging.getLogger(__name__)


class Shown(NamedTuple):
    """What a panel shows for the values that it was asked for: a slider may have limited another
    one.
    """

    asked: dict
    values: dict
    ends: dict
    measurement: object
    picture: bytes


class Explorer(widgets.VBox):
    """Moves a control, measures, draws, says.

    `measure(**values)` takes the controls' values and returns a measurement with a `summary`;
    `follow(values)` returns new ends {name: (low, high)} for controls whose range hangs on others.
    `main` names the one to three controls that stand open, and that a page without a kernel keeps
    alive, {name: positions}; the others are under *More controls*. `tasks` are goals, the first of
    which stands on the panel's card. `start` may hold `after`, the name of a prediction: until the
    learner has answered it, the picture is veiled. What a learner gets wrong (LearnerError) is said
    in the panel, which keeps its last good picture.
    """

    def __init__(
        self,
        name: str,
        view_type: type[View],
        measure: Callable,
        controls: Mapping[str, Control],
        follow: Callable[[dict], dict] = lambda values: {},
        start: Mapping | None = None,
        main: Mapping[str, Sequence] | None = None,
        tasks: Sequence[Task] = (),
    ):
        self.controls, self.measurement = dict(controls), None
        self._view_type, self._measure, self._follow, self._main = view_type, measure, follow, main
        self._lock = threading.RLock()  # callbacks run on more than one thread (jupyterlab#19719)
        self._held, self._said, self._turn, self._forgets = False, "", "", False
        self._started = self._turns = False
        self._density, self._drawn, self._kept = DENSITY, None, OrderedDict()
        self._shown = Shown({}, {}, {}, None, b"")
        self.card, start = TaskCard(tasks, self.values), dict(start or {})
        self._veil = asked_before(start.pop("after", None), self.unveil)
        self.picture = Screen(look=self._look())
        super().__init__([self.picture])
        self.add_class("explorer").add_class(f"explorer-{name}")
        self.picture.on_msg(self._hear)
        for control in self.controls.values():
            control.observe(self._moved, "value")
        self.refresh()
        give_back()  # the first picture compiles
        if start:
            self.set(**start)
        self._started = True

    def _look(self):
        width, height = page_size(self._view_type)
        open_now = self.main
        looks = [
            {"name": name, "open": name in open_now, **each.look()}
            for name, each in self.controls.items()
        ]
        return {
            "width": width,
            "height": height,
            "trains": False,
            "controls": looks,
            "tasks": self.card.look(),
        }

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
        return "" if self.measurement is None else typeset(self.measurement.summary)

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
        # not under the lock: it may have to wait for a training run, which draws under it
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
        with self._lock, AHEAD.hushed(), self._held_still():
            asked = self.values
            self._set_limits()
            ready = self._kept.get(_key(asked))
            self._attempt(
                lambda: self._put(ready) if ready else self.show(self._measured(self.values))
            )

    def _measured(self, values):
        # In float32 whatever the learner's notebook computes in: in another type a seed means other
        # weights.
        with jax.enable_x64(False):
            return self._measure(**values)

    def show(self, measurement):
        """Draws a measurement and says what it shows. Draws nothing if anything fails on the
        way.
        """
        with self._lock:
            self._put(self._draw(measurement, self.values, self.values, self._ends()))

    def _draw(self, measurement, asked, values, ends):
        measurement.summary
        return Shown(
            asked, values, ends, measurement, self._drawing.draw(measurement, self._density)
        )

    def _put(self, shown: Shown):
        self._shown, self.measurement = shown, shown.measurement
        if self._started and not self._turns:  # where a panel or a task begins is no achievement
            self.card.look_at(shown.measurement)
        self._say("")

    @property
    def _drawing(self):
        if self._drawn is None:
            self._drawn = Picture(self._view_type)
        return self._drawn

    def _moved(self, _change):
        if not self._held:
            self.refresh()

    @contextmanager
    def _held_still(self):
        """Controls may move without a redraw each."""
        held, self._held = self._held, True
        try:
            yield
        finally:
            self._held = held

    def _set_limits(self):
        for name, ends in self._follow(self.values).items():
            self.controls[name].limit(*ends)

    def _ends(self):
        return {
            name: (each.low, each.high)
            for name, each in self.controls.items()
            if isinstance(each, Slider)
        }

    def _attempt(self, action):
        # An exception in an observer is invisible in JupyterLab, so this is the one place that
        # catches everything.
        try:
            action()
        except LearnerError as error:
            self._say(str(error))
        except Exception as error:
            log.exception("a panel failed")
            bug = (
                "This is a bug in the lesson, not a mistake of yours: "
                f"{type(error).__name__}: {error}"
            )
            self._say(remedy(error) or bug)

    def _say(self, message):
        self._said = message
        self._publish()

    def _publish(self):
        """All that the page shows, in one message."""
        with self._lock:
            now = {
                "values": self.values,
                "ends": self._ends(),
                "turn": self._turn,
                "forget": self._forgets,
            }
            now |= {"task": self.card.frame(), "veiled": self._veil}
            self.picture.frame = {**self._frame(self._shown, self._said), **now}
            self._forgets = False

    def _frame(self, shown: Shown, error: str = "") -> dict:
        sentence = typeset(shown.measurement.summary) if shown.measurement is not None else ""
        about = {
            "asked": shown.asked,
            "values": shown.values,
            "ends": shown.ends,
            "density": self._density,
        }
        return {**about, **named(shown.picture), "sentence": sentence, "error": error}

    # What the page says

    def _hear(self, _screen, message, _buffers):
        answer = getattr(self, f"_hear_{message.get('kind')}", None)
        if answer is None:  # anywidget has messages of its own
            return
        self._before = self.values
        with AHEAD.hushed():
            self._attempt(lambda: answer(message))
        if message["kind"] in ("move", "near", "type"):
            self._ask_ahead(message)

    def _hear_move(self, message):
        self._turn = message["turn"]
        self.set(**message["values"])

    def _hear_type(self, message):
        name = message["name"]
        self.set(**{name: self.controls[name].read(message["text"])})

    def _hear_near(self, message):
        """A slider has the focus: its neighbours may be asked for next."""

    def _hear_density(self, message):
        density = message["density"]
        if density in DENSITIES and density != self._density:
            with self._lock:
                self._density = density
                self.forget()
                if self.measurement is not None:
                    picture = self._drawing.draw(self.measurement, density)
                    self._shown = self._shown._replace(picture=picture)
                self._publish()

    def _hear_task(self, message):
        """Turns to a task and sets it up: no task begins where the last one ended."""
        self._turns, values = True, self.card.go(message["number"])
        try:
            self.set(**values)
        finally:
            self._turns = False

    def unveil(self):
        """Shows the picture: the prediction is made, or the learner does not want to make it."""
        self._veil = False
        self._publish()

    def _hear_unveil(self, _message):
        self.unveil()

    def _hear_gone(self, _message):
        self.close()

    def _ask_ahead(self, message):
        """Of one slider's neighbours, with the direction in which it was moved."""
        moved = list(message["values"]) if message["kind"] == "move" else [message["name"]]
        slider = self.controls.get(moved[0]) if len(moved) == 1 else None
        if isinstance(slider, Slider) and not self._said and self.comm is not None:
            AHEAD.ask(self, moved[0], 1 if slider.value >= self._before[moved[0]] else -1)

    def make_ahead(self, name: str, value) -> bool:
        """Measures, draws and sends what the panel would show with this value; whether it goes
        on from here.
        """
        with self._lock:
            if self.comm is None:
                return False
            asked = {**self.values, name: value}
            if _key(asked) in self._kept:
                return True
            try:
                shown = self._imagine(asked)
            except LearnerError:
                return True  # said when it is asked for
            except Exception:
                return False
            self._keep(shown)
        return True

    def _imagine(self, asked):
        ends = {**self._ends(), **self._follow(asked)}
        values = {
            name: min(max(value, ends[name][0]), ends[name][1]) if name in ends else value
            for name, value in asked.items()
        }
        return self._draw(self._measured(values), asked, values, ends)

    def _keep(self, shown):
        if len(self._kept) == MOST:
            self._kept.popitem(last=False)
        self._kept[_key(shown.asked)] = shown
        self.picture.send_ahead(self._frame(shown))

    def forget(self):
        """Drops what was made ahead, here and in the page."""
        with self._lock:
            if self._kept:
                self._kept.clear()
                self.picture.send_forget()

    # How it is shown, and how it ends

    def _repr_mimebundle_(self, **kwargs):
        """The live panel, and for a page without a kernel its picture and its summary."""
        with self._lock:
            self._reopen()
            LIFETIMES.show(self)
            data, metadata = super()._repr_mimebundle_(**kwargs), {}
            data, metadata = data if isinstance(data, tuple) else (data, metadata)
            if not self.picture.value:  # nothing could be drawn, and the text says why
                return {**data, "text/plain": self.text}, metadata
            width, height = page_size(self._view_type)
            stored = {
                "text/plain": self.text,
                "image/png": base64.b64encode(self._stored_picture()).decode(),
            }
            return {**data, **stored}, {**metadata, "image/png": {"width": width, "height": height}}

    def _stored_picture(self):
        if self._density == DENSITY or self.measurement is None:
            return self._shown.picture
        return self._drawing.draw(self.measurement, DENSITY)

    def stop(self):
        """Nothing runs here; a panel that trains stops."""

    def close(self):
        """Takes the panel out of the page and gives its memory back. Shown again, it is there
        again.
        """
        self.stop()
        with self._lock:
            self._drawn = None
            self._kept.clear()
            for part in (self.picture, self.picture.layout, self.layout):
                part.close()
            super().close()
            self.__dict__.pop(
                "_repr_mimebundle_", None
            )  # ipywidgets puts a None there, and could not show it again

    def _reopen(self):
        if self.comm is not None:
            return
        for part in (self.layout, self.picture.layout, self.picture, self):
            part.open()


def _key(values: dict) -> tuple:
    """The values of all controls: a picture of other settings has another key."""
    return tuple(sorted(values.items()))
