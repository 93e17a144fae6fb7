"""Lesson 4: counting paths, their mean length for a branch scale, and paths that do not make a
network robust.
"""

from collections.abc import Callable
from itertools import islice

import jax.numpy as jnp
import numpy as np

from ..network.topology import Skip, Topology
from ..teaching.exercise import (
    LARGEST,
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

# Layers 1 ... 5 with skips 0 -> 2, 1 -> 3 and 3 -> 5: two of them cross.
COUNTED = Topology(5, (Skip(0, 2), Skip(1, 3), Skip(3, 5)))
CASES = ((1, 1.0), (54, 1.0), (54, 54**-0.5), (10, 0.5), (7, 0.0), (20, 3.0))
BLOCKS, WIDTH = 4, 3
POINTS = ((1.0, -2.0, 3.0), (0.5, 4.0, -1.0), (-3.0, -1.0, 2.0))


@check
def check_count(counts):
    """Whether entry k of `counts` is the number of paths through k layers of COUNTED."""
    counts, expected = numbers("counts", counts), np.array(COUNTED.paths_by_length, float)
    shape("counts", counts, expected.shape)
    if close(counts, expected):
        return (
            f"{COUNTED.path_count} paths, two of them through a single layer. Crossing "
            "skips cannot both be taken."
        )
    wrong = int(np.flatnonzero(np.abs(counts - expected) > 1e-6)[0])
    if counts.sum() == 2 ** len(COUNTED.skips):
        raise NotYet(
            "you count 2^3 = 8 paths, but a path that takes 0 -> 2 is past h_1 and "
            "cannot take 1 -> 3."
        )
    raise NotYet(
        f"your number of paths through {wrong} layer{'s' * (wrong != 1)} is "
        f"{shown(counts[wrong])}. Walk them one by one."
    )


@check
def check_mean_length(mean_length: Callable):
    """Whether mean_length(n, beta) is n beta^2 / (1 + beta^2)."""
    function("mean_length", mean_length)
    for blocks, scale in CASES:
        where = f"for n = {blocks} and beta = {scale:.3g}"
        got = numbers(
            "the mean length",
            run(mean_length, blocks, scale, failure=f"{where}, mean_length raised"),
        )
        shape(f"{where}, the mean length", got, ())
        expected = blocks * scale**2 / (1 + scale**2)
        if not close(got, np.array(expected)):
            raise NotYet(
                f"{where} you give {shown(got)}, but the mean is "
                f"{shown(expected)}.{_hint(got, blocks, scale)}"
            )
    return (
        "n p with p = beta^2 / (1 + beta^2): half of the blocks for beta = 1, about "
        "one block for beta = 1 / sqrt(n)."
    )


def _hint(got, blocks, scale):
    if close(got, np.array(blocks * scale / (1 + scale))):
        return (
            " You weigh a path by its norm beta^k; squared norms add up when paths are orthogonal."
        )
    return ""


@check
def check_fragile(branches):
    """Whether four branches make a residual network whose answer no single deletion leaves as it
    is, at several x of size 3.

    The answer is the place of the largest entry of the output, as with the ten scores of the
    digits.
    """
    # One answer is F(x) = -2 x for each block: four blocks give x back, three give -x.
    branches = _branches(branches)
    for point in POINTS:
        x = jnp.asarray(point, jnp.float32)
        whole = _output(branches, x)
        before = _answer(whole, x, "")
        for gone in range(BLOCKS):
            left = _output(branches[:gone] + branches[gone + 1 :], x)
            if _answer(left, x, f" without block {gone + 1}") == before:
                raise NotYet(
                    f"without block {gone + 1} the output at x = {shown(x)} is {shown(left)} in "
                    f"place of {shown(whole)}, "
                    "and its largest entry is still number "
                    f"{before + 1}.{_hint_of_scale(whole, left)}"
                )
    return (
        f"2^{BLOCKS} = {2**BLOCKS} paths, and without any one block every answer is another one. "
        "Many paths do not make a network robust: it depends on what each block "
        "adds to what the skip carries."
    )


def _branches(branches):
    wanted = f"branches must be a list of {BLOCKS} functions"
    if is_stub(branches) or callable(branches):
        function("branches", branches)  # a stub is told from a wrong answer
        raise NotYet(f"{wanted}, got one function.")
    branches = run(
        lambda: list(islice(branches, LARGEST)), failure=f"{wanted}:"
    )  # some have no end
    if len(branches) != BLOCKS:
        raise NotYet(f"{wanted}, got {len(branches)}.")
    return [
        function(f"branch {number}", branch, is_answer=False)
        for number, branch in enumerate(branches, 1)
    ]


def _answer(output, x, where):
    """The place of the largest entry, or NotYet if two are as large to within rounding."""
    second, first = np.sort(output)[-2:]
    if first - second <= TOLERANCE * np.abs(output).max():
        raise NotYet(
            f"for x = {shown(x)} the output{where} is {shown(output)}: no entry is the "
            "largest, so there is no answer."
        )
    return int(output.argmax())


def _hint_of_scale(whole, left):
    cosine = whole @ left / (np.linalg.norm(whole) * np.linalg.norm(left))
    return (
        " Only the scale changed, and every answer is still the same."
        if cosine > 1 - TOLERANCE
        else ""
    )


def _output(branches, x):
    for branch in branches:
        added = numbers("F(x)", run(branch, x, failure=f"a branch raised for x = {shown(x)}:"))
        shape("F(x)", added, x.shape)
        x = x + jnp.asarray(added, x.dtype)
    return np.asarray(x, np.float64)
