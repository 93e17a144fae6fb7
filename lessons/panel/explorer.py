"""The panel that every lesson uses: controls, a picture, and a sentence that says what it shows."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax

from ..drawing.picture import Measurement, View
from ..errors import LearnerError
from ..leftovers import LEFTOVERS
from ..teaching.predict import asked_before
from ..typography import typeset
from .ahead import AHEAD
from .controls import Control
from .conversation import hear
from .drawing_board import DrawingBoard
from .environment import remedy
from .foresight import Foresight, Shown
from .output import Output
from .screen import Screen, named
from .settings import Settings, simplified
from .tasks import Task, TaskCard

log = logging.getLogger(__name__)
NOTHING = Shown({}, {}, {}, None, b"")


class Explorer(Output):
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
        measure: Callable[..., Any],
        controls: Mapping[str, Control],
        follow: Callable[[dict], dict] = lambda values: {},
        start: Mapping | None = None,
        main: Mapping[str, Sequence] | None = None,
        tasks: Sequence[Task] = (),
    ):
        self._settings = Settings(controls, follow, lambda: self.refresh())
        self.controls = self._settings.controls
        start, main, tasks = simplified(self.controls, dict(start or {}), main, tasks)
        self._measure, self._main = measure, main
        self.measurement: Measurement | None = None
        self._shown, self._said, self.turn = NOTHING, "", ""
        self._drawing = DrawingBoard(view_type)
        self._kept = Foresight(self)
        self._forgets = False
        self.failed = False  # whether what is wrong is not the learner's mistake
        self.card = TaskCard(tasks, self.values)
        self._veil = asked_before(start.pop("after", None), self.unveil)
        super().__init__(name, Screen(look=self._look()))
        self.picture.on_msg(self._hear)
        self._begin(start)

    def _begin(self, start):
        """Draws once, where it is to start. If that cannot be, the first values have a picture, and
        above it stands why.
        """
        with self._settings.held_still():
            self._settings.set_limits()
        first = self.values
        with self.card.beginning():
            self.set(**start)
            if start and self.measurement is None:
                self.set(**first).set(**start)
            LEFTOVERS.clear_away()  # the first picture compiles

    def _look(self):
        width, height = self._drawing.size
        open_now, controls = self.main, self.controls.items()
        looks = [{"name": name, "open": name in open_now, **each.look()} for name, each in controls]
        about = {"width": width, "height": height, "trains": False}
        return {**about, "controls": looks, "tasks": self.card.look()}

    @property
    def values(self) -> dict:
        """What the controls say now."""
        return self._settings.values

    @property
    def main(self) -> dict:
        """Positions of the main controls; unless some are named, those of the first slider."""
        if self._main:
            return dict(self._main)
        name, slider = next(iter(self._settings.sliders.items()))
        return {name: slider.positions()}

    @property
    def summary(self) -> str:
        """What the picture shows, in a sentence or two with rounded numbers."""
        return self.sentence(self.measurement)

    def sentence(self, measurement) -> str:
        """What a measurement shows, in a sentence or two."""
        return "" if measurement is None else typeset(measurement.summary)

    @property
    def message(self) -> str:
        """What is wrong, if something is."""
        return self._said

    @property
    def text(self) -> str:
        """The panel in words: what is wrong, if something is, and what the picture shows."""
        return " ".join(part for part in (self.message, self.summary) if part)

    # From values to a picture

    def set(self, **values) -> "Explorer":
        """Moves several controls, draws once and returns the panel; or says why not, moving
        none."""
        try:
            with self._lock:
                self._settings.place(values)
        except LearnerError as error:
            self._say(str(error))
            return self
        self.refresh()  # not under the lock: it may wait for a training run, which draws under it
        return self

    def refresh(self):
        """Measures and draws with the controls as they stand."""
        with self._lock, AHEAD.hushed(), self._settings.held_still():
            asked = self.values
            self._settings.set_limits()
            ready = self._kept.get(asked)
            self.attempt(lambda: self._put(ready) if ready else self.show(self._now()))

    def _now(self):
        return self._measured(self.values)

    def _measured(self, values):
        # In float32 whatever the learner's notebook computes in: in another type a seed means
        # other weights.
        with jax.enable_x64(False):
            return self._measure(**values)

    def show(self, measurement: Measurement):
        """Draws a measurement and says what it shows. If anything fails, all stays as it was."""
        with self._lock:
            self._put(self._draw(measurement, self.values, self.values, self._settings.ends))

    def imagine(self, asked: dict) -> Shown | None:
        """What the panel would show if its controls were moved to these values; they stay. None if
        meanwhile somebody asks for something, who should not wait for the drawing too.
        """
        with self._lock:
            values, ends = self._settings.imagined(asked)
            measurement = self._measured(values)
            return None if AHEAD.is_hushed else self._draw(measurement, asked, values, ends)

    def _draw(self, measurement, asked, values, ends):
        self.sentence(measurement)  # one that fails must fail before anything is shown
        picture = self._drawing.draw(measurement)
        return Shown(asked, values, ends, measurement, picture)

    def _put(self, shown):
        self._shown, self.measurement = shown, shown.measurement
        self.card.look_at(shown.measurement)
        self._say("")

    def set_density(self, density: float) -> None:
        """Draws for a screen with so many pixels to one of the page."""
        with self._lock:
            if density == self._drawing.density:
                return
            self._drawing.density = density
            self.forget()
            if self.measurement is not None:
                self._shown = self._shown._replace(picture=self._drawing.draw(self.measurement))
            self._publish()

    def attempt(self, action: Callable[[], None]) -> None:
        """Does it, and says in the panel what goes wrong: in JupyterLab an observer's exception
        is invisible, so this is the one place that catches everything."""
        try:
            action()
        except LearnerError as error:
            self._say(str(error))
        except Exception as error:
            log.exception("a panel failed")
            bug = f"{type(error).__name__}: {error}"
            said = remedy(error) or f"This is a bug in the lesson, not a mistake of yours: {bug}"
            self._say(said, failed=True)

    # What the page is told, and what it says

    def _say(self, message, failed=False):
        self._said, self.failed = message, failed
        self._publish()

    def _publish(self):
        """All that the page shows, in one message."""
        with self._lock:
            now = {"values": self.values, "ends": self._settings.ends, "turn": self.turn}
            now |= {"task": self.card.frame(), "veiled": self._veil, "forget": self._forgets}
            self.picture.frame = {**self.frame_of(self._shown), "error": self._said, **now}
            self._forgets = False

    def frame_of(self, shown: Shown) -> dict:
        """What is seen of it, as plain data for the page."""
        about = {"asked": shown.asked, "values": shown.values, "ends": shown.ends}
        words = {"sentence": self.sentence(shown.measurement), "error": ""}
        picture = {
            "density": self._drawing.density,
            "regions": self._drawing.regions(shown.measurement),
        }
        return {**about, **words, **picture, **named(shown.picture)}

    def _hear(self, _screen, message, _buffers):
        hear(self, message)

    def unveil(self):
        """Shows the picture: the prediction is made, or the learner does not want to make it."""
        self._veil = False
        self._publish()

    def make_ahead(self, name: str, value) -> bool:
        """Makes the picture with this value before it is asked for; whether it goes on from
        here."""
        with self._lock:
            return self.comm is not None and self._kept.make(name, value)

    def forget(self):
        """Drops what was made ahead, here and in the page."""
        with self._lock:
            self._kept.forget()

    # What its output needs of it

    def stored(self) -> tuple[str, tuple[int, int]] | None:
        """The picture in base64 and its size on the page; None if nothing could be drawn."""
        if not self.picture.value:
            return None
        png = self._drawing.stored(self.measurement, self._shown.picture)
        return png, self._drawing.size

    def clear(self) -> None:
        """Gives back the figure and what was made ahead. Asked for again, they are made again."""
        self._drawing.clear()
        self._kept.forget()
