"""Where the tasks of a panel begin, and which settings a page has to hold so that they work there.

A page has the main controls alone. A task that begins with another control elsewhere needs a family
of states of its own: all positions of the main controls, with the others as this task has them.
"""

from typing import NamedTuple

from ..panel.explorer import Explorer


class Place(NamedTuple):
    """The values of all controls where a task begins and where its solution leads to, and the
    picture that it begins with."""

    start: dict
    solved: dict
    picture: bytes


class Goal(NamedTuple):
    """A task as a page has it; `begins` is the number of a state, None where it needs a kernel."""

    goal: str
    explanation: str
    begins: int | None


def places(panel: Explorer) -> list[Place]:
    """A place for each task of the panel, which stands in the end as it did before."""
    if not panel.card.tasks:
        return []
    number, before = panel.card.number, panel.values
    with panel.card.beginning():
        found = [_place(panel, each) for each in range(len(panel.card.tasks))]
        panel.card.go(number)
        panel.set(**before)
    return found


def _place(panel, number):
    start = panel.set(**panel.card.go(number)).values
    picture = panel.picture.value
    return Place(start, panel.set(**panel.card.tasks[number].solution).values, picture)


def reached(panel: Explorer) -> tuple[int, ...]:
    """The numbers of the tasks whose goal the panel's measurement reaches."""
    tasks = enumerate(panel.card.tasks)
    return tuple(number for number, task in tasks if task.reached(panel.measurement))


def others(values: dict, main) -> dict:
    """The values of the controls that a page has not."""
    return {name: value for name, value in values.items() if name not in main}


def families(values: dict, found: list[Place], main) -> list[dict]:
    """Settings of the other controls, each once: as the panel has them, and as tasks begin."""
    settings = []
    for each in (values, *(place.start for place in found)):
        if others(each, main) not in settings:
            settings.append(others(each, main))
    return settings


def goals(
    panel: Explorer, found: list[Place], positions: dict, settings: list[dict], states: list
) -> list[Goal]:
    """The panel's tasks. One works on the page if it begins at one of the states and if one of that
    family reaches its goal; in a draft, which has no places, none does.
    """
    begins = [_begin(panel, place, positions, settings, states) for place in found]
    size = len(states) // len(settings)
    for number, start in enumerate(begins):
        family = [] if start is None else states[start - start % size :][:size]
        if not any(number in state.reached for state in family):
            begins[number] = None
    begins = begins or [None] * len(panel.card.tasks)
    return [
        Goal(task.goal, task.explanation, start)
        for task, start in zip(panel.card.tasks, begins, strict=True)
    ]


def _begin(panel, place, positions, settings, states):
    """The number of the state at which a task begins: the one that shows its picture, where a
    training run has several."""
    number = settings.index(others(place.start, positions))
    for name, values in positions.items():
        standing = [panel.controls[name].check(value) == place.start[name] for value in values]
        if True not in standing:
            return None
        number = number * len(values) + standing.index(True)
    stages = _stage_count(positions, settings, states)
    pictures = [state.picture for state in states[number * stages :][:stages]]
    stage = pictures.index(place.picture) if place.picture in pictures else 0
    return number * stages + stage


def _stage_count(positions, settings, states):
    points = len(settings)
    for values in positions.values():
        points *= len(values)
    return len(states) // points
