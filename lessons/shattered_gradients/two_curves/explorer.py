"""Lesson 5: the plain curve breaks with depth; the residual one stays a curve."""

from ...network.topology import MAX_DEPTH
from ...panel.controls import Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...teaching.symbols import label
from .experiment import measure_two_curves
from .figure import TwoCurvesView

HALF_BROKEN = (0.3, 0.7)
ENOUGH = 0.5
TASKS = (
    Task(
        "At which depth is the plain curve half broken: neighbours between 0.3 and 0.7?",
        lambda m: HALF_BROKEN[0] <= m.agreement[0] <= HALF_BROKEN[1],
        "It breaks between 8 and 16 layers: small differences need some layers to grow.",
        {"depth": 1},
        {"depth": 10},
    ),
    Task(
        "24 layers, skips over 8 layers each: bring the residual neighbours up to 0.5.",
        lambda m: m.depth == 24 and m.agreement[1] >= ENOUGH,
        "Under a long skip lies a plain stack, and what that has shattered, no skip repairs.",
        {"depth": 24, "span": 8},
        {"span": 1},
    ),
)


def _controls():
    return {
        "depth": Slider(label("L"), 24, 1, MAX_DEPTH, play=True),
        "span": Slider(label("m"), 1, 1, 8),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 1.0, 0.05),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def two_curves_explorer(**start) -> Explorer:
    """The gradient over the input, of a plain and of a residual network, at every depth."""
    main = {"depth": (1, 4, 8, 10, 12, 16, 24, 64), "span": (1, 2, 4, 8)}
    return Explorer(
        "two_curves",
        TwoCurvesView,
        measure_two_curves,
        _controls(),
        start=start,
        main=main,
        tasks=TASKS,
    )
