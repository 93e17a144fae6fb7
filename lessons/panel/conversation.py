"""What the page says to a panel, and what the panel does about it. The page's side is
page/panel.js."""

from contextlib import nullcontext

from ..drawing.picture import DENSITIES
from .ahead import AHEAD
from .controls import Slider


def hear(panel, message: dict) -> None:
    """Answers one message; then what is likely to be asked next is made ahead."""
    answer = ANSWERS.get(message.get("kind", ""))
    if answer is None:  # anywidget has messages of its own
        return
    before = panel.values
    # A panel that goes asks for nothing: what is made ahead for another one is made on.
    with nullcontext() if message["kind"] == "gone" else AHEAD.hushed():
        panel.attempt(lambda: answer(panel, message))
    if message["kind"] in ("move", "type", "near"):
        _look_ahead(panel, message, before)


def _move(panel, message):
    panel.turn = message["turn"]
    panel.set(**message["values"])


def _type(panel, message):
    name = message["name"]
    panel.set(**{name: panel.controls[name].read(message["text"])})


def _density(panel, message):
    if message["density"] in DENSITIES:
        panel.set_density(message["density"])


def _task(panel, message):
    """Turns to a task and sets it up: no task begins where the last one ended."""
    values = panel.card.go(message["number"])
    with panel.card.beginning():
        panel.set(**values)


ANSWERS = {
    "move": _move,
    "type": _type,
    "near": lambda panel, message: None,  # a slider has the focus: its neighbours may be next
    "density": _density,
    "task": _task,
    "unveil": lambda panel, message: panel.unveil(),
    "train": lambda panel, message: panel.start(),
    "stop": lambda panel, message: panel.stop(),
    "gone": lambda panel, message: panel.close(),
}


def _look_ahead(panel, message, before):
    """Along one slider, in the direction in which it was moved."""
    name, *others = message.get("values") or [message.get("name")]
    slider = panel.controls.get(name)
    if isinstance(slider, Slider) and not others and not panel.message:
        AHEAD.ask(panel, name, 1 if slider.value >= before[name] else -1)
