"""Squares at every layer, plain and residual side by side: median, quartiles, mean and closed
form.
"""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ...drawing.log_scale import DecadeScale, as_decades
from ...drawing.style import GREY, PLAIN, RESIDUAL, THEORY, add_axes

DEPTHS = (12, 32, 64)  # right ends of the picture, so that it is not drawn anew at each depth
MEAN = {"color": GREY, "linewidth": 1.2}
# of the residual line and the gap between them, in font sizes: fewer look like another style
TWO_DASHES = 3.4


class GradientNormView:
    """Left the plain networks, right the same weights with skips, on one scale."""

    size = (9.4, 4.1)

    def __init__(self, figure):
        titles, styles = ("Plain", "Residual, with the same weights"), (PLAIN, RESIDUAL)
        boxes = ((0.075, 0.125, 0.435, 0.7), (0.555, 0.125, 0.435, 0.7))
        self.arms = [
            Arm(_axes(figure, *part), style)
            for *part, style in zip(boxes, titles, styles, strict=True)
        ]
        self.ylabel = figure.text(0.005, 0.94, "", fontsize=9, va="center")
        figure.legend(
            handles=_legend(),
            loc="upper right",
            ncol=5,
            fontsize=8,
            frameon=False,
            handlelength=TWO_DASHES,
        )
        self.scale = DecadeScale(*(arm.axes for arm in self.arms))
        self.moving = [self.ylabel, *self.scale.moving, *self.arms[0].moving, *self.arms[1].moving]

    def show(self, measurement):
        end = "L" if measurement.quantity == "gradient" else "0"
        symbol = r"\partial y/\partial h" if measurement.quantity == "gradient" else "h"
        self.ylabel.set_text(f"$|{symbol}_l|^2\\ /\\ |{symbol}_{end}|^2$")
        found = [
            (measurement.plain, measurement.plain_theory),
            (measurement.residual, measurement.residual_theory),
        ]
        drawn = [statistics(*part) for part in found]
        self.scale.fit(*(curve for curves in drawn for curve in curves))
        right = next(depth for depth in DEPTHS if measurement.topology.depth <= depth)
        for arm, curves in zip(self.arms, drawn, strict=True):
            arm.axes.set_xlim(-0.02 * right, 1.02 * right)
            arm.show(*map(self.scale.place, curves))


def _axes(figure, box, title):
    return add_axes(
        figure, box, title=title, xlabel="state $h_l$, from the input, 0, to the output, L"
    )


def _legend():
    return [
        Line2D([], [], **PLAIN, linewidth=2, label="median, plain"),
        Line2D([], [], **RESIDUAL, linewidth=2, label="median, residual"),
        Patch(color=GREY, alpha=0.35, linewidth=0, label="middle half"),
        Line2D([], [], **MEAN, label="mean"),
        Line2D([], [], **THEORY, linewidth=2, label="closed form of the mean"),
    ]


def statistics(found: np.ndarray, theory: np.ndarray) -> list[np.ndarray]:
    """Lower quartile, median, upper quartile, mean over networks, and the closed form, as powers
    of ten.
    """
    in_order, count = np.sort(found, 0), len(found)  # np.quantile would make NaN of two infinities
    quartiles = in_order[count // 4], np.median(found, 0), in_order[-1 - count // 4]
    return [as_decades(curve) for curve in (*quartiles, found.mean(0), theory)]


class Arm:
    """One kind of network."""

    def __init__(self, axes, style):
        self.axes = axes
        self.band = axes.fill_between([0, 1], 0, 0, color=style["color"], alpha=0.25, linewidth=0)
        self.mean = axes.plot([], [], **MEAN)[0]
        self.median = axes.plot([], [], **style, linewidth=2)[0]
        self.theory = axes.plot([], [], **THEORY, linewidth=2)[0]
        self.moving = [self.band, self.mean, self.median, self.theory]

    def show(self, low, middle, high, mean, theory):
        x = np.arange(len(middle))
        self.band.set_verts([np.stack([np.append(x, x[::-1]), np.append(low, high[::-1])], 1)])
        for line, curve in ((self.median, middle), (self.mean, mean), (self.theory, theory)):
            line.set_data(x, curve)
