"""The curve that does not break, and beside it the same network with one change."""

from ..two_curves.figure import CurveOverInput

PLACES = (("Without the change", 0.06), ("With it", 0.55))


class InvestigationView:
    """Left as it was, right with the change."""

    size = (9.4, 2.8)

    def __init__(self, figure):
        self.curves = [CurveOverInput(figure, left, 0.43, "plain", name) for name, left in PLACES]
        self.curves[0].axes.set_ylabel("gradient dy/dx ÷ its size", fontsize=9)
        self.moving = [artist for curve in self.curves for artist in curve.moving]

    def show(self, measurement):
        for number, curve in enumerate(self.curves):
            curve.show(measurement.curves[number], measurement.agreement[number])
