"""Lesson 3: how signal and gradient grow with depth."""

from ...network.compiled_topology import ACTIVATIONS
from ...network.topology import MAX_DEPTH
from ...panel.controls import Choice, Slider
from ...panel.explorer import Explorer
from ...panel.keywords import starting_values
from ...teaching.symbols import label
from .experiment import NORMS, QUANTITIES, RELUS, SCALINGS, measure_gradient_norm
from .figure import GradientNormView


def _controls():
    return {
        "depth": Slider(label("L"), 24, 1, MAX_DEPTH),
        "weight_variance": Slider(label("σ_w²"), 2.0, 0.5, 4.0, 0.1),
        "branch_scale": Slider(label("β"), 1.0, 0.0, 2.0, 0.05),
        "scaling": Choice(f"{label('β')} is", SCALINGS[0], SCALINGS),
        "norm": Choice("normalisation", "none", tuple(NORMS)),
        "activation": Choice("activation", ACTIVATIONS[0], ACTIVATIONS),
        "span": Slider(label("m"), 1, 1, 24),
        "first": Slider(label("i"), 0, 0, 23),
        "relu": Choice("ReLU", RELUS[0], RELUS),
        "quantity": Choice("show", "gradient", QUANTITIES),
        "seed": Slider("seed", 0, 0, 99),
    }


@starting_values(_controls)
def gradient_norm_explorer(**start) -> Explorer:
    """Squared gradient or signal at every layer of 16 plain networks and of the same weights with
    skips.
    """
    main = {"weight_variance": (1, 1.5, 2, 3, 4), "branch_scale": (0, 0.2, 0.5, 1, 2)}
    return Explorer(
        "gradient_norm", GradientNormView, measure_gradient_norm, _controls(), _follow, start, main
    )


def _follow(values):
    # A skip must fit into the network: its ends follow when the network becomes shallower.
    span = min(values["span"], values["depth"])
    return {"span": (1, values["depth"]), "first": (0, values["depth"] - span)}
