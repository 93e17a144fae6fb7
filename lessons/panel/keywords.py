"""Starting values of a panel as keywords: what Shift + Tab shows of the function that makes it."""

import functools
import inspect
from collections.abc import Callable, Mapping

from .controls import Control

AFTER = "the name of a prediction, which is to be made first"
ONLY = "the name of a control, which then stands open alone, without tasks"


def starting_values(make_controls: Callable[[], Mapping[str, Control]]) -> Callable:
    """Decorates `explorer(**start)`: its keywords are the controls, with their first values as
    defaults and what they accept as annotations.

    A control is described where it is made and nowhere else, and a value that it refuses is said
    in the panel, which then shows its first values.
    """
    controls = make_controls()

    def decorate(explorer):
        @functools.wraps(explorer)
        def build(**start):
            return explorer(**start)

        # inspect.signature must not look through to **start
        vars(build).pop("__wrapped__")
        returned = inspect.signature(explorer).return_annotation
        signature = inspect.Signature(parameters(controls), return_annotation=returned)
        vars(build)["__signature__"] = signature
        return build

    return decorate


def parameters(controls: Mapping[str, Control]) -> list[inspect.Parameter]:
    """A keyword for each control; `after`, which veils the panel; `only`, which makes it simple."""
    keyword = functools.partial(inspect.Parameter, kind=inspect.Parameter.KEYWORD_ONLY)
    found = [
        keyword(name, default=control.value, annotation=control.accepts)
        for name, control in controls.items()
    ]
    about = {"after": AFTER, "only": ONLY}
    return found + [keyword(name, default=None, annotation=each) for name, each in about.items()]
