"""A row of toggles, one for each skip, with presets: the control of the skip placement panel."""

from contextlib import contextmanager

import ipywidgets as widgets
import traitlets

from ..errors import LearnerError, one_of
from ..network.topology import Skip, Topology


class SkipToggles(widgets.VBox):
    """A toggle for the skip over each layer and one for a long skip; a button for each preset.

    `value` is the chosen skips as pairs (start, stop), in the order of the toggles.
    """

    value = traitlets.Tuple()

    def __init__(self, label: str, depth: int, long: tuple[int, int], presets: dict, preset: str):
        self.description, self.options = label, list(presets.values())
        self._depth, self._presets, self._held = depth, presets, False
        self.edges = [(layer - 1, layer) for layer in range(1, depth + 1)] + [long]
        self.toggles = [self._toggle(edge) for edge in self.edges]
        self.buttons = [
            widgets.Button(description=name, layout={"width": "100px"}) for name in presets
        ]
        for button in self.buttons:
            button.on_click(lambda clicked: self._choose(clicked.description))
        head = widgets.Label(f"{label}:", layout={"width": "96px"})
        rows = (
            [widgets.Label("presets:", layout={"width": "96px"}), *self.buttons],
            [head, *self.toggles],
        )
        boxes = [
            widgets.Box(row, layout={"flex_flow": "row wrap", "width": "940px"}) for row in rows
        ]
        super().__init__(boxes, value=presets[preset])
        self._show()
        self.observe(lambda _: self._show(), "value")
        for toggle in self.toggles:
            toggle.observe(self._take, "value")

    def _toggle(self, edge):
        start, stop = edge
        alone = stop == start + 1
        name, width = (str(stop), "22px") if alone else (f"{start}→{stop}", "52px")
        tip = f"skip from h_{start} to h_{stop}"
        return widgets.ToggleButton(
            description=name, tooltip=tip, layout={"width": width, "padding": "0", "margin": "1px"}
        )

    def _choose(self, preset):
        self.value = self._presets[preset]

    def _take(self, _change):
        if not self._held:
            self.value = tuple(
                edge for edge, toggle in zip(self.edges, self.toggles, strict=True) if toggle.value
            )

    def _show(self):
        with self._held_still():
            for edge, toggle in zip(self.edges, self.toggles, strict=True):
                toggle.value = edge in self.value
                toggle.button_style = "info" if toggle.value else ""

    @contextmanager
    def _held_still(self):
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def check(self, value):
        """Pairs (start, stop) in the order of the toggles, from such pairs or the name of a
        preset; or a sentence.
        """
        if isinstance(value, str):
            return self._presets[
                tuple(self._presets)[one_of(self.description, value, tuple(self._presets))]
            ]
        try:
            edges = [(start, stop) for start, stop in value]
        except (TypeError, ValueError):
            rule = f"must be pairs (start, stop) or one of {', '.join(self._presets)}"
            raise LearnerError(f"{self.description} {rule}, got {value!r}.") from None
        Topology(self._depth, tuple(Skip(*edge) for edge in edges))
        for edge in edges:
            if edge not in self.edges:
                raise LearnerError(
                    f"{Skip(*edge)}: this panel has no toggle for it, only for single layers and "
                    "the whole."
                )
        return tuple(edge for edge in self.edges if edge in edges)
