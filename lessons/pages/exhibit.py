"""A panel as a page has it: controls with named positions, and a state for each of them."""

from typing import NamedTuple

from ..panel.controls import Control as PanelControl
from ..panel.explorer import Explorer
from .task_places import Goal


class Spot(NamedTuple):
    """What of a picture can be clicked: the number of the control that it flips, its place as parts
    of the picture (left, top, width, height), its name."""

    control: int
    box: tuple[float, float, float, float]
    name: str


class State(NamedTuple):
    """A picture (PNG), what it shows, in words, the numbers of the tasks whose goal it reaches, and
    where it can be clicked."""

    picture: bytes
    text: str
    reached: tuple[int, ...] = ()
    spots: tuple[Spot, ...] = ()


class Control(NamedTuple):
    """A control of the page: what its positions are called, where it starts, and whether it has a
    Play button."""

    label: str
    positions: list[str]
    start: int
    is_choice: bool
    plays: bool = False


class Exhibit(NamedTuple):
    """A panel without its kernel. `states` are in the order of itertools.product over the
    controls' positions; and one such family after the other, the first as the panel stands.
    """

    controls: list[Control]
    states: list[State]
    needs_kernel: list[str]  # labels of the controls that the page has not
    families: list[str]  # in words: where those controls are that are elsewhere than in the first
    tasks: list[Goal]
    size: tuple[int, int]  # width and height of the pictures on the page, in CSS pixels

    @property
    def start(self) -> int:
        """Which state the page opens with."""
        start = 0
        for control in self.controls:
            start = start * len(control.positions) + control.start
        return start

    def with_one_family(self) -> "Exhibit":
        """The exhibit without what its tasks alone need."""
        size = len(self.states) // len(self.families)
        tasks = [task._replace(begins=_below(task.begins, size)) for task in self.tasks]
        return self._replace(states=self.states[:size], families=self.families[:1], tasks=tasks)


def control_of(panel: Explorer, name: str, values: list) -> Control:
    """A control of the panel that has these positions."""
    control, start = panel.controls[name], panel.values[name]
    [*reached] = (control.check(value) == start for value in values)
    is_choice = not all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )
    names, plays = [_wording(value) for value in values], control.look().get("play", False)
    return Control(label_of(control), names, reached.index(True), is_choice, plays)


def label_of(control: PanelControl) -> str:
    """What a control is called."""
    return getattr(control, "box", control).description


def _wording(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float):
        return f"{value:g}"
    return value if isinstance(value, str) else f"{len(value)} on"  # of a row of toggles


def differing(panel: Explorer, family: dict, first: dict) -> str:
    """Where the controls are that are elsewhere than in the first family, in words."""
    return "; ".join(
        f"{label_of(panel.controls[name])} {_wording(value)}"
        for name, value in family.items()
        if value != first[name]
    )


def _below(number, bound):
    return number if number is not None and number < bound else None
