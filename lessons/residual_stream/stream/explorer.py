"""Lesson 7: a sentence comes into focus, branch by branch."""

from ...panel.controls import Choice, Slider
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...panel.training_explorer import TrainingExplorer
from ..stored import BRANCHES, trained_pair
from .experiment import TEXTS, StreamExperiment, checked, measure_stream
from .figure import StreamView

HALF = 0.5
TASKS = (
    Task(
        "Find the first branch after which half of the characters are right, with skips.",
        lambda m: first_half(m) == m.branch,
        "No branch says the sentence. Each adds a little to the stream, and most is added late.",
        {"branch": BRANCHES},
        {"branch": 5},
    ),
)


def first_half(measurement) -> int:
    """After which branch half of the characters are right for the first time; -1 if never."""
    enough = measurement.right[0] >= HALF * (len(measurement.text) - 1)
    return int(enough.argmax()) if enough.any() else -1


def _controls():
    return {
        "branch": Slider("after branch", 0, 0, BRANCHES, play=True),
        "text": Choice("text", TEXTS[0], TEXTS),
        "run": Slider("training run", 0, 0, 99),
    }


@starting_values(_controls)
def stream_explorer(**start) -> TrainingExplorer:
    """What the stream of a transformer says after each branch, with skips and without."""
    experiment = StreamExperiment()

    def stored(values):
        if values["run"] or experiment.has_trained(0):
            return None
        return measure_stream(trained_pair(), checked(values["text"]), values["branch"])

    return TrainingExplorer(
        "stream",
        StreamView,
        experiment.measure,
        _controls(),
        start=start,
        trained=stored,
        main={"branch": range(BRANCHES + 1), "text": TEXTS},
        tasks=TASKS,
    )
