"""Two drawings side by side, and below each how much of the input is still there."""

import numpy as np
from matplotlib.collections import LineCollection

from ...drawing.style import GREY, INPUT, KINDS, PALE, add_axes, add_canvas
from .measurement import hundredths

REACH = 1.12  # of the axes, where the drawing is 1 wide to each side
TITLES = {
    "plain": "each layer replaces:  $x \\to F(x)$",
    "residual": "each layer adds:  $x \\to x + \\beta F(x)$",
}


class FaceView:
    """Left what a plain network makes of the face, right what one with skips makes of it."""

    size = (9.4, 3.8)

    def __init__(self, figure):
        self.halves = [
            Half(figure, left, kind) for left, kind in ((0.02, "plain"), (0.52, "residual"))
        ]
        self.moving = [artist for half in self.halves for artist in half.moving]

    def show(self, measurement):
        m = measurement
        self.halves[0].show(m.plain_face, m.plain_mesh, m.plain_kept)
        self.halves[1].show(m.residual_face, m.residual_mesh, m.residual_kept)


class Half:
    """One network's drawing, at a scale at which it fits, with a bar below it."""

    def __init__(self, figure, left, kind):
        width, colour = 0.46, KINDS[kind]["color"]
        self.axes = add_axes(figure, (left, 0.155, width, 0.755), aspect="equal")
        self.axes.set(xlim=(-2 * REACH * 0.73, 2 * REACH * 0.73), ylim=(-REACH, REACH))
        self.axes.set_axis_off()
        figure.text(left + width / 2, 0.945, TITLES[kind], fontsize=11, color=colour, ha="center")
        self.mesh = LineCollection([], colors=INPUT["color"], linewidths=0.45, alpha=0.6)
        self.face = LineCollection([], colors=colour, linewidths=3, capstyle="round")
        for lines in (self.mesh, self.face):
            self.axes.add_collection(lines)
        self.scale = self.axes.text(
            1, 0, "", transform=self.axes.transAxes, fontsize=8, color=GREY, ha="right"
        )
        self.kept = Kept(add_canvas(figure, (left, 0.0, width, 0.15)), colour)
        self.moving = [self.mesh, self.face, self.scale, *self.kept.moving]

    def show(self, face, mesh, kept):
        reach = max(np.abs(line).max() for line in (*face, *mesh))
        zoom = max(1.0, reach / 1.1)
        self.mesh.set_segments([line / zoom for line in mesh])
        self.face.set_segments([line / zoom for line in face])
        self.scale.set_text(f"drawn at 1 : {zoom:.1f}" if zoom >= 1.05 else "")
        self.kept.show(kept)


class Kept:
    """A bar from 0 to 1 and its number."""

    LEFT, RIGHT, HEIGHT = 0.4, 0.8, 0.55

    def __init__(self, axes, colour):
        axes.text(
            0.38, self.HEIGHT, "of the input still there", ha="right", va="center", fontsize=10
        )
        ends, level = (self.LEFT, self.RIGHT), (self.HEIGHT, self.HEIGHT)
        axes.plot(ends, level, color=PALE, linewidth=9, solid_capstyle="butt")
        self.bar = axes.plot([], [], color=colour, linewidth=9, solid_capstyle="butt")[0]
        self.number = axes.text(
            0.82, self.HEIGHT, "", color=colour, fontsize=14, fontweight="bold", va="center"
        )
        self.moving = [self.bar, self.number]

    def show(self, kept):
        end = self.LEFT + (self.RIGHT - self.LEFT) * min(max(kept, 0), 1)
        self.bar.set_data([self.LEFT, end], [self.HEIGHT, self.HEIGHT])
        self.number.set_text(hundredths(kept))
