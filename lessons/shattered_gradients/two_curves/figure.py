"""Two gradients side by side, each with the correlation of its neighbours above it."""

import numpy as np

from ...drawing.style import INPUT, KINDS, add_axes
from .measurement import agreed

REACHES = 3.2  # in units of the root mean square
SOLID = {"linestyle": "-"}  # 256 points: dashes would only look like gaps
PLACES = (("plain", "Plain", 0.06), ("residual", "Residual, the same weights", 0.55))


class TwoCurvesView:
    """Left the plain network, right the residual one; both axes have the same scales."""

    size = (9.4, 2.8)
    places: tuple[tuple[str, str, float], ...] = PLACES  # kind, title and left edge of each

    def __init__(self, figure):
        self.curves = [CurveOverInput(figure, left, 0.43, *kind) for *kind, left in self.places]
        self.curves[0].axes.set_ylabel("gradient dy/dx ÷ its size", fontsize=9)
        self.moving = [artist for curve in self.curves for artist in curve.moving]

    def show(self, measurement):
        for number, curve in enumerate(self.curves):
            curve.show(measurement.curves[number], measurement.agreement[number])


class CurveOverInput:
    """A gradient over the input, and the number that says how smooth it is."""

    def __init__(self, figure, left, width, kind, title):
        self.axes = add_axes(
            figure,
            (left, 0.175, width, 0.655),
            title=title,
            xlabel="input x",
            xlim=(-2, 2),
            ylim=(-REACHES, REACHES),
            xticks=[-2, -1, 0, 1, 2],
            yticks=[-2, 0, 2],
        )
        self.axes.axhline(0, color=INPUT["color"], linewidth=0.8)
        colour = KINDS[kind]["color"]
        self.curve = self.axes.plot([], [], color=colour, linewidth=1.1, **SOLID)[0]
        place = {"transform": self.axes.transAxes, "ha": "right", "va": "bottom"}
        self.number = self.axes.text(1, 1.03, "", fontsize=12, color=colour, weight="bold", **place)
        self.moving = [self.curve, self.number]

    def show(self, curve, agreement):
        points = len(curve)
        x = 2 * (2 * np.arange(points) + 1 - points) / points
        self.curve.set_data(x, np.clip(curve, -REACHES, REACHES))
        self.number.set_text(f"neighbours {agreed(agreement)}")
