"""Test error while all arms train, and what the error of each consists of."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ...drawing.style import BLACK, ERROR, GREY, PALE, add_axes, add_untrained_note
from ..architecture_styles import STYLES
from ..architectures import ARMS

FLOOR, CEILING = 0.004, 3
TOPS = (
    0.02,
    0.05,
    0.1,
    0.2,
    0.5,
    1.0,
    1.5,
)  # of the bars' axis: few, because new ticks cost a new background
MOST_SEEDS = 5
REFERENCE = "4 deep"  # trained only if the learner wants it
PARTS = (
    ("all runs get wrong alike: averaging leaves it", None),
    ("differs between runs (training set, start, order of batches)", 0.55),
    ("differs between members: averaging removes it", 0.2),
)


class BiasVarianceView:
    """Left curves, right one bar per arm, above its mark: its height is the mean error of one
    member, its solid part what the arm is left with.
    """

    size = (9.4, 4.5)

    def __init__(self, figure):
        self.curves = add_axes(
            figure,
            (0.07, 0.12, 0.305, 0.62),
            xlabel="training (% of the steps)",
            ylabel="squared error on test examples",
            xlim=(0, 104),
            yscale="log",
            ylim=(FLOOR, CEILING),
        )
        self.curves.axhline(1, color=GREY, linewidth=0.8)
        self.curves.text(
            0.99,
            1.08,
            "best constant answer",
            color=GREY,
            fontsize=8,
            ha="right",
            transform=self.curves.get_yaxis_transform(),
        )
        self.bars = add_axes(
            figure,
            (0.475, 0.265, 0.52, 0.475),
            xlim=(-0.6, len(ARMS) - 0.4),
            ylim=(0, 1),
            ylabel="squared error on test examples",
        )
        self.bars.set_xticks(range(len(ARMS)), [_label(arm) for arm in ARMS], fontsize=8)
        self.bars.grid(False, axis="x")
        self.bars.tick_params(axis="x", length=0, pad=16.5)
        self._mark_arms()
        for line, text in enumerate(
            ("members × blocks", "", "width", "parameters", "multiplications")
        ):
            figure.text(
                0.472, 0.2 - 0.0298 * line, text, fontsize=6.5, ha="right", va="center", color=GREY
            )
        self.lines = {
            arm.name: Line(self.curves, STYLES[arm.name], _legend(arm.name)) for arm in ARMS
        }
        handles = [line.curve for line in self.lines.values()]
        self.curves.legend(
            handles=handles, fontsize=8, loc="lower left", bbox_to_anchor=(-0.03, 1.01), ncols=3
        )
        self.stacks = [Stack(self.bars, place) for place in range(len(ARMS))]
        self._explain_shades(figure)
        self.setting = self.curves.text(
            -0.03, 1.36, "", transform=self.curves.transAxes, fontsize=9
        )
        self.untrained = [add_untrained_note(axes) for axes in (self.curves, self.bars)]
        self.absent = self.bars.text(
            len(ARMS) - 1,
            0.03,
            "not trained",
            rotation=90,
            fontsize=8,
            ha="center",
            va="bottom",
            color=GREY,
            transform=self.bars.get_xaxis_transform(),
        )
        self.moving = [self.setting, self.absent, *self.untrained] + [
            artist for part in (*self.lines.values(), *self.stacks) for artist in part.artists
        ]

    def _mark_arms(self):
        """The shades of a bar are parts of an error: which arm it is, its mark says."""
        below: dict[str, Any] = dict(
            transform=self.bars.get_xaxis_transform(), clip_on=False, markersize=6
        )
        for place, arm in enumerate(ARMS):
            look: dict[str, Any] = {**STYLES[arm.name], "linestyle": ""}
            self.bars.plot([place], [-0.055], **look, **below)

    def _explain_shades(self, figure):
        handles: list[Artist] = [
            Patch(color=ERROR, alpha=alpha or 1, linewidth=0, label=text)
            for text, alpha in PARTS[::-1]
        ]
        ring: dict[str, Any] = dict(
            color=BLACK, markerfacecolor=PALE, markersize=3.5, markeredgewidth=0.7, linestyle=""
        )
        handles.append(Line2D([], [], marker="o", **ring, label="error of the arm in each run"))
        self.bars.legend(
            handles=handles,
            fontsize=8,
            loc="lower left",
            bbox_to_anchor=(0, 1.05),
            frameon=False,
            title="The mean error of one member, and what it consists of",
            title_fontsize=9,
            alignment="left",
        )

    def show(self, measurement):
        trained = len(measurement.stops) > 0
        target = (
            "digits" if measurement.task == "digits" else f"teacher, {measurement.depth} hidden"
        )
        self.setting.set_text(
            f"{target}; {measurement.examples} examples; noise {measurement.noise:g}"
        )
        percent = 100 * measurement.stops / measurement.steps
        for line in self.lines.values():
            line.hide()
        for stack in self.stacks:
            stack.hide()
        for note in self.untrained:
            note.set_visible(not trained)
        self.absent.set_visible(trained and REFERENCE not in measurement.arms)
        if not trained:
            self.bars.set_ylim(0, 1)
            return
        parts, seeds = measurement.parts, measurement.at_picks(measurement.error)
        top = self._fit(measurement.arms, parts, seeds)
        for arm, name in enumerate(measurement.arms):
            self.lines[name].show(percent, measurement.curves[arm], measurement.picks[arm][0])
            self.stacks[arm].show(parts[arm], seeds[arm], top)

    def _fit(self, arms, parts, seeds):
        # Joint members alone may be anywhere; their bar then leaves the picture and a number says
        # how far it goes.
        alone = [part.sum() for name, part in zip(arms, parts, strict=True) if "joint" not in name]
        needed = max([*alone, *seeds.max(1)])
        top = next((top for top in TOPS if needed <= 0.97 * top), TOPS[-1])
        if self.bars.get_ylim()[1] != top:
            self.bars.set_ylim(0, top)
        return top


def _legend(name):
    return f"{name} (if switched on)" if name == REFERENCE else name


def _label(arm):
    kind = arm.name.partition("joint")[1] or {REFERENCE: "4 budgets"}.get(
        arm.name, arm.name if arm.members == 1 else ""
    )
    return (
        f"{arm.members} × "
        f"{arm.blocks}\n{kind}\n{arm.width}\n{arm.parameters}\n{arm.multiplications}"
    )


class Line:
    """One arm's test error, a mark where it is stopped."""

    def __init__(self, axes, style, name):
        self.curve = axes.plot([], [], **{**style, "marker": None}, linewidth=1.6, label=name)[0]
        self.stop = axes.plot([], [], style["marker"], color=style["color"], markersize=6)[0]
        self.artists = [self.curve, self.stop]

    def hide(self):
        self.curve.set_data([], [])
        self.stop.set_data([], [])

    def show(self, percent, errors, stop):
        errors = np.clip(errors, FLOOR * 1.02, CEILING / 1.05)
        self.curve.set_data(percent, errors)
        self.stop.set_data(percent[stop : stop + 1], errors[stop : stop + 1])


