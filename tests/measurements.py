"""What every view is asked to draw: its panel's measurements as the panel opens, half-way and at
the upper ends of its controls.

What only training fills is drawn at random instead: a view draws what it is given, and no two
arms, seeds or points are then alike.
"""

import importlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from lessons.ensemble_of_paths.lesion.measurement import KINDS, LesionTables
from lessons.panel.controls import Slider
from lessons.panel.training_explorer import TrainingExplorer
from lessons.projection_shortcut.repeated_projection.measurement import RepeatedMeasurement
from tests.panels import explorers, panel_of, settings, undrawn

POINTS = 5  # of a curve of training


def view_of(explorer: str) -> type:
    """The class that draws what this explorer measures: the one view of its folder's figure.py."""
    module = importlib.import_module(
        explorers()[explorer].__module__.replace(".explorer", ".figure")
    )
    (view,) = (
        thing
        for name, thing in vars(module).items()
        if name.endswith("View") and thing.__module__ == module.__name__
    )
    return view


@lru_cache
def measurements(explorer: str) -> tuple:
    """Three, of different settings and trained if the panel trains; then also one from before."""
    if explorer == "repeated_projection_explorer":
        return tuple(_repeated(seed, blocks) for seed, blocks in enumerate((54, 20, 1)))
    panel = panel_of(explorer)
    with undrawn():
        found = _measured(panel)
    panel_of(explorer)  # as it opens, with its picture
    if explorer not in FILLED:
        assert not isinstance(panel, TrainingExplorer) or explorer in COMPLETE
        return tuple(found)
    fill = FILLED[explorer]
    return *(fill(m, np.random.default_rng(seed)) for seed, m in enumerate(found)), found[0]


def _measured(panel):
    """The panel's measurements as it opens, half-way and at the upper ends."""
    if isinstance(panel, TrainingExplorer):
        panel.untrained()
    found = [panel.measurement]
    settings(panel, 0.5, {})
    found.append(panel.measurement)
    settings(panel, 1, {})
    for name, control in panel.controls.items():
        if hasattr(control, "options") and not isinstance(control, Slider):
            panel.set(**{name: control.options[-1]})  # one that is refused moves nothing
    found.append(panel.measurement)
    return found


def _identity(m, rng):
    shape = *m.errors.shape[:3], POINTS
    step = np.linspace(0, m.steps, POINTS).astype(int)
    return replace(m, step=step, errors=rng.lognormal(-3, 2, shape))


def _degradation(m, rng):
    errors = rng.uniform(size=(2, *m.train_errors.shape))
    return replace(m, train_errors=errors[0], test_errors=errors[1], progress=1.0)


def _options(m, rng):
    return replace(
        m,
        losses=rng.lognormal(-1, 1, m.losses.shape),
        errors=rng.uniform(0.02, 0.9, m.errors.shape),
    )


def _bias_variance(m, rng):
    arms, _, rates, seeds = m.error.shape
    found = {
        name: rng.lognormal(-2, 0.5, (arms, POINTS, rates, seeds))
        for name in ("error", "wrong", "validation")
    }
    return replace(
        m,
        stops=np.linspace(0, m.steps, POINTS).astype(int),
        **found,
        member_error=found["error"] * rng.uniform(1.1, 2, found["error"].shape),
        mean_error=found["error"].mean(-1) * rng.uniform(0.5, 0.9, (arms, POINTS, rates)),
    )


def _parallel_blocks(m, rng):
    return replace(m, step=m.steps, error=rng.lognormal(-2, 1, m.error.shape))


def _lesion(m, rng):
    kinds, choices = len(KINDS), 9
    return replace(
        m,
        step=m.steps,
        intact=rng.uniform(size=kinds),
        chosen=rng.uniform(size=kinds),
        gone=(2, 5),
        tables=LesionTables(
            rng.uniform(size=(kinds, m.blocks)),
            rng.uniform(size=(kinds, m.blocks, choices)),
            rng.uniform(size=(kinds, len(m.taus), choices)),
        ),
    )


def _stream(m, rng):
    return replace(m, step=m.steps, chances=rng.uniform(size=m.chances.shape))


def _short_paths(m, rng):
    step = np.linspace(0, m.steps, POINTS).astype(int)
    return replace(m, step=step, errors=rng.uniform(size=(*m.errors.shape[:2], POINTS)))


def _repeated(seed, blocks):
    """Not the panel's own, whose first measurement trains."""
    rng, learned = np.random.default_rng(seed), seed == 2
    norms = rng.lognormal(0, 1, (3, blocks + 1))
    kind = ("λI", "Gaussian", "learned, from I")[seed]
    values = np.sort(rng.lognormal(0, 1, 64))[::-1]
    correlation = rng.uniform(-0.4, 1, blocks + 1)
    predicted = None if learned else norms[2]
    return RepeatedMeasurement(
        kind=kind,
        blocks=blocks,
        scale=0.5,
        branch_scale=0.2,
        learned=learned,
        product_values=values,
        gradient_norm=norms[0],
        direct_norm=norms[1],
        predicted_norm=predicted,
        correlation=correlation,
    )


FILLED: dict[str, Callable] = {
    "identity_explorer": _identity,
    "degradation_explorer": _degradation,
    "shortcut_options_explorer": _options,
    "bias_variance_explorer": _bias_variance,
    "parallel_blocks_explorer": _parallel_blocks,
    "lesion_explorer": _lesion,
    "short_paths_explorer": _short_paths,
    "stream_explorer": _stream,
}
COMPLETE = {"path_length_explorer"}  # trains, and has all of its curves before
