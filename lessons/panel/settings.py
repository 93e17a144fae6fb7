"""The controls of one panel together: their values, and the limits that one sets another."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from ..errors import LearnerError, one_of
from .controls import Control, Slider


class Settings:
    """`follow(values)` returns new ends {name: (low, high)} for controls whose range hangs on
    others; `moved()` is called when a control has another value, unless they are held still.
    """

    def __init__(
        self, controls: Mapping[str, Control], follow: Callable[[dict], dict], moved: Callable
    ):
        self.controls, self._follow, self._moved = dict(controls), follow, moved
        self._held = False
        for control in self.controls.values():
            control.observe(self._tell, "value")

    def _tell(self, _change):
        if not self._held:
            self._moved()

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Controls may move within, and nobody is told of each."""
        held, self._held = self._held, True
        try:
            yield
        finally:
            self._held = held

    @property
    def values(self) -> dict:
        """What the controls say now."""
        return {name: control.value for name, control in self.controls.items()}

    @property
    def sliders(self) -> dict[str, Slider]:
        """Those of the controls that have ends."""
        return {name: each for name, each in self.controls.items() if isinstance(each, Slider)}

    @property
    def ends(self) -> dict:
        """Where each slider begins and ends now."""
        return {name: (slider.low, slider.high) for name, slider in self.sliders.items()}

    def place(self, values: Mapping) -> None:
        """Moves controls in their own order: an earlier one may set the limits of a later one.
        All of them, or none: then LearnerError says why.
        """
        for name in values:
            one_of("control", name, tuple(self.controls))
        before = self.values
        with self.held_still():
            try:
                self._place(values)
            except LearnerError:
                self._place(before)
                raise

    def _place(self, values):
        for name in sorted(values, key=list(self.controls).index):
            self.controls[name].value = self.controls[name].check(values[name])
            self.set_limits()

    def set_limits(self) -> None:
        """Lets the ends follow the values."""
        for name, ends in self._follow(self.values).items():
            self.sliders[name].limit(*ends)

    def imagined(self, asked: Mapping) -> tuple[dict, dict]:
        """What values and ends would become of these values; the controls stay."""
        ends = {**self.ends, **self._follow(dict(asked))}
        return {name: _within(value, ends.get(name)) for name, value in asked.items()}, ends


def simplified(controls: Mapping[str, Control], start: dict, main, tasks) -> tuple:
    """Starting values, main controls and tasks; with `only` among the starting values that control
    alone stands open, and there is no task.
    """
    only = start.pop("only", None)
    if only is None:
        return start, main, tasks
    if only not in controls:
        return {**start, only: None}, main, tasks  # which says what there is, as for any name
    control = controls[only]
    all_of_it = control.positions() if isinstance(control, Slider) else control.look()["options"]
    return start, {only: (main or {}).get(only, all_of_it)}, ()


def _within(value, ends):
    return value if ends is None else min(max(value, ends[0]), ends[1])