class Stack:
    """Three shades of the error's colour, a ring per training set, and a number where the bar
    leaves the picture.
    """

    def __init__(self, axes, place):
        self.shades = [
            axes.bar(place, 0, 0.7, color=ERROR, alpha=alpha, linewidth=0)[0] for _, alpha in PARTS
        ]
        across = place + np.linspace(-0.22, 0.22, MOST_SEEDS)
        self.seeds = axes.plot(
            across,
            np.full(MOST_SEEDS, np.nan),
            "o",
            color=BLACK,
            markerfacecolor=PALE,
            markersize=3.5,
            markeredgewidth=0.7,
        )[0]
        self.beyond = axes.text(place, 0, "", fontsize=8, ha="center", va="bottom")
        self.artists = [*self.shades, self.seeds, self.beyond]

    def hide(self):
        for artist in self.artists:
            artist.set_visible(False)

    def show(self, parts, seeds, top):
        for artist in self.artists:
            artist.set_visible(True)
        height = 0.0
        for shade, part in zip(self.shades, np.maximum(parts, 0), strict=True):
            shade.set_y(min(height, top))
            height += min(part, 1e9)
            shade.set_height(max(0, min(height, top) - shade.get_y()))
        self.seeds.set_ydata(np.clip(seeds, 0, top))
        self.beyond.set_text("" if height <= top else f"↑ {height:.2g}" if height < 1e6 else "↑")
        self.beyond.set_y(top * 1.005)
