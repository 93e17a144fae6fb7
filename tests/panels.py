"""Every panel there is, found by name, and the positions that each of its controls can take."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import jax
import pytest

import lessons
from lessons.drawing.own_settings import own_settings
from lessons.drawing.picture import Picture
from lessons.panel.controls import Slider
from lessons.panel.explorer import Explorer
from lessons.panel.tasks import Task

# These need trained networks for their first picture.
SLOW = {"repeated_projection_explorer"}

_compiled = 0
_kept: dict[str, tuple[Explorer, dict]] = {}  # the one of the subject under test, and its values


def _count(event, duration, **details):
    global _compiled
    _compiled += event == "/jax/core/compile/backend_compile_duration"


jax.monitoring.register_event_duration_secs_listener(_count)


def compilations() -> int:
    """How many functions XLA has compiled in this process so far."""
    return _compiled


@contextmanager
def undrawn() -> Iterator[None]:
    """Panels measure and say, and draw nothing: for who asks for no picture."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Picture, "draw", lambda *asked: b"")
        yield


@contextmanager
def unpainted() -> Iterator[None]:
    """Panels measure and say, and their artists get what they are to show, but no pixel is made."""

    def show(picture, measurement, density):
        with own_settings():
            picture.view.show(measurement)
        return b""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Picture, "draw", show)
        yield


def panel_of(explorer: str) -> Explorer:
    """The explorer's panel as it opens, one for all tests of a subject: to build it and to draw its
    first picture takes as long as a hundred moves.

    Who moves it need not move it back. It is closed when that of another subject is asked for.
    """
    if explorer in _kept:
        panel, opening = _kept[explorer]
        return panel.set(**opening)
    for panel, _ in _kept.values():
        panel.close()
    _kept.clear()
    panel = explorers()[explorer]()
    _kept[explorer] = panel, panel.values
    return panel


def is_kept(panel: Explorer) -> bool:
    """Whether other tests will ask for this panel again."""
    return any(panel is kept for kept, _ in _kept.values())


def each_explorer() -> list:
    """Every explorer's name, as parameters; those that train before their first picture are
    slow.
    """
    return [
        pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in explorers()
    ]


@cache
def explorers() -> dict[str, Callable[..., Explorer]]:
    """Every `..._explorer` function of the lessons, by name."""
    return {
        name: build
        for contents in _modules()
        for name, build in contents.items()
        if name.endswith("_explorer")
    }


@cache
def tasks() -> dict[str, tuple[Callable[..., Explorer], Task, int]]:
    """Every task of the lessons with its panel and its number there: "block 0" and so on."""
    found = [contents for contents in _modules() if "TASKS" in contents]
    built = [
        (name, build, contents["TASKS"])
        for contents in found
        for name, build in contents.items()
        if name.endswith("_explorer")
    ]
    return {
        f"{name.removesuffix('_explorer')} {number}": (build, task, number)
        for name, build, its_tasks in built
        for number, task in enumerate(its_tasks)
        if isinstance(task, Task)  # lesson 6 has learning tasks, too
    }


def _modules():
    """What each explorer.py of the lessons holds."""
    found = pkgutil.walk_packages(lessons.__path__, "lessons.")
    names = [module.name for module in found if module.name.endswith(".explorer")]
    return [vars(importlib.import_module(name)) for name in names if ".panel." not in name]


def positions(control, count: int = 9) -> list:
    """Both ends of a control's range and what lies evenly between them, or all of its options."""
    if isinstance(control, Slider):
        return control.positions(count)
    if hasattr(control, "options"):
        return list(control.options)
    return [False, True]


def moves(panel: Explorer, count: int = 9, **held) -> Iterator[tuple[str, object]]:
    """(control, value) for every control over its whole range: the others as they are, half-way and
    at their upper ends.

    Controls in `held` stay at their values. The caller makes the move. Afterwards the panel is as
    it was.
    """
    start = panel.values
    for corner in corners(panel, held):
        for name, control in panel.controls.items():
            panel.set(**corner)
            yield from (
                (name, value)
                for value in positions(control, count)
                if value != control.value and name not in held
            )
    panel.set(**start)


def corners(panel: Explorer, held: dict) -> Iterator[dict]:
    """The panel's values with each control as it is, half-way and at its upper end; the panel shows
    them when they come.
    """
    yield panel.set(**held).values
    yield settings(panel, 0.5, held)
    yield settings(panel, 1, held)


def settings(panel: Explorer, part: float, held: dict) -> dict:
    """Values with every slider at this part of its range, taken in the panel's order: one may limit
    the next.

    A slider that would move one in `held` stays where it is. Drawn once, at the end.
    """
    for name, control in panel.controls.items():
        if isinstance(control, Slider) and name not in held:
            before, steps = control.value, round(part * (control.high - control.low) / control.step)
            with panel._settings.held_still():
                control.value = control.low + control.step * steps
                panel._settings.set_limits()
            if any(panel.values[other] != value for other, value in held.items()):
                panel._settings.place({name: before, **held})
    panel.refresh()
    return panel.values
