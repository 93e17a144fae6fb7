"""Error against the number of blocks that read the same state, and the paths that are left."""

import numpy as np

from ...drawing.style import GREEN, GREY, KINDS, add_axes, add_untrained_note

FLOOR, CEILING = 0.003, 10
TASKS = (
    ("teacher that needs depth", KINDS["residual"]),
    (
        "teacher with 1 hidden layer",  # the same networks, so that no kind's look is left for them
        {"color": GREEN, "linestyle": (0, (4, 1.5, 1, 1.5)), "marker": "v"},
    ),
)
MOST_SEEDS = 5
NOTED = (1, 2, 4, 12)  # sizes of groups


class ParallelBlocksView:
    """Left the errors, a thin line per training set; right the paths, the same for every network
    of so many blocks.
    """

    size = (9.4, 3.8)

    def __init__(self, figure):
        ticks = dict(
            xlim=(0.6, 12.4),
            xticks=[1, 2, 3, 4, 6, 8, 10, 12],
            xlabel="group size G (blocks that read the same state)",
        )
        self.errors = add_axes(
            figure,
            (0.075, 0.13, 0.53, 0.76),
            title="The trained network, blocks in groups of G",
            yscale="log",
            ylim=(FLOOR, CEILING),
            ylabel="squared error on test examples",
            **ticks,
        )
        self.errors.axhline(1, color=GREY, linewidth=0.8)
        self.errors.text(
            0.01,
            1.12,
            "best constant answer",
            color=GREY,
            fontsize=8,
            transform=self.errors.get_yaxis_transform(),
        )
        self.tasks = [Task(self.errors, name, style) for name, style in TASKS]
        self.errors.legend(
            handles=[task.middle for task in self.tasks], fontsize=8, loc="lower right"
        )
        ticks["xlabel"] = "group size G"
        self.paths = add_axes(
            figure,
            (0.69, 0.13, 0.3, 0.76),
            title="Paths that are left",
            yscale="log",
            ylim=(6, 9000),
            **ticks,
        )
        self.left = self.paths.plot([], [], **KINDS["residual"], markersize=4, linewidth=1)[0]
        self.notes = [Note(self.paths, group) for group in NOTED]
        self.setting = self.errors.text(
            0.985, 0.94, "", transform=self.errors.transAxes, fontsize=8.5, ha="right"
        )
        self.untrained = add_untrained_note(self.errors)
        self.moving = [
            self.left,
            self.setting,
            self.untrained,
            *(note.text for note in self.notes),
            *(artist for task in self.tasks for artist in task.artists),
        ]

    def show(self, measurement):
        self.setting.set_text(
            f"{measurement.depth} hidden layers, or 1; {measurement.examples} examples"
        )
        self.untrained.set_visible(not measurement.step)
        self.left.set_data(measurement.groups, measurement.paths)
        for note in self.notes:
            note.show(measurement)
        for task, errors in zip(self.tasks, measurement.error, strict=True):
            task.show(measurement.groups, errors, measurement.step > 0)


class Note:
    """The number of paths that one size of group leaves, and how long they get."""

    def __init__(self, axes, group):
        self.group = group
        right = group == NOTED[-1]
        self.text = axes.text(
            group,
            1,
            "",
            fontsize=8,
            ha="right" if right else "left",
            va="top" if right else "bottom",
        )

    def show(self, measurement):
        paths, longest = measurement.paths[self.group - 1], measurement.longest[self.group - 1]
        self.text.set_text(
            f"{paths}, each 0 or 1 long\n"
            if longest == 1
            else f"  {paths}, up to {longest} blocks long"
        )
        self.text.set_y(paths * (0.85 if longest == 1 else 1))


class Task:
    """Mean over the training sets, and one thin line for each."""

    def __init__(self, axes, name, style):
        self.seeds = [
            axes.plot([], [], color=style["color"], linewidth=0.6, alpha=0.6)[0]
            for _ in range(MOST_SEEDS)
        ]
        self.middle = axes.plot([], [], **style, linewidth=1.8, markersize=5, label=name)[0]
        self.artists = [*self.seeds, self.middle]

    def show(self, groups, errors, trained):
        for artist in self.artists:
            artist.set_visible(trained)
        errors = np.clip(errors, FLOOR * 1.02, CEILING / 1.05)
        for line, one in zip(self.seeds, errors.T, strict=True):
            line.set_data(groups, one)
        self.middle.set_data(groups, errors.mean(1))
