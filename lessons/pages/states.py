"""What a panel shows at every position of its main controls, computed by the panel itself."""

import itertools

import numpy as np

from ..panel.explorer import Explorer
from ..panel.training_explorer import TrainingExplorer
from .exhibit import Control, Exhibit, Spot, State, control_of, differing, label_of
from .task_places import families, goals, others, places, reached

MOST_STATES, MOST_STAGES = 30, 11  # of a panel that trains, over all positions and at each
TRAINED = "trained"  # the control that a page has in place of Train and Stop


class Exhibition:
    """Makes exhibits. Panels that agree in everything but where they start are computed once.

    A `draft` is enough to see that every control works: a control has no positions but where it
    starts and the end that is farther, and the first of a panel both ends unless the panel trains,
    for the states are as many as the product of all positions. A training run is stopped once its
    picture has changed, or left out where all of its ends are stored, and all tasks need a kernel.
    That counts pictures, not seconds: it is the same on every machine.
    """

    def __init__(self, draft: bool = False):
        self._draft, self._made = draft, {}

    def exhibit(self, panel: Explorer, trained: bool = False) -> Exhibit:
        """The panel at every position of its main controls, the other controls where they are,
        and where its tasks have them.

        A panel that trains is shown at several stages of one run at each of these positions, at its
        end if `trained`.
        """
        main, begins = _main(panel), [] if self._draft else places(panel)
        positions = {
            name: self._positions(panel, name, values, begins) for name, values in main.items()
        }
        settings = families(panel.values, begins, positions)
        key = repr((panel._dom_classes, positions, settings))
        if key not in self._made:
            self._made[key] = self._states(panel, positions, settings)
        states, stages = self._made[key]
        controls = [control_of(panel, name, values) for name, values in positions.items()]
        if len(stages) > 1:
            at_end = trained or getattr(
                panel, "is_beforehand", False
            )  # as the panel opens in a notebook
            controls.append(Control(TRAINED, stages, len(stages) - 1 if at_end else 0, False))
        return Exhibit(
            controls,
            states,
            [label_of(panel.controls[name]) for name in others(panel.values, positions)],
            [differing(panel, each, settings[0]) for each in settings],
            goals(panel, begins, positions, settings, states),
            (panel.picture.look["width"], panel.picture.look["height"]),
        )

    def _positions(self, panel, name, values, begins):
        values = _with(panel, name, list(values), panel.values[name])
        for place in begins:
            for value in (place.start[name], place.solved[name]):
                values = _with(panel, name, values, value) if _is_plain(value) else values
        return self._drafted(panel, name, values) if self._draft else values

    def _drafted(self, panel, name, values):
        """Where it starts and the farther end; of the first control both, if none takes a run."""
        reached = [panel.controls[name].check(value) for value in values]
        start, last = reached.index(panel.values[name]), len(values) - 1
        kept = {start, 0 if 2 * start > last else last}
        if not isinstance(panel, TrainingExplorer) and name == next(iter(panel.main)):
            kept |= {0, last}
        return [values[place] for place in sorted(kept)]

    def _states(self, panel, positions, settings):
        """The states, and what the stages of the training are called."""
        start, points = panel.values, list(itertools.product(*positions.values()))
        moves = [
            (start | family, dict(zip(positions, point, strict=True)))
            for family, point in itertools.product(settings, points)
        ]
        with panel.card.beginning():  # whatever is reached meanwhile, no learner reached it
            runs = (self._draft and _stored(panel, moves)) or [
                _run(_move(panel, *move), self._draft) for move in moves
            ]
            panel.set(**start)
        if not set.intersection(
            *map(set, runs)
        ):  # a draft of a panel that remembers what it learned
            runs = [{0.0: run[max(run)]} for run in runs]
        stages = _spread(_stages(runs), min(MOST_STAGES, max(2, MOST_STATES // len(points))))
        return [run[stage] for run in runs for stage in stages], [
            f"{_percent(stage)} %" for stage in stages
        ]


def _main(panel):
    # A run at each position of a slider takes long: only where the panel asks for it.
    return {} if isinstance(panel, TrainingExplorer) and not panel._main else panel.main


def _stored(panel, moves) -> list[dict[float, State]]:
    """What it shows before training, and of what was trained beforehand; nothing unless that is
    stored for all of the moves.
    """
    runs = []
    for move in moves:
        if not getattr(_move(panel, *move), "is_beforehand", False):
            return []
        end = _state(panel)
        runs.append({0.0: _state(panel.untrained()), 1.0: end})
    return runs


def _run(panel, draft) -> dict[float, State]:
    """What the panel shows, by the part of the training that is done; a panel that does not
    train shows one state.
    """
    if not isinstance(panel, TrainingExplorer):
        return {0.0: _state(panel)}
    first = _state(panel.untrained())
    states = {panel.progress.value: first}

    def keep(change):
        states[change["new"]] = _state(panel)
        is_new = panel.picture.value != first.picture and _percent(change["new"]) > 0
        if draft and is_new:
            panel.stop()

    if panel.progress.value:  # it remembers the networks of another position, which serve here too
        return states
    panel.progress.observe(keep, "value")
    panel.train()
    panel.progress.unobserve(keep, "value")
    return states


def _stages(runs):
    """Those parts of the training that all runs show, both ends and those at which the picture
    of one of them is new.
    """
    shared = sorted(set.intersection(*map(set, runs)))
    by_percent = {_percent(stage): stage for stage in reversed(shared)}  # 0 % is untrained
    by_percent[_percent(shared[-1])] = shared[-1]
    common = sorted(by_percent.values())
    new = [
        now
        for last, now in itertools.pairwise(common)
        if any(run[now].picture != run[last].picture for run in runs)
    ]
    return sorted({common[0], *new, common[-1]})


def _percent(stage):
    return round(100 * stage)


def _spread(items, most):
    """At most so many of the items, both ends and what lies evenly between them."""
    return [items[k] for k in np.unique(np.linspace(0, len(items) - 1, most).round().astype(int))]


def _state(panel):
    if panel.failed:
        raise RuntimeError(panel.message)
    return State(panel.picture.value, panel.text, reached(panel), _spots(panel))


def _spots(panel):
    """The regions whose control the page has. It has no toggles for single edges."""
    names = list(_main(panel))
    return tuple(
        Spot(names.index(region["control"]), tuple(region["box"]), region["name"])
        for region in panel.picture.frame["regions"]
        if region["control"] in names and region["edge"] is None
    )


def _move(panel, start, point):
    panel.set(**start | point)
    if (
        panel.message
    ):  # another control does not fit: let it follow, as it does under a learner's hand
        panel.set(**start).set(**point)
    return panel


def _with(panel, name, values, wanted):
    """The positions of a control and, if it is not among them, one more."""
    control = panel.controls[name]
    if any(control.check(value) == wanted for value in values):
        return values
    return sorted([*values, wanted]) if isinstance(wanted, int | float) else [wanted, *values]


def _is_plain(value):
    return isinstance(value, bool | int | float | str)
