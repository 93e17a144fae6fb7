"""Lesson 1: what F(x) + x does that F(x) does not."""

from ...panel.controls import Choice, Slider, Switch
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...panel.tasks import Task
from ...teaching.symbols import label
from .experiment import MAX_DEPTH, PLACEMENTS, measure_block
from .figure import BlockView

# squared distance from the input that a task allows; 2 is that of an output that has nothing to do
# with it
NEAR = 0.5
ALL = {"span": 1, "placement": "all skips"}
TASKS = (
    Task(
        f"12 layers: find a β, not 0, that keeps the output within {NEAR:g} of the input.",
        lambda m: (
            len(m.topology.skips) == 12 and m.branch_scale > 0 and m.residual_distance <= NEAR
        ),
        "Every layer still adds something of its own; what came in is still most of what goes out.",
        {**ALL, "depth": 12},
        {"branch_scale": 0.15},
    ),
    Task(
        f"β = 0.5: find a depth at which the output stays within {NEAR:g} of the input.",
        lambda m: (
            len(m.topology.skips) == m.topology.depth
            and m.branch_scale == 0.5
            and m.residual_distance <= NEAR
        ),
        "What each layer adds piles up: the deeper the network, the smaller β has to be.",
        {**ALL, "depth": 8, "branch_scale": 0.5},
        {"depth": 1},
    ),
)


def _controls():
    return {
        "depth": Slider(label("L"), 2, 1, MAX_DEPTH, play=True),
        "span": Slider(label("m"), 2, 1, 2),
        "start": Slider(label("i"), 0, 0, 0),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 2.0, 0.05),
        "placement": Choice("placement", PLACEMENTS[0], PLACEMENTS),
        "seed": Slider("seed", 0, 0, 99),
        "skips": Switch("skips on", True),
    }


@starting_values(_controls)
def block_explorer(**start) -> Explorer:
    """A network with skips, drawn, and what it does to a plane of inputs."""
    main = {"depth": (1, 2, 3, 4, 6, 8, 12, 16, 24, 32), "branch_scale": (0, 0.25, 0.5, 1, 1.5, 2)}
    return Explorer("block", BlockView, measure_block, _controls(), _follow, start, main, TASKS)


def _follow(values):
    # A skip must fit into the network: its ends follow when the network becomes shallower.
    span = min(values["span"], values["depth"])
    return {"span": (1, values["depth"]), "start": (0, values["depth"] - span)}
