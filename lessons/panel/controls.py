"""Controls of a panel, each with a `.value` and a name that a screen reader can say."""

from contextlib import contextmanager

import ipywidgets as widgets
import numpy as np
import traitlets

from ..errors import one_of, real_number, whole_number

LABEL_WIDTH = "130px"


class Slider(widgets.HBox):
    """A slider with a number box beside it, both showing one value. The box carries the name: a
    slider has none.
    """

    value = traitlets.Any()

    def __init__(self, label: str, value, low, high, step=1):
        whole = isinstance(step, int)
        box_type, slider_type = _WHOLE if whole else _REAL
        self.description, self._digits = label, None if whole else 6
        bounds = {"min": low, "max": high, "step": step, "value": value, "disabled": low == high}
        self.box = box_type(**bounds, description=label, style={"description_width": LABEL_WIDTH})
        self.box.layout.width = "210px"
        self.slider = slider_type(**bounds, readout=False, layout={"width": "200px"})
        super().__init__([self.box, self.slider], value=value)
        for part in (self.box, self.slider):
            part.observe(self._take, "value")
        self.observe(self._give, "value")

    def _take(self, change):
        # The page computes low + k * step in floating point: 0.9999999999999999 would stand in the
        # box.
        with self.held_back():
            self.value = (
                change["new"] if self._digits is None else round(change["new"], self._digits)
            )

    def _give(self, change):
        for part in (self.box, self.slider):
            if abs(part.value - change["new"]) > 1e-9:
                part.value = change["new"]

    @contextmanager
    def held_back(self):
        """What changes within is sent to the page at the end: a picture that is drawn in the
        meantime arrives before it.
        """
        with self.box.hold_sync(), self.slider.hold_sync():
            yield

    def check(self, value):
        """`value` in the control's own type, or a sentence."""
        accept = whole_number if self._digits is None else real_number
        return accept(self.description, value, self.slider.min, self.slider.max)

    def positions(self, count: int = 9) -> list:
        """Both ends of the range and what lies evenly between them, on the slider's steps."""
        low, high, step = self.slider.min, self.slider.max, self.slider.step
        steps = np.unique(np.linspace(0, round((high - low) / step), count).round())
        return [low + step * (int(k) if self._digits is None else float(k)) for k in steps]

    def limit(self, low, high):
        """Moves the ends; a value beyond them follows. With one value left, the slider is
        switched off.
        """
        with (
            self.held_back()
        ):  # the page, which cannot place a handle between crossed ends, hears of both at once
            for part in (self.box, self.slider):
                part.min, part.max = min(low, part.max), high
                part.min = low
                part.disabled = low == high


class Choice(widgets.Dropdown):
    """One of several named options."""

    def __init__(self, label: str, value: str, options):
        style = {"description_width": LABEL_WIDTH}
        super().__init__(
            options=options, value=value, description=label, style=style, layout={"width": "410px"}
        )

    def check(self, value):
        """`value` if it is an option, or a sentence."""
        return self.options[one_of(self.description, value, self.options)]


class Switch(widgets.Checkbox):
    """On or off."""

    def __init__(self, label: str, value: bool):
        super().__init__(
            value=value, description=label, indent=True, style={"description_width": LABEL_WIDTH}
        )
        self.layout.width = "410px"

    def check(self, value):
        """`value` as True or False, or a sentence."""
        return bool(one_of(self.description, value, (False, True)))


_WHOLE = (widgets.BoundedIntText, widgets.IntSlider)
_REAL = (widgets.BoundedFloatText, widgets.FloatSlider)
