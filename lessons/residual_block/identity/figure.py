"""Error against steps while several networks learn the same target, and against the learning
rate.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...drawing.style import GREEN, GREY, KINDS, UMBER, add_axes

FLOOR, CEILING = 1e-6, 30
STYLES: dict[str, Mapping[str, Any]] = {
    "plain": KINDS["plain"],
    "residual": KINDS["residual"],
    "residual, last layer at zero": {
        "color": GREEN,
        "linestyle": (0, (4, 1.5, 1, 1.5)),
        "marker": "v",
    },
    "rigged": {"color": UMBER, "linestyle": (0, (2, 1)), "marker": "d"},
}
MOST_SEEDS = 3


class IdentityView:
    """Left the error while training, at each network's best learning rate; right how every rate
    did.
    """

    size = (9.4, 3.7)

    def __init__(self, figure):
        log = {"yscale": "log", "ylim": (FLOOR / 2, CEILING)}
        label = "error on new inputs"
        self.curves = add_axes(
            figure,
            (0.075, 0.13, 0.5, 0.74),
            title="While training, each at its best learning rate",
            xlabel="training (% of the steps)",
            ylabel=label,
            xlim=(0, 100),
            **log,
        )
        self.rates = add_axes(
            figure,
            (0.66, 0.13, 0.325, 0.74),
            title="The same trials for every network",
            xlabel="learning rate",
            xscale="log",
            xlim=(6e-4, 3e-2),
            **log,
        )
        for axes in (self.curves, self.rates):
            axes.axhline(1, color=GREY, linewidth=0.8)
        self.curves.text(
            0.99,
            1.15,
            "answering 0",
            color=GREY,
            fontsize=8,
            ha="right",
            va="bottom",
            transform=self.curves.get_yaxis_transform(),
        )
        self.curves.text(
            0.01,
            FLOOR * 1.3,
            "exact: error 0",
            color=GREY,
            fontsize=8,
            va="bottom",
            transform=self.curves.get_yaxis_transform(),
        )
        self.arms = {
            name: Arm(self.curves, self.rates, name, style) for name, style in STYLES.items()
        }
        handles = [arm.median for name, arm in self.arms.items() if name != "rigged"]
        self.curves.legend(
            handles=handles,
            fontsize=8,
            loc="lower right",
            bbox_to_anchor=(1, 0.1),
            handlelength=3.2,
            frameon=False,
        )
        self.rigged_key = self._add_rigged_key()
        self.moving = [
            *(artist for arm in self.arms.values() for artist in arm.artists),
            *self.rigged_key,
        ]

    def _add_rigged_key(self):
        """The line that the legend has only while it is drawn: a second legend would take 9 ms."""
        look: dict[str, Any] = {**STYLES["rigged"], "marker": None}
        place: dict[str, Any] = {"transform": self.curves.transAxes}
        line = self.curves.plot([0.583, 0.659], [0.345, 0.345], linewidth=2, **look, **place)[0]
        return [line, self.curves.text(0.675, 0.345, "rigged", fontsize=8, va="center", **place)]

    def show(self, measurement):
        for artist in self.rigged_key:
            artist.set_visible("rigged" in measurement.arms)
        for arm in self.arms.values():
            arm.show(measurement)


class Arm:
    """One kind of network: a thin curve per seed, their median, and a point per learning rate
    and seed.
    """

    def __init__(self, curves, rates, name, style):
        self.name = name
        thin = {"color": style["color"], "linewidth": 0.7, "alpha": 0.6, "zorder": 1.9}
        self.median = curves.plot([], [], **{**style, "marker": None}, linewidth=2, label=name)[0]
        # Where training stands: before the first step there is nothing else to see.
        mark = {
            "marker": style["marker"],
            "color": style["color"],
            "markerfacecolor": "none",
            "linestyle": "",
        }
        self.head = curves.plot(
            [], [], markersize=7, markeredgewidth=1.6, clip_on=False, zorder=4, **mark
        )[0]
        self.seeds = [curves.plot([], [], **thin)[0] for _ in range(MOST_SEEDS)]
        self.trials = rates.plot([], [], markersize=5, **mark)[0]
        self.middle = rates.plot([], [], **{**style, "marker": None}, linewidth=1.2)[0]
        self.artists = [*self.seeds, self.median, self.head, self.trials, self.middle]

    def show(self, measurement):
        shown = self.name in measurement.arms
        for artist in self.artists:
            artist.set_visible(shown)
        if not shown:
            return
        arm = measurement.arms.index(self.name)
        percent = 100 * measurement.step / measurement.steps
        self.median.set_data(percent, _drawable(measurement.medians[arm]))
        self.head.set_data(percent[-1:], _drawable(measurement.medians[arm][-1:]))
        for line, curve in zip(self.seeds, measurement.curves[arm], strict=True):
            line.set_data(percent, _drawable(curve))
        last = measurement.errors[arm, :, :, -1]
        seeds = last.shape[1]
        self.trials.set_data(np.repeat(measurement.learning_rates, seeds), _drawable(last.ravel()))
        self.middle.set_data(measurement.learning_rates, _drawable(np.median(last, axis=1)))


def _drawable(errors):
    """An exact 0 lies on the floor of the picture, a run that diverged at its ceiling; the
    sentence says which.
    """
    return np.clip(errors, FLOOR, CEILING / 1.2)
