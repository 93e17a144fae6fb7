"""A block drawn to scale, from the sizes of its parts to the directions that it keeps."""

import textwrap
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from ...drawing.style import BLACK, BLUE, GREEN, KINDS, VERMILION, add_axes, add_canvas

WIDEST, LONGEST = 64, 4
WIDTH, HEIGHT = 486, 333  # the diagram in units of a state, 1.2 pixels of the page each
THICK = 7  # a state is a column of this width
X, CARRIED, SUM = 18, 374, 452  # where x, F(x) and Wx, and the sum stand
JUNCTION = 421
UPPER, MIDDLE, LOWER = 242, 166, 90
GAP = 12
CENTRE = 207  # of the matrices, half-way between x and F(x)
SHORTCUT: dict[str, Any] = {"color": GREEN, "linestyle": (0, (4, 1.5, 1, 1.5)), "marker": "v"}
LIMITS = (5, 25)  # of the singular values' axis
TICKS = np.linspace(0, 1, 6)


class ShapeView:
    """Left the block, right the singular values of its parts."""

    size = (9.4, 4.0)

    def __init__(self, figure):
        self.diagram = Diagram(
            add_canvas(figure, (0.0, 0.0, 0.62, 1.0), xlim=(0, WIDTH), ylim=(0, HEIGHT))
        )
        labels = dict(xlabel="direction, strongest first", ylabel="singular value")
        title = "How much each direction is stretched"
        self.values = Values(
            add_axes(figure, (0.68, 0.13, 0.305, 0.74), title=title, xlim=(0, WIDEST + 1), **labels)
        )
        self.moving = [*self.diagram.moving, *self.values.moving]

    def show(self, measurement):
        self.diagram.show(measurement)
        self.values.show(measurement)


class Values:
    """Singular values of J_F, of W and of their sum."""

    def __init__(self, axes):
        # The numbers at the ticks move and the axes do not: new limits would draw every axis again.
        axes.set(ylim=(0, 1), yticks=TICKS, yticklabels=[])
        axes.yaxis.labelpad = 18
        self.numbers = [
            axes.text(
                -0.02,
                tick,
                "",
                fontsize=8,
                ha="right",
                va="center",
                transform=axes.get_yaxis_transform(),
            )
            for tick in TICKS
        ]
        styles = (
            dict(KINDS["plain"], label="$J_F$, the branch"),
            dict(SHORTCUT, label="$W$, the shortcut"),
            dict(KINDS["residual"], label="$W + J_F$, the block"),
        )
        self.lines = [
            axes.plot([], [], markersize=3, linewidth=1.5, **style)[0] for style in styles
        ]
        self.lines[1].set_markerfacecolor("white")
        axes.legend(fontsize=8, loc="upper right", frameon=False, handlelength=3.2)
        self.moving = [*self.lines, *self.numbers]

    def show(self, measurement):
        shown = (measurement.branch_values, measurement.shortcut_values, measurement.sum_values)
        largest = max(values.max() for values in shown if values is not None)
        limit = next((limit for limit in LIMITS if largest < limit), LIMITS[-1])
        for line, values in zip(self.lines, shown, strict=True):
            values = np.array([]) if values is None else values / limit
            line.set_data(np.arange(1, len(values) + 1), values)
        for text, tick in zip(self.numbers, TICKS, strict=True):
            text.set_text(f"{tick * limit:g}")


