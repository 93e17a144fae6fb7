"""A trained transformer reads a page, with branches deleted and exchanged."""

from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ...errors import whole_number
from ...network.arrays import Array, Float
from ..stored import BRANCHES, trained_transformers
from ..text import decode
from ..transformer import Parameters, read
from .blocks import damaged, lesion
from .measurement import BranchesMeasurement
from .page import LINES, lines


class Worth(NamedTuple):
    """Surprise at the page, which no control changes."""

    whole: float
    plain: float
    single: Float[np.ndarray, " branches"]
    neighbours: Float[np.ndarray, " branches-1"]


def measure_branches(
    deleted: int = 0, exchanged: int = 0, also_deleted: int = 0, line: int = 1
) -> BranchesMeasurement:
    """The stored transformer of ten branches without some of them, from 1, and with branch
    `exchanged` (1 ... 9) and the next in each other's places; 0 for none. `line` of the page, 1 ...
    12, is what is shown of its text. Raises LearnerError.
    """
    gone = {
        whole_number("branch deleted", deleted, 0, BRANCHES),
        whole_number("branch deleted too", also_deleted, 0, BRANCHES),
    }
    whole_number("branch exchanged", exchanged, 0, BRANCHES - 1)
    whole_number("line", line, 1, LINES)
    chosen = tuple(sorted(gone - {0}))
    chances, guesses = looked_at(chosen, exchanged)
    worth = every_worth()
    return BranchesMeasurement(
        deleted=chosen,
        exchanged=exchanged,
        surprise=float(-np.log(chances).mean()),
        **worth._asdict(),
        line=decode(lines()[line - 1]),
        chances=chances[line - 1],
        guesses=decode(guesses[line - 1]),
    )


@lru_cache(maxsize=32)
def looked_at(deleted: tuple[int, ...], exchanged: int):
    """p of the characters that come, and the likeliest, (lines, places) each."""
    with_skips, _ = trained_transformers()
    found = _reads(with_skips, np.float32(1), *lesion(BRANCHES, deleted, exchanged), lines())
    chances, guesses = jax.device_get(found)
    return chances.astype(np.float64), guesses


@lru_cache(maxsize=1)
def every_worth() -> Worth:
    """Of the whole network, without each branch and with each exchanged with the next; and of the
    whole network without skips.
    """
    with_skips, without = trained_transformers()
    lesions = [lesion(BRANCHES)]
    lesions += [lesion(BRANCHES, (branch,)) for branch in range(1, BRANCHES + 1)]
    lesions += [lesion(BRANCHES, (), branch) for branch in range(1, BRANCHES)]
    orders, kept = map(np.stack, zip(*lesions, strict=True))
    page, one = lines(), np.float32(1)
    found = np.asarray(_surprises(with_skips, one, orders, kept, page), np.float64)
    plain = _surprises(without, 0 * one, orders[:1], kept[:1], page)
    return Worth(found[0], float(plain[0]), found[1 : 1 + BRANCHES], found[1 + BRANCHES :])


@jax.jit
def _reads(parameters: Parameters, skip, order, kept, text):
    scores = read(parameters, damaged(parameters, skip, order, kept, text[:, :-1]))
    chances = jax.nn.softmax(scores)
    coming = jnp.take_along_axis(chances, text[:, 1:, None], axis=2)[..., 0]
    return coming, chances.argmax(-1)


@jax.jit
def _surprises(parameters: Parameters, skip, orders, kept, text) -> Float[Array, " lesions"]:
    def after(lesion):
        return -jnp.log(_reads(parameters, skip, *lesion, text)[0]).mean()

    return lax.map(after, (orders, kept))
