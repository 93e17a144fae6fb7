"""Lesson 5: the correlation of neighbours, the ingredient that shatters, a network with one kink,
the law from the quarter of shared units, and a branch scale that keeps gradients alike.
"""

from collections.abc import Callable

import numpy as np

from ..errors import LearnerError
from ..teaching.exercise import (
    STUB,
    NotYet,
    check,
    close,
    function,
    is_stub,
    numbers,
    quoted,
    run,
    shape,
    shown,
)
from .autocorrelation import autocorrelation, brown_noise, white_noise
from .gradient_curve.experiment import measure_gradient_curve
from .investigation.experiment import FAILING, INGREDIENTS
from .theory import corrected_batch_norm_law
from .two_curves.experiment import measure_two_curves
from .two_curves.measurement import agreed

QUARTERS = ((1, 0.25), (3, 0.25), (10, 0.25), (2, 0.5), (4, 0.4), (5, 0.0))
DEPTH, LEAST = 50, 0.5
TOO_SMALL = 0.8  # of the largest branch scale that does it
LARGEST_SCALE = 1e6  # the law is computed for; beyond, its powers overflow
SHATTERED = 0.3


@check
def check_agreement(agreement: Callable):
    """Whether agreement(curve) is the correlation of neighbours: the mean product of neighbours
    over the mean square.

    A curve is an array of gradients, (points,), made-up ones here and those of two networks.
    """
    function("agreement", agreement)
    rng = np.random.default_rng(5)
    made_up = white_noise(rng, 200), brown_noise(rng, 300), np.full(7, 2.0), np.arange(-3.0, 9.0)
    networks = measure_two_curves().curves
    for curve in (*made_up, *networks):
        value = run(agreement, curve.copy(), failure="agreement(curve) raised")
        found, expected = numbers("the correlation", value), autocorrelation(curve, 1)[1]
        shape("agreement(curve)", found, ())
        if not close(found, expected, scale=1):
            raise NotYet(
                f"for a curve of {len(curve)} points you give {shown(found)}, and it should be "
                f"{shown(expected)}: the mean of the products over the mean of the squares."
            )
    plain, residual = (agreed(float(agreement(curve))) for curve in networks)
    return f"it gives {plain} for the plain network of 24 layers and {residual} with skips."


@check
def check_correlation(correlation: Callable):
    """Whether correlation(depth, shared) is the gradient correlation of a plain network of that
    depth.

    Every layer multiplies a gradient by the units that are active, half of them at each input;
    `shared` of all units are active at both inputs.
    """
    # E g g' keeps the part `shared`, E g^2 the part 1/2: each layer multiplies the correlation by 2
    # shared.
    function("correlation", correlation)
    for depth, shared in QUARTERS:
        value = run(correlation, depth, shared, failure=f"correlation({depth}, {shared}) raised")
        got, expected = numbers("the correlation", value), np.float64((2 * shared) ** depth)
        shape(f"correlation({depth}, {shared})", got, ())
        if not close(got, expected, scale=max(expected, 1e-6)):
            raise NotYet(
                f"for depth {depth} and shared = {shared} you give "
                f"{shown(got)}.{_hint(depth, shared, got)}"
            )
    return (
        "with a quarter shared it is 1/2 per layer. Only the shared units count: "
        "the weights have cancelled."
    )


def _hint(depth, shared, got):
    if close(got, np.float64(shared**depth), scale=max(shared**depth, 1e-6)):
        return (
            " That is the covariance: divide it by the variance, of which half survives each layer."
        )
    return " What does one layer do to the covariance of two gradients, and what to their variance?"


@check
def check_branch_scale(beta):
    """Whether beta keeps the correlation at 0.5 or more at 50 layers with batch norm, and is not
    much smaller than needed.
    """
    beta = numbers("beta", beta)
    shape("beta", beta, ())
    if beta <= 0:
        raise NotYet(
            f"beta must be greater than 0, got {shown(beta)}: "
            "with 0 the branches do nothing at all."
        )
    scale = min(float(beta), LARGEST_SCALE)
    found = corrected_batch_norm_law(DEPTH, scale)[-1]
    if found < LEAST:
        raise NotYet(
            f"with beta = {shown(beta)} the correlation at {DEPTH} layers is "
            f"{found:.2f}, below {LEAST}."
        )
    if corrected_batch_norm_law(DEPTH, scale / TOO_SMALL)[-1] >= LEAST:
        raise NotYet(
            f"beta = {shown(beta)} gives {found:.2f}, which is enough; "
            "a larger one would do, too. How large?"
        )
    return f"with beta = {shown(beta)} the correlation at {DEPTH} layers is {found:.2f}."


@check
def check_one_kink(settings: dict):
    """Whether a panel with these settings shows a deep plain network whose gradient jumps once,
    at x = 0.
    """
    if is_stub(settings):
        raise NotYet(STUB)
    if not isinstance(settings, dict):
        raise NotYet(
            f"settings must be a dict such as {{'bias': 0.5, 'depth': 24}}, "
            f"got {type(settings).__name__}."
        )
    measurement = run(_measured, settings, failure="the panel cannot be set so:")
    if measurement.depth < 10:
        raise NotYet(
            f"take a deep network, 10 layers or more, got {measurement.depth}: a shallow "
            "one is too easy."
        )
    kinks = measurement.kinks[1]
    if kinks != 1:
        raise NotYet(f"dy/dx of the plain network changes {kinks} times over the 256 inputs.")
    return (
        f"dy/dx of the plain network of {measurement.depth} layers changes once, at "
        "x = 0. Without biases and without centring "
        "relu(x u) = |x| relu(u sign x): for x > 0 every state is x times a "
        "constant vector, and so it is for x < 0."
    )


def _measured(settings):
    try:
        return measure_gradient_curve(**settings)
    except LearnerError as error:
        raise NotYet(f"the panel cannot be set so: {error}") from None


@check
def check_ingredient(ingredient: str):
    """Which single change of FAILING shatters the plain network's gradient: measured, for five
    networks.
    """
    if is_stub(ingredient):
        raise NotYet(STUB)
    if not isinstance(ingredient, str):
        raise NotYet(
            'the ingredient must be one word in quotes, such as "depth", got '
            f"{type(ingredient).__name__}."
        )
    if ingredient not in INGREDIENTS:
        raise NotYet(
            f"the ingredient must be one of {', '.join(INGREDIENTS)}, got {quoted(ingredient)}."
        )
    found = measure_gradient_curve(**{**FAILING, **INGREDIENTS[ingredient]}, networks=5).neighbours[
        1
    ]
    if found > SHATTERED:
        raise NotYet(
            "with that change the correlation at neighbouring inputs is still "
            f"{found:.1f} (mean of 5 networks)."
        )
    return (
        "that change alone brings the correlation at neighbouring inputs down to "
        f"{agreed(float(found))} (mean of 5 networks)."
    )