class Diagram:
    """x on the left; F above, W below; their sum on the right. Heights and widths of all boxes are
    sizes.

    A box is shaded by its numbers, so that zeros are white.
    """

    def __init__(self, axes):
        axes.set_position((0.0, 0.0, 0.62, 1.0))
        count = LONGEST + 5  # F's layers; x, F(x), W, Wx and the sum
        look = dict(extent=(0, 1, 0, 1), aspect="auto", interpolation="nearest", zorder=1)
        self.images = [axes.imshow(np.ones((1, 1, 3)), **look) for _ in range(count)]
        self.frames = axes.add_collection(
            PolyCollection([], facecolors="none", linewidths=1.3, zorder=3)
        )
        self.wires = axes.add_collection(LineCollection([], linewidths=1.3, zorder=0))
        self.sizes = [axes.text(0, 0, "", fontsize=8, ha="center", va="top") for _ in range(count)]
        self.plus = axes.plot(
            [JUNCTION], [MIDDLE], "o", markersize=15, color=BLUE, markerfacecolor="white", zorder=4
        )[0]
        self.sign = axes.plot(
            [JUNCTION], [MIDDLE], "+", markersize=9, markeredgewidth=1.5, color=BLUE, zorder=5
        )[0]
        # The words stand still and only the numbers move: text is the dearest part of a redraw.
        for letter, y, colour in (("F", HEIGHT - 20, VERMILION), ("W", 10, GREEN)):
            axes.text(
                44,
                y,
                f"${letter}$: parameters | multiplications:",
                fontsize=9,
                va="bottom",
                color=colour,
            )
        self.cost = axes.text(232, HEIGHT - 20, "", fontsize=9, va="bottom", color=VERMILION)
        self.shortcut = axes.text(232, 10, "", fontsize=9, va="bottom", color=GREEN)
        self.said = axes.text(52, MIDDLE, "", fontsize=9, va="center", color=BLACK, linespacing=1.4)
        self.formula = axes.text(SUM + 1, MIDDLE + 42, "", fontsize=10, ha="center", color=BLUE)
        for text, x, y in (("$x$", X + 3, MIDDLE), ("$F(x)$", CARRIED + 4, UPPER)):
            axes.text(x, y + 40, text, fontsize=10, ha="center")
        self.names = axes.text(CARRIED + 4, LOWER + 40, "", fontsize=10, ha="center")
        axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
        self.moving = [
            *self.images,
            self.frames,
            self.wires,
            *self.sizes,
            self.plus,
            self.sign,
            self.cost,
            self.shortcut,
            self.said,
            self.formula,
            self.names,
        ]

    def show(self, measurement):
        boxes = list(_boxes(measurement))
        for artists in zip(self.images, self.sizes, strict=True):
            for artist in artists:
                artist.set_visible(False)
        for image, size, box in zip(self.images, self.sizes, boxes, strict=False):
            _place(image, size, *box[:3])
        self.frames.set_verts([_corners(*box[:3]) for box in boxes])
        self.frames.set_edgecolors([box[3] for box in boxes])
        self._show_wires(measurement)
        self._show_words(measurement)

    def _show_wires(self, m):
        fork = X + THICK + 10
        upper = [(X, MIDDLE), (fork, MIDDLE), (fork, UPPER), (JUNCTION, UPPER), (JUNCTION, MIDDLE)]
        lower = [(fork, MIDDLE), (fork, LOWER), (JUNCTION, LOWER), (JUNCTION, MIDDLE)]
        out = [(JUNCTION, MIDDLE), (SUM, MIDDLE)]
        self.wires.set_segments([upper, lower, out] if m.sum is not None else [upper, lower])
        self.wires.set_colors([VERMILION, GREEN, BLUE])

    def _show_words(self, m):
        adds = m.sum is not None
        for artist in (self.plus, self.sign):
            artist.set_color(BLUE if adds else VERMILION)
        self.plus.set_markerfacecolor("white")  # set_color painted it too
        self.sign.set_marker("+" if adds else "$\\neq$")
        self.sign.set_markeredgewidth(1.5 if adds else 0.2)
        self.cost.set_text(f"{m.branch_parameters} | {m.branch_multiplications}")
        self.shortcut.set_text(f"{m.shortcut_cost} | {m.shortcut_cost}")
        self.formula.set_text(f"${m.formula}$" if adds else "")
        self.names.set_text("$x$" if m.shortcut == "identity" else "$Wx$")
        self.said.set_text("" if adds else _refusal(m))


def _refusal(m):
    if m.jax_says:
        return "\n".join(textwrap.wrap(f"JAX: {m.jax_says}", 40))
    return f"JAX repeats the single number:\n{m.broadcast[0]} come out, no error, no identity."


def _boxes(m):
    """(numbers, left, middle height, colour) of everything that is drawn, as matrices: a state
    is one column.
    """
    yield m.x[:, None], X, MIDDLE, BLACK
    yield m.branch[:, None], CARRIED, UPPER, VERMILION
    yield m.carried[:, None], CARRIED, LOWER, GREEN
    left = CENTRE - (m.span * (m.b + GAP) - GAP) / 2
    for layer, weights in enumerate(m.weights):
        yield weights, left + layer * (m.b + GAP), UPPER, VERMILION
    if m.W is not None and m.shortcut != "identity":
        yield m.W, CENTRE - m.b / 2, LOWER, GREEN
    if m.sum is not None:
        yield m.sum[:, None], SUM, MIDDLE, BLUE


def _box(numbers, left, middle):
    """Left, right, bottom and top, and the size in words."""
    rows, columns = numbers.shape
    width = THICK if columns == 1 and left in (X, CARRIED, SUM) else columns
    return left, left + width, middle - rows / 2, middle + rows / 2


def _corners(numbers, left, middle):
    left, right, bottom, top = _box(numbers, left, middle)
    return [(left, bottom), (left, top), (right, top), (right, bottom)]


def _place(image, size, numbers, left, middle):
    left, right, bottom, top = _box(numbers, left, middle)
    shade = np.abs(numbers) / max(np.abs(numbers).max(), 1e-9)
    image.set_data(np.repeat((255 - 190 * shade).astype(np.uint8)[:, :, None], 3, axis=2))
    image.set_extent((left, right, bottom, top))
    rows, columns = numbers.shape
    size.set_text(
        f"{rows}" if right - left == THICK and left in (X, CARRIED, SUM) else f"{rows} × {columns}"
    )
    size.set_position(((left + right) / 2, bottom - 4))
    for artist in (image, size):
        artist.set_visible(True)
