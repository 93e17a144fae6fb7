"""What every branch is worth, and a line as the damaged network reads it."""

from collections.abc import Sequence

import numpy as np
from matplotlib.collections import LineCollection

from ...drawing.style import BLACK, GREY, KINDS, add_axes, add_canvas
from ..stream.figure import KEY, Letters, shade
from ..text import CONTEXT

BRANCHES = 10
COLOUR, PLAIN = KINDS["residual"]["color"], KINDS["plain"]
PARTS = (
    ("without this attention", "v"),
    ("without this feed-forward", "P"),
)  # marks that no kind of network has
LOW, HIGH = 1.15, 3.35
RIGHT, NAMES = BRANCHES + 2.15, BRANCHES + 0.62  # where levels end, and where they are named
ROOM, GAP = 0.26, 0.03  # what a name takes, and how far it is above its line


class BranchesView:
    """Above the surprise without each branch, below the line."""

    size = (9.4, 3.5)

    def __init__(self, figure):
        self.worth = Worth(figure, (0.045, 0.405, 0.945, 0.525))
        self.text = Text(add_canvas(figure, (0.0, 0.0, 1.0, 0.26), xlim=(-1.5, CONTEXT + 1)))
        self.moving = [*self.worth.moving, *self.text.moving]

    def show(self, measurement):
        self.worth.show(measurement)
        self.text.show(measurement)


class Worth:
    """For each branch how far its deletion raises the surprise, for each two neighbours how far
    their exchange does; and where the damaged network is."""

    def __init__(self, figure, box):
        self.axes = add_axes(
            figure,
            box,
            title="Surprise (nats per character)",
            xlim=(0.5, RIGHT),
            ylim=(LOW, HIGH),
            xticks=range(1, BRANCHES + 1),
            yticks=[1.5, 2, 2.5, 3],
        )
        self.axes.xaxis.grid(False)
        self.axes.set_xlabel("branch", x=0.43, fontsize=9, labelpad=1)
        self.stems = LineCollection([], colors=COLOUR, linewidths=2)
        self.axes.add_collection(self.stems)
        self.marks = [
            self.axes.plot([], [], mark, color=COLOUR, markersize=8, label=name)[0]
            for name, mark in PARTS
        ]
        self.neighbours = self.axes.plot(
            [], [], "d", color=GREY, markersize=6, label="exchanged with the next"
        )[0]
        self.axes.legend(
            loc="lower right",
            bbox_to_anchor=(1.0, 0.99),
            ncol=3,
            frameon=False,
            fontsize=8.5,
            borderaxespad=0.1,
            handletextpad=0.2,
        )
        self.whole = Level(self.axes, COLOUR, KINDS["residual"]["linestyle"], 1.2)
        self.plain = Level(self.axes, PLAIN["color"], PLAIN["linestyle"], 1.2)
        self.now = Level(self.axes, BLACK, "-", 2)
        self.chosen = self.axes.plot([], [], "o", color=BLACK, fillstyle="none", markersize=15)[0]
        self.moving = [
            self.stems,
            *self.marks,
            self.neighbours,
            *self.whole.moving,
            *self.plain.moving,
            *self.now.moving,
            self.chosen,
        ]

    def show(self, m):
        numbers = np.arange(1, BRANCHES + 1)
        ends = np.stack([np.full(BRANCHES, m.whole), m.single], axis=1)
        self.stems.set_segments(list(np.stack([np.stack([numbers] * 2, axis=1), ends], axis=2)))
        for first, marks in enumerate(self.marks):
            marks.set_data(numbers[first::2], m.single[first::2])
        self.neighbours.set_data(numbers[:-1] + 0.5, m.neighbours)
        places = [*m.deleted, *([m.exchanged + 0.5] if m.exchanged else [])]
        heights = [m.single[branch - 1] for branch in m.deleted]
        heights += [m.neighbours[m.exchanged - 1]] if m.exchanged else []
        self.chosen.set_data(places, heights)
        self.whole.show(m.whole, "all branches")
        self.plain.show(m.plain, "no skips")
        self.now.show(m.surprise, "" if m.is_whole else "damaged", (m.whole, m.plain))


class Level:
    """A line across, with its name and number at its right end."""

    def __init__(self, axes, colour, dash, width):
        self.line = axes.plot([], [], color=colour, linestyle=dash, linewidth=width)[0]
        self.name = axes.text(NAMES, 0, "", color=colour, fontsize=9, va="bottom")
        self.moving = [self.line, self.name]

    def show(self, level: float, name: str, others: tuple[float, ...] = ()):
        """others: levels whose names this one leaves room for."""
        height = min(level, HIGH)  # what lies above the axes is at their edge
        near = [other for other in others if abs(height - other) < ROOM]
        end = NAMES - 0.1 if near else RIGHT  # not through the other's name
        self.line.set_data([0.5, end] if name else [], [height] * 2 if name else [])
        self.name.set_text(f"{name}: {level:.2f}" if name else "")
        self.name.set_y(near[0] + ROOM if near else min(height, HIGH - ROOM) + GAP)


class Text:
    """A line of text: each character as dark as it is expected, and the best guess below it."""

    def __init__(self, axes):
        axes.text(CONTEXT + 0.5, 0.9, KEY, fontsize=8, color=GREY, va="center", ha="right")
        self.title = axes.text(-0.4, 0.9, "", fontsize=10, va="center")
        self.letters, self.guesses = Letters(axes, 0.42, 15), Letters(axes, 0.12, 10)
        self.moving = [self.letters.artist, self.guesses.artist, self.title]

    def show(self, m):
        self.title.set_text(f"A line {m.damage}:" if m.damage else "A line with all branches:")
        self.letters.show(m.line, [shade(COLOUR, dark) for dark in (1.0, *m.chances)])
        looks: Sequence = [
            COLOUR if said == wanted else GREY
            for said, wanted in zip(m.guesses, m.line[1:], strict=True)
        ]
        self.guesses.show(" " + m.guesses.replace(" ", "␣"), [GREY, *looks])
