"""What many shortcuts behind one another keep, and the gradient on its way back through them."""

from typing import Any

import numpy as np

from ...drawing.style import BLUE, GREEN, GREY, PALE, RESIDUAL, THEORY, add_axes

WIDTH, MOST_BLOCKS = 64, 54
FLOOR = 1e-6  # of the largest singular value; what lies below leaves the axes
DECADES = (2, 4, 10, 18)  # the gradient's axis reaches from 10^-k to 10^k
TICKS = np.linspace(-1, 1, 5)
SHORTCUT: dict[str, Any] = {"color": GREEN, "linestyle": (0, (4, 1.5, 1, 1.5))}
# He et al., 2016, arXiv:1603.05027, table 1: ResNet-110 on CIFAR-10, median error in percent of 5
# runs.
PUBLISHED = (("identity", 6.61), ("both scaled\nby 0.5", 12.35), ("1×1 conv.", 12.22))
NEAR_HALF = 0.05  # a λ this near to 0.5 has the second bar; but there β is 0.5 as well


class RepeatedView:
    """Singular values of the product; size and direction of the gradient; what He et al. found
    after training.
    """

    size = (9.4, 4.1)

    def __init__(self, figure):
        self._make_axes(figure)
        self.product = self.values.plot(
            [], [], marker="v", markersize=3, linewidth=1.5, **SHORTCUT
        )[0]
        self.values.text(0, 1.025, "stable rank", transform=self.values.transAxes, fontsize=9)
        self.rank = self.values.text(0.31, 1.025, "", transform=self.values.transAxes, fontsize=9)
        self.lines = [
            self.norm.plot([], [], linewidth=width, label=label, **style)[0]
            for label, style, width in (
                ("all paths", RESIDUAL, 2),
                ("shortcuts alone", SHORTCUT, 2),
                ("predicted for them", THEORY, 1.5),
            )
        ]
        self.norm.legend(
            fontsize=7,
            loc="upper center",
            ncols=3,
            frameon=False,
            bbox_to_anchor=(0.5, 1.16),
            handlelength=2.6,
            columnspacing=1,
            borderpad=0,
        )
        self.cosine = self.direction.plot([], [], linewidth=2, **RESIDUAL)[0]
        self.bars = self._add_published()
        self.moving = [self.product, self.rank, *self.lines, *self.decades, self.cosine, *self.bars]

    def _make_axes(self, figure):
        self.values = add_axes(
            figure,
            (0.07, 0.125, 0.265, 0.745),
            title="All shortcuts multiplied",
            xlabel="direction, strongest first",
            ylabel="singular value / largest",
            xlim=(0, WIDTH + 1),
            yscale="log",
            ylim=(FLOOR, 2),
        )
        box = dict(xlim=(0, MOST_BLOCKS), xticks=range(0, MOST_BLOCKS + 1, 9))
        self.norm = add_axes(
            figure,
            (0.415, 0.55, 0.335, 0.32),
            ylim=(-1.05, 1.05),
            yticks=TICKS,
            yticklabels=[],
            **box,
        )
        self.norm.set_ylabel("norm", fontsize=9, labelpad=29)
        # The numbers at the ticks move and the axes do not: new limits would draw every axis again.
        self.decades = [
            self.norm.text(
                -0.02,
                tick,
                "",
                fontsize=8,
                ha="right",
                va="center",
                transform=self.norm.get_yaxis_transform(),
            )
            for tick in TICKS
        ]
        self.norm.set_title("Gradient at state l, 1 at the output", fontsize=10, loc="left", y=1.14)
        labels = dict(
            title="… and its direction against the output's",
            xlabel="state l (0 = input)",
            ylabel="correlation",
        )
        self.direction = add_axes(
            figure, (0.415, 0.125, 0.335, 0.25), ylim=(-0.5, 1.05), **labels, **box
        )
        self.published = add_axes(
            figure,
            (0.845, 0.125, 0.145, 0.745),
            title="ResNet-110",
            xlim=(0, 16),
            ylim=(-0.6, 2.6),
            xlabel="CIFAR-10 test error, %",
        )
        for axes in (self.values, self.published):
            axes.set_title(
                axes.get_title(loc="left"), fontsize=10, loc="left", y=1.055
            )  # a line stands below it
        self.published.text(
            0, 1.025, "He et al., 2016", transform=self.published.transAxes, fontsize=9
        )

    def _add_published(self):
        """Bars that are pale in the background, and coloured when the panel shows their kind of
        shortcut.
        """
        names, errors = [name for name, _ in PUBLISHED], [error for _, error in PUBLISHED]
        axes, rows = self.published, range(len(names))
        axes.set_yticks(rows, names, fontsize=8)
        axes.invert_yaxis()
        axes.grid(False)
        axes.barh(rows, errors, color=PALE, height=0.6)
        for row, error in enumerate(errors):
            axes.text(error + 0.4, row, f"{error:.2f}", fontsize=8, va="center")
        return list(axes.barh(rows, errors, color=BLUE, edgecolor=GREY, hatch="//", height=0.6))

    def show(self, measurement):
        m = measurement
        self.product.set_data(np.arange(1, WIDTH + 1), np.maximum(m.relative_values, 1e-30))
        self.rank.set_text(f"{m.stable_rank:.1f} of {WIDTH}")
        states = np.arange(m.blocks + 1)
        predicted = np.full(m.blocks + 1, np.nan) if m.predicted_norm is None else m.predicted_norm
        norms = np.log10(np.stack([m.gradient_norm, m.direct_norm, predicted]))
        decades = self._set_decades(norms[:2])
        for line, values in zip(self.lines, norms, strict=True):
            line.set_data(states, values / decades)
        self.lines[2].set_visible(m.predicted_norm is not None)
        self.cosine.set_data(states, m.correlation)
        for row, bar in enumerate(self.bars):
            bar.set_visible(row == _published_row(m.kind, m.scale))

    def _set_decades(self, norms):
        """Labels the ticks so that all of the norms, given as powers of ten, fit; and how many
        decades that makes.
        """
        reach = np.abs(norms).max()
        decades = next((k for k in DECADES if reach <= k), DECADES[-1])
        for text, tick in zip(self.decades, TICKS, strict=True):
            text.set_text(f"$10^{{{int(tick * decades)}}}$")
        return decades


def _published_row(kind, scale):
    """Which published network has this kind of shortcut, or None: none has a λ above 1 or
    orthogonal W.
    """
    if kind == "λI":
        return 0 if scale == 1 else 1 if abs(scale - 0.5) <= NEAR_HALF else None
    return {"identity": 0, "orthogonal": None}.get(kind, 2)
