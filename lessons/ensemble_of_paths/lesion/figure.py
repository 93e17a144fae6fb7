"""Test error of four networks after one deletion, many deletions and a reordering."""

import numpy as np

from ...drawing.regions import Region, box_in
from ...drawing.style import GREY, add_axes
from ...drawing.style import KINDS as LOOKS
from ...formatting import number
from .measurement import KINDS

KIND_STYLES = tuple(LOOKS[kind] for kind in ("plain", "residual", "small β", "pre-norm"))
BLOCKS = 12


class LesionView:
    """Curves are medians over random choices, bands hold the middle 80 %; the grey line marks
    the choice of the panel.
    """

    size = (9.4, 3.7)

    def __init__(self, figure):
        write = dict(ylim=(-2, 102), yticks=[0, 25, 50, 75, 100])
        single = add_axes(
            figure,
            (0.06, 0.115, 0.265, 0.63),
            title="One block deleted",
            xlabel="which block",
            ylabel="test error (%)",
            xlim=(0.2, BLOCKS + 0.8),
            xticks=range(1, BLOCKS + 1),
            **write,
        )
        many = add_axes(
            figure,
            (0.385, 0.115, 0.265, 0.63),
            title="Blocks deleted at random",
            xlabel="blocks deleted",
            xlim=(-0.4, BLOCKS - 0.6),
            xticks=range(0, BLOCKS, 2),
            **write,
        )
        order = add_axes(
            figure,
            (0.71, 0.115, 0.275, 0.63),
            title="Blocks in another order",
            xlabel="Kendall's τ with the old order",
            xlim=(1.04, -0.04),
            **write,
        )
        self.axes = single
        self.single = [
            single.plot([], [], **style, markersize=5, linewidth=0.7)[0] for style in KIND_STYLES
        ]
        self.many, self.order = Bands(many), Bands(order)
        notes = (
            "thick: with the chosen blocks ▾ deleted",
            "line: median, band: middle 80 %; grey: your choice",
            "the same; grey: your τ",
        )
        for axes, note in zip((single, many, order), notes, strict=True):
            axes.text(0, 1.105, note, transform=axes.transAxes, fontsize=8, color=GREY, va="bottom")
        self.gone = single.plot([], [], "v", color=GREY, markersize=7, clip_on=False)[0]
        self.chosen = [
            single.plot(
                [],
                [],
                color=style["color"],
                linestyle=style["linestyle"],
                linewidth=2.2,
                alpha=0.55,
                zorder=1.9,  # behind the curves
            )[0]
            for style in KIND_STYLES
        ]
        self.depths = _legend(figure, self.single)
        self.untrained = many.text(
            0.5,
            0.5,
            "train the networks first",
            transform=many.transAxes,
            ha="center",
            color=GREY,
            fontsize=9,
        )
        self.moving = [
            *self.chosen,
            *self.single,
            self.gone,
            *self.many.moving,
            *self.order.moving,
            *self.depths,
            self.untrained,
        ]

    def show(self, measurement):
        tables = measurement.tables
        self.untrained.set_visible(tables is None)
        self.gone.set_data(measurement.gone, np.full(len(measurement.gone), 101))
        for kind, line in enumerate(self.single):
            errors = np.empty(0) if tables is None else 100 * tables.single[kind]
            line.set_data(np.arange(1, len(errors) + 1), errors)
            self.chosen[kind].set_data([0, BLOCKS + 1], [100 * measurement.chosen[kind]] * 2)
            self.depths[kind].set_text(
                f"{100 * measurement.intact[kind]:.0f} %, s = "
                f"{number(measurement.effective_depths[kind])}"
            )
        none = np.empty((len(KINDS), 0, 1))
        self.many.show(
            np.arange(BLOCKS), none if tables is None else tables.deletions, measurement.deleted
        )
        self.order.show(
            measurement.taus, none if tables is None else tables.reorderings, measurement.tau
        )

    def regions(self, measurement):
        """A click above a block deletes it, or puts it back."""
        return [
            Region(
                f"gone_{block}",
                f"put block {block} back" if block in measurement.gone else f"delete block {block}",
                box_in(self.axes, (block - 0.46, block + 0.46), self.axes.get_ylim()),
            )
            for block in range(1, BLOCKS + 1)
        ]


def _legend(figure, lines):
    """Two rows above the axes: names stand still, test errors of the intact networks and s move."""
    texts = []
    for kind, (name, line) in enumerate(zip(KINDS, lines, strict=True)):
        left, height = 0.055 + 0.49 * (kind % 2), 0.955 - 0.065 * (kind // 2)
        figure.legend(
            [line],
            [name],
            loc="center left",
            bbox_to_anchor=(left, height),
            frameon=False,
            fontsize=9,
            borderaxespad=0,
            borderpad=0,
            handlelength=3,
        )
        figure.text(left + 0.235, height, "intact:", fontsize=9, va="center", color=GREY)
        texts.append(figure.text(left + 0.29, height, "", fontsize=9, va="center"))
    return texts


class Bands:
    """Medians with bands, one per kind, and a line where the slider stands."""

    def __init__(self, axes, styles=KIND_STYLES):
        self.mark = axes.axvline(0, color=GREY, linewidth=6, alpha=0.25)
        self.bands = [
            axes.fill_between([0], [0], color=style["color"], alpha=0.15, linewidth=0)
            for style in styles
        ]
        self.lines = [
            axes.plot([], [], **style, markersize=4, linewidth=1.5)[0] for style in styles
        ]
        self.moving = [self.mark, *self.bands, *self.lines]

    def show(self, places, errors, chosen):
        """errors (kinds, places, choices), or no places before training."""
        self.mark.set_xdata([chosen, chosen])
        places = places[: errors.shape[1]]
        for line, band, of_kind in zip(self.lines, self.bands, 100 * errors, strict=True):
            line.set_data(places, np.median(of_kind, axis=1))
            band.set_visible(len(places) > 0)
            if len(places):
                band.set_data(places, *np.quantile(of_kind, (0.1, 0.9), axis=1))
