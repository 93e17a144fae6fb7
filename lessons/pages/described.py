"""What the template of a page needs of what stands alive under a cell, as plain data."""

import json
from typing import Any

from ..teaching.recall import NOT_ANSWERED, NOTHING_MISSED
from .cells import Shown
from .exhibit import Exhibit
from .pictures import Pictures
from .states import TRAINED


def _named(number, place):
    """The address of a question within its page."""
    return f"prediction-{number}-{place}"


def questions(shown: Shown, number: int) -> dict:
    """What the template needs of questions, as plain data: nbconvert copies it."""
    parts = ("question", "options", "right", "explanation", "wrong")
    asked = [
        {"name": _named(number, place)} | {part: getattr(each, part) for part in parts}
        for place, each in enumerate(shown.predictions)
    ]
    words = {"none_missed": NOTHING_MISSED, "not_answered": NOT_ANSWERED}
    return {"questions": asked, "alone": shown.thing in shown.predictions, **words}


def panel(shown: Shown, exhibit: Exhibit, pictures: Pictures) -> dict:
    """What the template needs of a panel."""
    states = [
        {"picture": pictures.add(state.picture), "text": state.text, "reached": state.reached}
        | ({"regions": [_region(spot) for spot in state.spots]} if state.spots else {})
        for state in exhibit.states
    ]
    width, height = exhibit.size
    look: dict[str, Any] = {"width": width, "height": height, "trains": False}
    look["controls"] = [_look(str(number), each) for number, each in enumerate(exhibit.controls)]
    look["tasks"] = [
        {"goal": task.goal, "explanation": task.explanation}
        | ({"needs": "#run"} if task.begins is None else {})
        for task in exhibit.tasks
    ]
    data = {
        "look": look,
        "start": exhibit.start,
        "states": states,
        "families": exhibit.families,
    } | {"begins": [task.begins for task in exhibit.tasks]}
    return {
        "trains": any(control.label == TRAINED for control in exhibit.controls),
        "needs_kernel": exhibit.needs_kernel,
        "size": (width, height),
        "first": states[exhibit.start],
        "after": shown.after and _named(*shown.after),
        # "<" could end the script element that holds this.
        "data": json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
    }


def _region(spot):
    """A place to click as the screen wants it: see lessons/panel/page/regions.js."""
    return {"control": str(spot.control), "box": spot.box, "name": spot.name}


def _look(name, control):
    """A control of the page as its screen wants it: see lessons/panel/page/controls.js."""
    look = {"name": name, "label": control.label, "open": True, "start": control.start}
    if control.is_choice:
        return {**look, "kind": "choice", "options": control.positions}
    labels = {"labels": control.positions, "play": control.plays}
    return {**look, "kind": "slider", "step": 1, **labels}
