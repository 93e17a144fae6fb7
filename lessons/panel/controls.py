"""Controls of a panel: a value, the rule that it keeps, and what the page needs to know to show it.

They are no widgets: the panel's screen draws them all, those that are folded when they are first
asked for.
"""

from typing import Any

import numpy as np
import traitlets

from ..errors import NetworkError, one_of, real_number, whole_number


class Control(traitlets.HasTraits):
    """What one may set. `value` is what counts; `description` its name in words."""

    value = traitlets.Any()

    def __init__(self, kind: str, description: str, value, **look):
        self.kind, self.description, self._look = kind, description, look
        super().__init__(value=value)

    @traitlets.validate("value")
    def _fits(self, proposal):
        return self.fit(proposal.value)

    def fit(self, value):
        """What becomes of a value that code sets."""
        return self.check(value)

    def check(self, value) -> Any:
        """`value` in the control's own type, or LearnerError with a sentence."""
        raise NotImplementedError

    def read(self, text: str) -> Any:
        """What the learner typed, as a value; or LearnerError."""
        return self.check(text)

    @property
    def accepts(self) -> str:
        """Its values in words, as Shift + Tab shows them."""
        raise NotImplementedError

    def look(self) -> dict:
        """What the page needs to show it, as plain data."""
        return {"kind": self.kind, "label": self.description, **self._look}


class Slider(Control):
    """A number within `low` ... `high`. The steps bind hand and keys; what is typed or set between
    two of them stays."""

    def __init__(self, label: str, value, low, high, step=1, play: bool = False):
        self.low, self.high, self.step = low, high, step
        self._whole = isinstance(step, int)
        super().__init__("slider", label, value, step=step, play=play)

    def check(self, value):
        accept = whole_number if self._whole else real_number
        # The page has one type of numbers: its 3.0 is our 3.
        value = (
            int(value) if self._whole and isinstance(value, float) and value.is_integer() else value
        )
        return accept(self.description, value, self.low, self.high)

    def read(self, text: str):
        """Reads 12, 0.5, 0,5 and 1e1; refuses 7.5 where a whole number is asked for, and what is no
        number."""
        try:
            number = float(text.strip().replace(",", "."))
        except ValueError:
            raise NetworkError(f"{self.description} must be a number, got {text!r}.") from None
        return self.check(number)

    @property
    def accepts(self):
        kind = "a whole number" if self._whole else "a number"
        return f"{kind}, {self.low:g} … {self.high:g}"

    def positions(self, count: int = 9) -> list:
        """Both ends of the range and what lies evenly between them, on the slider's steps."""
        steps = np.unique(np.linspace(0, round((self.high - self.low) / self.step), count).round())
        return [self.low + self.step * (int(k) if self._whole else float(k)) for k in steps]

    def limit(self, low, high):
        """Moves the ends; a value beyond them follows. With one value left, the page switches the
        slider off."""
        self.low, self.high = low, high
        self.value = self.fit(self.value)

    def fit(self, value):
        """The nearest value between the ends."""
        return min(max(value, self.low), self.high)


class Choice(Control):
    """One of several named options."""

    def __init__(self, label: str, value: str, options):
        self.options = tuple(options)
        super().__init__("choice", label, value, options=list(options))

    def check(self, value):
        return self.options[one_of(self.description, value, self.options)]

    @property
    def accepts(self):
        return " | ".join(self.options)


class Switch(Control):
    """On or off. A small one leaves room for others beside it."""

    def __init__(self, label: str, value: bool, small: bool = False):
        super().__init__("switch", label, value, small=small)

    def check(self, value):
        return bool(one_of(self.description, value, (False, True)))

    @property
    def accepts(self):
        return "True | False"
