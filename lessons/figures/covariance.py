"""Four matrices side by side: which gradients are alike."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from ..measurements.covariance import DIGITS, SIGNALS
from ..wording import plural
from .pixels import Pixels
from .style import BLACK, BLUE, GREY, VERMILION, add_axes

COLOURS = LinearSegmentedColormap.from_list("correlation", (VERMILION, "#FFFFFF", BLUE))
LEVELS = np.array([COLOURS(level, bytes=True) for level in np.linspace(0, 1, 256)], np.uint8)
LEFT, STEP, SIDE = 0.045, 0.224, 0.208


class CovarianceView:
    """Blue: the gradients at two inputs agree; white: nothing to do with each other; vermilion: opposite."""

    size = (9.4, 2.95)

    def __init__(self, figure):
        height = SIDE * self.size[0] / self.size[1]
        self.squares = [Square(figure, (LEFT + STEP * k, 0.14, SIDE, height), name) for k, name in enumerate(SIGNALS)]
        self.squares[0].axes.set_ylabel("input j", fontsize=9)
        scale = figure.add_axes((0.948, 0.14, 0.014, height))
        scale.imshow(LEVELS[:, None], origin="lower", aspect="auto", extent=(0, 1, -1, 1))
        scale.yaxis.tick_right()
        scale.set(xticks=[], yticks=[-1, 0, 1], yticklabels=["−1", "0", "1"])
        scale.tick_params(labelsize=8, color=GREY)
        self.moving = [artist for square in self.squares for artist in square.moving]

    def show(self, measurement):
        borders = np.flatnonzero(np.diff(measurement.labels)) + 1 if measurement.inputs == DIGITS else []
        for signal, square in enumerate(self.squares):
            square.show(measurement.matrices[signal], borders, measurement.depth if signal < 2 else None)


class Square:
    """One matrix, input i to the right, j upwards."""

    def __init__(self, figure, box, name):
        self.axes = add_axes(figure, box, xlabel="input i", xlim=(0, 64), ylim=(0, 64), xticks=[], yticks=[])
        self.axes.grid(False)
        self.axes.set_title(name, fontsize=10, loc="left", y=1.09)
        self.picture = Pixels(self.axes)
        self.borders = self.axes.plot([], [], color=BLACK, linewidth=0.5, alpha=0.5)[0]
        self.note = self.axes.text(0, 1.02, "", transform=self.axes.transAxes, fontsize=8, va="bottom")
        self.moving = [self.picture, self.borders, self.note]

    def show(self, matrix, borders, depth):
        self.picture.set_data(LEVELS[np.rint(255 * (np.clip(matrix, -1, 1) + 1) / 2).astype(int)])
        # One line with breaks for all borders between classes.
        across = [part for b in borders for part in ((b, 0), (b, 64), (np.nan, np.nan), (0, b), (64, b), (np.nan, np.nan))]
        self.borders.set_data(*(np.array(across).T if across else ([], [])))
        if depth is not None:
            self.note.set_text(plural(depth, "layer"))
