"""Lesson 4's picture of the paths, with two lengths to compare them with."""

from ...drawing.style import BLACK, THEORY
from ...instruments.figure import PathsView


class TransformerPathsView(PathsView):
    """Dotted: n/2, where all branches are as large as what they are added to, and H_(n+1) - 1."""

    unit = "branches"

    def __init__(self, figure):
        super().__init__(figure)
        self.guides = [
            (self.share_axes.plot([], [], **THEORY, linewidth=1.4)[0], self._name())
            for _ in range(2)
        ]
        self.moving = [*self.moving, *(artist for pair in self.guides for artist in pair)]

    def _name(self):
        return self.share_axes.text(0, 0, "", color=BLACK, fontsize=8.5, ha="left", va="center")

    def show(self, measurement):
        super().show(measurement)
        blocks = measurement.topology.depth
        lengths = (
            (blocks / 2, "n/2", 0.97),
            (measurement.harmonic, f"$H_{{{blocks + 1}}}-1$", 0.9),
        )
        for (line, name), (length, says, height) in zip(self.guides, lengths, strict=True):
            line.set_data([length] * 2, [0, height + 0.03])
            name.set_position((length + 0.12, height))
            name.set_text(says)
