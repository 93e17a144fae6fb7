"""How much gradient arrives at every state, without skips and with them, in one picture."""

from ...drawing.log_scale import DecadeScale
from ...drawing.style import PLAIN, RESIDUAL, add_axes
from ..placement.figure import Curve, key_above, quartiles

DEPTHS = (12, 24, 40, 64)  # right ends of the picture
LOOKS = {"no skip": PLAIN, "a skip over every layer": RESIDUAL}


class GrowthView:
    """Median and middle half of both kinds of network over one scale in powers of ten."""

    size = (9.4, 3.2)

    def __init__(self, figure):
        self.axes = add_axes(
            figure,
            (0.06, 0.145, 0.93, 0.75),
            xlabel="state $h_l$ behind layer l: from the input, 0, to the output, L",
        )
        self.axes.set_title(
            "Squared gradient that arrives / that at the output (it travels ←)",
            fontsize=10,
            loc="left",
        )
        self.curves = [Curve(self.axes, name, look) for name, look in LOOKS.items()]
        key_above(self.axes, columns=2)
        self.scale = DecadeScale(self.axes)
        artists = [artist for curve in self.curves for artist in curve.moving]
        self.moving = [*self.scale.moving, *artists]

    def show(self, measurement):
        drawn = [quartiles(found) for found in (measurement.plain, measurement.residual)]
        self.scale.fit(*(curve for curves in drawn for curve in curves))
        # Ticks are dear: the right end moves in steps.
        right = next(depth for depth in DEPTHS if measurement.depth <= depth)
        self.axes.set_xlim(-0.02 * right, 1.02 * right)
        for curve, parts in zip(self.curves, drawn, strict=True):
            curve.show(*map(self.scale.place, parts))
