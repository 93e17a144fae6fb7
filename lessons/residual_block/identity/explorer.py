"""Lesson 1: is the identity hard to learn?"""

from ...panel.controls import Choice, Slider, Switch
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...panel.trained import Trained
from ...panel.training_explorer import TrainingExplorer
from ...teaching.symbols import label
from .experiment import ARMS, DEEPEST, TARGETS, WIDEST, measure_identity
from .figure import IdentityView
from .measurement import LEARNED, IdentityMeasurement

TASKS = (
    Task(
        "Find a depth of at least 2 at which the plain network learns y = x, too: set it, train.",
        lambda m: (
            m.target == "identity"
            and m.depth >= 2
            and m.progress == 1
            and m.medians[m.arms.index("plain"), -1] < LEARNED["identity"]
        ),
        "Two plain layers have no trouble with it. The trouble comes with depth, "
        "and with skips it does not come.",
        {},
        {"depth": 2},
    ),
)


def _controls():
    return {
        "depth": Slider(label("L"), 8, 1, DEEPEST),
        "width": Slider(label("d"), 32, 16, WIDEST, 2),
        "steps": Slider("training steps", 300, 50, 1000, 50),
        "target": Choice("target", "identity", tuple(TARGETS)),
        "seed": Slider("seed", 0, 0, 99),
        "rigged": Switch("rigged start too", False),
    }


@starting_values(_controls)
def identity_explorer(**start) -> TrainingExplorer:
    """Plain and residual networks that learn y = x, live."""
    main = {"depth": (1, 2, 4, 8)}
    return TrainingExplorer(
        "identity",
        IdentityView,
        _measure,
        _controls(),
        start=start,
        trained=Trained(__file__, IdentityMeasurement),
        main=main,
        tasks=TASKS,
    )


def _measure(rigged, **values):
    return measure_identity(**values, arms=ARMS if rigged else ARMS[:3])
