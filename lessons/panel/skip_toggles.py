"""A row of toggles, one for each skip, with presets: the control of the skip placement panel."""

from ..errors import LearnerError, one_of
from ..network.topology import Skip, Topology
from .controls import Control


class SkipToggles(Control):
    """A toggle for the skip over each layer and one for a long skip; a button for each preset.

    `value` is the chosen skips as pairs (start, stop), in the order of the toggles.
    """

    def __init__(self, label: str, depth: int, long: tuple[int, int], presets: dict, preset: str):
        self.options = list(presets.values())
        self.edges = [(layer - 1, layer) for layer in range(1, depth + 1)] + [long]
        self._depth, self._presets = depth, presets
        super().__init__("toggles", label, presets[preset], edges=self.edges, presets=presets)

    @property
    def accepts(self):
        return " | ".join((*self._presets, "pairs (start, stop)"))

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
