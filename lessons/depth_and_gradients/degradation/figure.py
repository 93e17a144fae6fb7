"""Training error, test error and the gradient before training, each against depth."""

import numpy as np

from ...drawing.log_scale import DecadeScale, as_decades
from ...drawing.style import GREY, add_axes, add_untrained_note, line, mark
from ..gradient_norm.figure import TWO_DASHES
from .measurement import ARMS

SHIFTS = {"plain": -0.35, "residual": 0.35}  # so that points of both can be told apart
CHANCE = 90


class DegradationView:
    """Left both errors after training, right the gradient before it."""

    size = (9.4, 3.9)

    def __init__(self, figure):
        titles = (
            "Training error",
            "Test error",
            "Before training:\n" r"$|\partial y/\partial h_1|^2\ /\ |\partial y/\partial h_L|^2$",
        )
        lefts = (0.06, 0.385, 0.73)
        self.axes = [_axes(figure, *part) for part in zip(lefts, titles, strict=True)]
        for axes in self.axes[:2]:
            axes.set(ylim=(-3, 100), yticks=range(0, 101, 20))
            axes.axhline(CHANCE, color=GREY, linewidth=0.8)
            axes.text(56, CHANCE + 1.5, "guessing", color=GREY, fontsize=8, ha="right", va="bottom")
        self.axes[0].set_ylabel("wrong answers (%)", fontsize=9)
        self.scale = DecadeScale(self.axes[2])
        self.arms = [Arm(self.axes, name, SHIFTS[name]) for name in ARMS]
        figure.legend(
            handles=[arm.medians[0] for arm in self.arms],
            loc="upper right",
            ncol=2,
            fontsize=8,
            frameon=False,
            bbox_to_anchor=(0.69, 0.995),
            handlelength=TWO_DASHES,
        )
        self.untrained = [add_untrained_note(axes) for axes in self.axes[:2]]
        self.moving = [
            *self.scale.moving,
            *self.untrained,
            *(artist for arm in self.arms for artist in arm.moving),
        ]

    def show(self, measurement):
        gradients = as_decades(measurement.gradients)
        self.scale.fit(gradients)
        for note in self.untrained:
            note.set_visible(not measurement.progress)
        errors = [
            100 * measurement.of_best(found)
            for found in (measurement.train_errors, measurement.test_errors)
        ]
        for number, arm in enumerate(self.arms):
            arm.show(
                np.array(measurement.depths),
                *(found[number] for found in (*errors, self.scale.place(gradients))),
            )


def _axes(figure, left, title):
    return add_axes(
        figure,
        (left, 0.13, 0.265, 0.68),
        title=title,
        xlabel="depth L (layers)",
        xlim=(0, 57),
        xticks=(2, 6, 14, 30, 54),
    )


class Arm:
    """A point per seed and a line through the medians, in each of the axes."""

    def __init__(self, all_axes, kind, shift):
        self.shift = shift
        self.points = [
            axes.plot([], [], **mark(kind), markersize=4, alpha=0.5)[0] for axes in all_axes
        ]
        self.medians = [
            axes.plot([], [], **line(kind), linewidth=2, label=f"{kind}, median of 3 seeds")[0]
            for axes in all_axes
        ]
        self.moving = [*self.points, *self.medians]

    def show(self, depths, *found):
        for points, median, values in zip(self.points, self.medians, found, strict=True):
            points.set_data(np.repeat(depths + self.shift, values.shape[1]), values.ravel())
            median.set_data(depths, np.median(values, 1))
