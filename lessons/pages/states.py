"""What a panel shows at every position of its main controls, computed by the panel itself."""

import io
import itertools
import time
from typing import NamedTuple

import numpy as np
from PIL import Image

from ..explorers.explorer import Explorer
from ..explorers.training import TrainingExplorer

MOST_FRAMES = 25  # of a training run
LONGEST_RUN = 20  # seconds; then the page has to do with a part of the run


class State(NamedTuple):
    """A picture (PNG) and what it shows, in words."""

    picture: bytes
    text: str


class Control(NamedTuple):
    """A control of the page: what its positions are called, and where it starts."""

    label: str
    positions: list[str]
    start: int
    is_choice: bool


class Exhibit(NamedTuple):
    """A panel without its kernel. `states` are in the order of itertools.product over the controls' positions."""

    controls: list[Control]
    states: list[State]
    needs_kernel: list[str]  # labels of the controls that the page has not

    @property
    def start(self) -> int:
        """Which state the page opens with."""
        start = 0
        for control in self.controls:
            start = start * len(control.positions) + control.start
        return start

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the pictures, in pixels."""
        return Image.open(io.BytesIO(self.states[0].picture)).size


def exhibit(panel: Explorer, trained: bool = False) -> Exhibit:
    """The panel at every position of its main controls, the other controls where they are.

    A training panel is shown at every stage of one training run with its present settings, at its end if `trained`.
    """
    if isinstance(panel, TrainingExplorer):
        return _training_exhibit(panel, trained)
    positions = {name: _with_start(panel, name, list(values)) for name, values in panel.main.items()}
    controls = [_control(panel, name, values) for name, values in positions.items()]
    others = [_label(control) for name, control in panel.controls.items() if name not in positions]
    return Exhibit(controls, _grid(panel, positions), others)


def _grid(panel, positions):
    start, states = panel.values, []
    for point in itertools.product(*positions.values()):
        _move(panel, start, dict(zip(positions, point, strict=True)))
        states.append(State(panel.picture.value, panel.text))
    panel.set(**start)
    return states


def _move(panel, start, point):
    panel.set(**start | point)
    if panel.message:  # another control does not fit: let it follow, as it does under a learner's hand
        panel.set(**start).set(**point)


def _with_start(panel, name, values):
    """The positions and, if it is not among them, where the control stands."""
    control, start = panel.controls[name], panel.values[name]
    if any(control.check(value) == start for value in values):
        return values
    return sorted([*values, start]) if isinstance(start, int | float) else [start, *values]


def _control(panel, name, values):
    control, start = panel.controls[name], panel.values[name]
    [*reached] = (control.check(value) == start for value in values)
    is_choice = not all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    return Control(_label(control), [_wording(value) for value in values], reached.index(True), is_choice)


def _label(control):
    return getattr(control, "box", control).description


def _wording(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _training_exhibit(panel, trained):
    """The progress of one run is the control: the page grows as the live panel does."""
    frames, times = {0.0: State(panel.picture.value, panel.text)}, []

    def keep(change):
        frames[change["new"]] = State(panel.picture.value, panel.text)
        times.append(time.monotonic())
        if times[-1] - times[0] > LONGEST_RUN:  # not counting the first step, which compiles
            panel.stop()

    panel.progress.observe(keep, "value")
    panel.train()
    panel.progress.unobserve(keep, "value")
    panel.refresh()  # untrained again, as the next cell expects it
    chosen = np.unique(np.linspace(0, len(frames) - 1, MOST_FRAMES).round().astype(int))
    kept = [list(frames.items())[k] for k in chosen]
    positions = [f"{100 * progress:.0f} %" for progress, _ in kept]
    control = Control("trained", positions, len(positions) - 1 if trained else 0, False)
    return Exhibit([control], [state for _, state in kept], [_label(part) for part in panel.controls.values()])
