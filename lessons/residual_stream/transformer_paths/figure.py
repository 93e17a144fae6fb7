"""Lesson 4's picture of the paths, with two lengths to compare them with."""

from ...drawing.style import OTHER_THEORY, THEORY
from ...formatting import number
from ...instruments.figure import PathsView

FORMULAS = (("$n/2$", OTHER_THEORY), ("$H_{n+1}-1$", THEORY))
ROWS = (0.81 - 0.075 * 5, 0.81 - 0.075 * 6)  # below lesson 4's table


class TransformerPathsView(PathsView):
    """Upright lines: n/2, where every branch is as large as what it is added to, and H_(n+1) - 1,
    where every one is as large as the first state.
    """

    unit = "branches"

    def __init__(self, figure):
        super().__init__(figure)
        lines, numbers = [], []
        for (name, look), row in zip(FORMULAS, ROWS, strict=True):
            line = self.share_axes.plot([], [], **look, linewidth=1.3)[0]
            place = dict(bbox_to_anchor=(0.785, row), loc="center left", borderaxespad=0)
            figure.legend(
                [line], [name], fontsize=8.5, frameon=False, borderpad=0, handlelength=2.6, **place
            )
            lines.append(line)
            numbers.append(figure.text(0.985, row, "", fontsize=8.5, ha="right", va="center"))
        self.formulas = list(zip(lines, numbers, strict=True))
        self.moving = [*self.moving, *lines, *numbers]

    def show(self, measurement):
        super().show(measurement)
        lengths = measurement.topology.depth / 2, measurement.harmonic
        for (line, said), length in zip(self.formulas, lengths, strict=True):
            line.set_data([length] * 2, [0, 1.03])
            said.set_text(number(length))
