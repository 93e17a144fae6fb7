"""Lesson 3: the growth of a residual network, a branch scale that holds at any depth, and four
skips that suffice.
"""

from collections.abc import Callable
from itertools import islice
from math import e

from ..errors import LearnerError
from ..network.topology import Skip, Topology
from ..teaching.exercise import (
    LARGEST,
    STUB,
    TOLERANCE,
    NotYet,
    check,
    close,
    function,
    is_stub,
    numbers,
    run,
    shape,
    shown,
)
from .theory import mean_squares, residual_growth

BETA = 0.5
DEPTHS = (1, 2, 3, 8, 32, 64, 1000, 10**6)
LEAST = 1.5
DEPTH, MOST_SKIPS, VARIANCE, FACTOR = 32, 4, 1.0, 10.0


@check
def check_growth(growth):
    """Whether `growth` is the factor of the mean squared signal per block of x + 0.5 W relu(x)
    with He weights.
    """
    got, expected = numbers("growth", growth), residual_growth(BETA)
    shape("growth", got, ())
    if close(got, numbers("", expected)):
        return (
            f"1 + β² = {expected} per layer, which makes {expected**24:.0f} over 24 layers. Set "
            f"β = {BETA} in the second panel and compare."
        )
    hints = {
        1 + BETA: " The branch and x are uncorrelated, so their squares add: what does β "
        "become when it is squared?",
        expected**0.5: " That is the growth of the norm. What is its square?",
        2.0: " That is the growth for β = 1.",
        BETA**2: " That is what the branch adds. What does the skip carry?",
    }
    hint = next((said for wrong, said in hints.items() if close(got, numbers("", wrong))), "")
    raise NotYet(f"{shown(got)} is not the growth per block.{hint}")


@check
def check_scale(branch_scale: Callable):
    """Whether (1 + branch_scale(L)^2)^L, the growth over L blocks, stays from 1.5 to e at every
    depth tried.
    """
    function("branch_scale", branch_scale)
    for depth in DEPTHS:
        scale = numbers(
            f"branch_scale({depth})",
            run(branch_scale, depth, failure=f"branch_scale({depth}) raised"),
        )
        shape(f"branch_scale({depth})", scale, ())
        growth = residual_growth(float(scale)) ** depth if abs(scale) < 2 else float("inf")
        where = (
            f"at L = {depth} your β is {shown(scale)}, and the squared signal grows by "
            f"{shown(growth)}"
        )
        if growth > e * (1 + TOLERANCE):
            raise NotYet(f"{where}. It must be at most e = 2.718.")
        if growth < LEAST * (1 - TOLERANCE):
            raise NotYet(f"{where}. It must be at least {LEAST}, or the branches do nothing.")
    return (
        f"the squared signal grows by {LEAST} to e at all {len(DEPTHS)} depths "
        f"tried, from {DEPTHS[0]} to {DEPTHS[-1]}, and so does the gradient."
    )


@check
def check_placement(skips):
    """Whether at most 4 skips keep the squared gradient at h_1 within a factor 10 of that at
    h_32; weight variance 1.
    """
    if is_stub(skips):
        raise NotYet(STUB)
    topology = run(_topology, skips, failure="skips must be a list of pairs (start, stop):")
    if len(topology.skips) > MOST_SKIPS:
        raise NotYet(f"you may use at most {MOST_SKIPS} skips, yours are {len(topology.skips)}.")
    found = mean_squares(topology, weight_variance=VARIANCE).gradient
    if not 1 / FACTOR <= found[1] <= FACTOR:
        where = "less than a tenth" if found[1] < 1 else "more than ten times"
        raise NotYet(
            f"the squared gradient at h_1 is {shown(found[1])} of that at h_{DEPTH}, "
            f"{where}.{_hint(topology, found)}"
        )
    return (
        f"the squared gradient at h_1 is {shown(found[1])} of that at h_{DEPTH}. "
        f"Somewhere else it is {shown(found.min())}: no {MOST_SKIPS} skips serve all layers."
    )


def _topology(skips) -> Topology:
    try:
        # islice, for some have no end
        return Topology(DEPTH, tuple(map(_skip, islice(skips, LARGEST))))
    except LearnerError as error:
        raise NotYet(str(error)) from None


def _skip(ends) -> Skip:
    return ends if isinstance(ends, Skip) else Skip(*islice(ends, 10))


def _hint(topology, found):
    if 1 / FACTOR <= found[0] <= FACTOR and all(skip.start != 1 for skip in topology.skips):
        return (
            " The input h_0 gets enough. Which skips does the gradient at h_1, which "
            "trains layer 1, go through?"
        )
    return ""
