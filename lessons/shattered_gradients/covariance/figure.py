"""Four matrices side by side: which gradients are alike."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from ...drawing.pixels import Pixels
from ...drawing.style import BLACK, BLUE, GREY, VERMILION, add_axes
from ...formatting import plural
from .measurement import DIGITS, GRID, RANDOM, SIGNALS

COLOURS = LinearSegmentedColormap.from_list("correlation", (VERMILION, "#FFFFFF", BLUE))
LEVELS = np.array([COLOURS(level, bytes=True) for level in np.linspace(0, 1, 256)], np.uint8)
LEFT, STEP, SIDE, BOTTOM = 0.05, 0.219, 0.203, 0.165
ENDS = {0: "left", 64: "right"}  # else 2 and the next matrix's −2 would touch
MOST_MARKS = 10  # the classes of digits
NETWORKS = SIGNALS[:2]  # noise has neither layers nor inputs
NAMES = {GRID: "x of input {}", RANDOM: "input {}", DIGITS: "digit at input {}"}


class CovarianceView:
    """Blue: the gradients at two inputs agree; white: nothing to do with each other; vermilion:
    opposite.
    """

    size = (9.4, 3.15)

    def __init__(self, figure):
        height = SIDE * self.size[0] / self.size[1]
        self.setting = figure.text(LEFT, 0.975, "", fontsize=9, va="top")
        self.squares = [
            Square(figure, (LEFT + STEP * k, BOTTOM, SIDE, height), name)
            for k, name in enumerate(SIGNALS)
        ]
        self.rows = Side(self.squares[0].axes, upright=True)
        scale = figure.add_axes((0.93, BOTTOM, 0.012, height))
        scale.imshow(LEVELS[:, None], origin="lower", aspect="auto", extent=(0, 1, -1, 1))
        scale.yaxis.tick_right()
        scale.yaxis.set_label_position("right")
        scale.set(xticks=[], yticks=[-1, 0, 1], yticklabels=["−1", "0", "1"])
        scale.set_ylabel("correlation", fontsize=9, labelpad=1)
        scale.tick_params(labelsize=8, color=GREY)
        self.moving = [
            self.setting,
            *self.rows.moving,
            *(artist for square in self.squares for artist in square.moving),
        ]

    def show(self, measurement):
        self.setting.set_text(measurement.setting)
        self.rows.show(measurement.marks, NAMES[measurement.inputs].format("j"))
        for signal, square in enumerate(self.squares):
            square.show(measurement, signal)


class Square:
    """One matrix, input i to the right, j upwards."""

    def __init__(self, figure, box, name):
        self.axes = add_axes(figure, box, xlim=(0, 64), ylim=(0, 64), xticks=[], yticks=[])
        self.axes.grid(False)
        self.axes.set_title(name, fontsize=10, loc="left", y=1.09)
        self.picture = Pixels(self.axes)
        self.borders = self.axes.plot([], [], color=BLACK, linewidth=0.5, alpha=0.5)[0]
        self.note = self.axes.text(
            0, 1.02, "", transform=self.axes.transAxes, fontsize=8, va="bottom"
        )
        self.columns = Side(self.axes, upright=False)
        self.moving = [self.picture, self.borders, self.note, *self.columns.moving]

    def show(self, measurement, signal):
        self.picture.set_data(
            LEVELS[
                np.rint(255 * (np.clip(measurement.matrices[signal], -1, 1) + 1) / 2).astype(int)
            ]
        )
        if SIGNALS[signal] not in NETWORKS:
            self.columns.show([], "place i")
            return
        # One line with breaks for all borders between classes.
        borders = measurement.borders
        across = [
            part
            for b in borders
            for part in ((b, 0), (b, 64), (np.nan, np.nan), (0, b), (64, b), (np.nan, np.nan))
        ]
        self.borders.set_data(*(np.array(across).T if across else ([], [])))
        self.note.set_text(plural(measurement.depth, "layer"))
        self.columns.show(measurement.marks, NAMES[measurement.inputs].format("i"))


class Side:
    """What stands along one side of a matrix. Texts, since ticks belong to the background and
    classes change with the seed.
    """

    def __init__(self, axes, upright):
        self.upright = upright
        place, turned = (
            ((-0.04, 0), axes.get_yaxis_transform())
            if upright
            else ((0, -0.035), axes.get_xaxis_transform())
        )
        aligned = dict(ha="right", va="center") if upright else dict(ha="center", va="top")
        self.marks = [
            axes.text(*place, "", transform=turned, fontsize=8, **aligned)
            for _ in range(MOST_MARKS)
        ]
        middle = (
            dict(x=-0.18, y=0.5, rotation=90, ha="center", va="center")
            if upright
            else dict(x=0.5, y=-0.125, ha="center", va="top")
        )
        self.name = axes.text(s="", transform=axes.transAxes, fontsize=9, **middle)
        self.moving = [*self.marks, self.name]

    def show(self, marks, name):
        self.name.set_text(name)
        for text, (place, word) in zip(
            self.marks, [*marks, *[(0, "")] * (len(self.marks) - len(marks))], strict=True
        ):
            text.set_text(word)
            if self.upright:
                text.set_y(place)
            else:
                text.set(x=place, ha=ENDS.get(place, "center"))
