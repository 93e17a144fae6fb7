"""Goals that a learner reaches by moving a panel."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Task:
    """A goal in words, where it begins, and how the panel knows that it is reached.

    `reached(measurement)` looks at what the panel measured. `setup` names the controls that do not
    stand where the panel has them by itself; setting a task up moves all of them, so that no state
    leaks from task to task. `solution` is a move from there that reaches the goal, whatever the
    seed: the tests make it.
    """

    goal: str
    reached: Callable[[Any], bool]
    explanation: str
    setup: Mapping = field(default_factory=dict)
    solution: Mapping = field(default_factory=dict)


class TaskCard:
    """The tasks of one panel: which one is on, and which are done. What is done stays done."""

    def __init__(self, tasks: Sequence[Task], defaults: Mapping):
        self.tasks, self._defaults = tuple(tasks), dict(defaults)
        self.number, self.done, self._begins = 0, [False] * len(self.tasks), False

    def go(self, number: int) -> dict:
        """Turns to a task, from 0 on, and returns the value of every control where it begins."""
        self.number = min(max(number, 0), len(self.tasks) - 1)
        return {**self._defaults, **self.tasks[self.number].setup}

    @contextmanager
    def beginning(self):
        """Where a panel or a task begins is no achievement: meanwhile nothing is marked."""
        self._begins = True
        try:
            yield
        finally:
            self._begins = False

    def look_at(self, measurement) -> None:
        """Marks the task that is on as done if its goal is reached."""
        if self.tasks and not self._begins and self.tasks[self.number].reached(measurement):
            self.done[self.number] = True

    def look(self) -> list[dict]:
        """The words of all tasks, as plain data for the page."""
        return [{"goal": task.goal, "explanation": task.explanation} for task in self.tasks]

    def frame(self) -> dict:
        """How far the learner is."""
        return {"number": self.number, "done": list(self.done)}
