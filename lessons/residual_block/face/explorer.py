"""Lesson 1: a face after every layer, replaced and added."""

from ...panel.controls import Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...teaching.symbols import label
from .experiment import BRANCH_SCALE, LAYERS, MOST, SEED, STEP, measure_face
from .figure import FaceView

LOST, HALF = 0.2, 0.5  # cosines
TASKS = (
    Task(
        "Lose the right face too: after 12 layers, less than 0.20 of the input.",
        lambda m: m.layer == LAYERS and m.residual_kept < LOST,
        "A skip alone keeps nothing: when every layer adds at full strength, "
        "what they have added drowns what came in.",
        {},
        {"layer": LAYERS, "branch_scale": 1.0},
    ),
    Task(
        "After 12 layers: find the largest β that keeps half of the input.",
        lambda m: m.layer == LAYERS and m.residual_kept >= HALF > m.next_kept,
        "Every layer still adds something of its own, and half of what came in reaches the end.",
        {"layer": LAYERS, "branch_scale": 1.0},
        {"branch_scale": BRANCH_SCALE},
    ),
)


def _controls():
    return {
        "layer": Slider(label("l"), 0, 0, LAYERS, play=True),
        "branch_scale": Slider(label("β"), BRANCH_SCALE, 0.0, MOST, STEP),
        "seed": Slider("seed", SEED, 0, 99),
    }


@starting_values(_controls)
def face_explorer(**start) -> Explorer:
    """A face that passes 12 layers with random weights, without skips and with them."""
    main = {
        "layer": (0, 1, 2, 3, 4, 6, 8, 10, LAYERS),
        "branch_scale": (0.0, 0.1, 0.2, BRANCH_SCALE, 0.4, 0.5, 0.7, MOST),
    }
    return Explorer(
        "face", FaceView, measure_face, _controls(), start=start, main=main, tasks=TASKS
    )
