"""The gradient before training and the errors after it, each against depth."""

import numpy as np

from ...drawing.log_scale import DecadeScale, as_decades
from ...drawing.style import GREY, add_axes, add_untrained_note, line, mark
from ..gradient_norm.figure import TWO_DASHES
from .measurement import ARMS

SHIFTS = {"plain": -0.35, "residual": 0.35}  # so that points of both can be told apart
CHANCE = 90


class DegradationView:
    """Left the gradient before training, right the errors after it: those on the test examples
    are pale."""

    size = (9.4, 3.5)

    def __init__(self, figure):
        before = _axes(
            figure, 0.06, "Before training: squared gradient at\nlayer 1 / that at the output"
        )
        after = _axes(figure, 0.555, "After training: errors (%)\npale: on test examples")
        after.set(ylim=(-3, 100), yticks=range(0, 101, 20))
        after.axhline(CHANCE, color=GREY, linewidth=0.8)
        after.text(56, CHANCE + 1.5, "guessing", color=GREY, fontsize=8, ha="right", va="bottom")
        self.scale = DecadeScale(before)
        self.arms = [Arm(before, after, name, SHIFTS[name]) for name in ARMS]
        figure.legend(
            handles=[arm.trained.median for arm in self.arms],
            loc="upper right",
            ncol=1,
            fontsize=8.5,
            frameon=False,
            bbox_to_anchor=(1.0, 1.0),
            handlelength=TWO_DASHES,
        )
        self.untrained = add_untrained_note(after)
        artists = [artist for arm in self.arms for artist in arm.moving]
        self.moving = [*self.scale.moving, self.untrained, *artists]

    def show(self, measurement):
        gradients = as_decades(measurement.gradients)
        self.scale.fit(gradients)
        self.untrained.set_visible(not measurement.progress)
        train, test = (
            100 * measurement.of_best(found)
            for found in (measurement.train_errors, measurement.test_errors)
        )
        found = self.scale.place(gradients), train, test
        for arm, *its_own in zip(self.arms, *found, strict=True):
            arm.show(np.array(measurement.depths), *its_own)


def _axes(figure, left, title):
    return add_axes(
        figure,
        (left, 0.135, 0.435, 0.7),
        title=title,
        xlabel="depth L (layers)",
        xlim=(0, 57),
        xticks=(2, 6, 14, 30, 54),
    )


class Seeds:
    """A point per seed and a line through the medians."""

    def __init__(self, axes, kind, shift):
        self.shift = shift
        self.points = axes.plot([], [], **mark(kind), markersize=4, alpha=0.5)[0]
        self.median = axes.plot(
            [], [], **line(kind), linewidth=2, label=f"{kind}, median of 3 seeds"
        )[0]
        self.moving = [self.points, self.median]

    def show(self, depths, values):
        self.points.set_data(np.repeat(depths + self.shift, values.shape[1]), values.ravel())
        self.median.set_data(depths, np.median(values, 1))


class Arm:
    """One kind of network in both axes, and its pale line for the test examples."""

    def __init__(self, before, after, kind, shift):
        self.test = after.plot([], [], **line(kind), linewidth=1.2, alpha=0.5)[0]
        self.untrained, self.trained = (Seeds(axes, kind, shift) for axes in (before, after))
        self.moving = [self.test, *self.untrained.moving, *self.trained.moving]

    def show(self, depths, gradients, train, test):
        self.untrained.show(depths, gradients)
        self.trained.show(depths, train)
        self.test.set_data(depths, np.median(test, 1))
