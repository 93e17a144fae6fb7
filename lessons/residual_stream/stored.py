"""The two transformers that lesson 7 looks at: one with skips, one without, trained alike.

They are kept in half precision beside this file, 0.7 MB; `python -m reproduce.trained_panels
residual_stream` makes them.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import jax
import numpy as np

from ..errors import whole_number
from .training import train_transformers
from .transformer import Design, Parameters, design, draw

LAYERS = 5
BRANCHES = 2 * LAYERS
STEPS, RATE, CHUNK = 600, 0.006, 10
KINDS = ("residual", "plain")
FILE = Path(__file__).with_name("trained.npz")
DESIGNS: tuple[Design, ...] = (design(LAYERS), design(LAYERS, skip=False))


class Pair(NamedTuple):
    """Both networks, in the order of KINDS, after `step` steps."""

    step: int
    networks: tuple[Parameters, ...]


def initial(seed: int = 0) -> Pair:
    """Both before training, with the same draws. Where there are skips, what writes to the stream
    begins smaller by the root of the number of branches, β = 1 / sqrt(n) of lessons 1 to 4.
    """
    whole_number("seed", seed, 0, 2**31 - 1)
    drawn = draw(jax.random.key(seed), LAYERS)
    less = np.float32(BRANCHES**-0.5)
    return Pair(0, (drawn._replace(back=drawn.back * less, outer=drawn.outer * less), drawn))


def training(seed: int = 0) -> Iterator[Pair]:
    """Both while they learn side by side: the same batches, rate and steps (`STEPS`)."""
    runs = [
        train_transformers(
            jax.tree.map(lambda p: p[None], network),
            arm,
            rates=[RATE],
            steps=STEPS,
            seed=seed,
            chunk=CHUNK,
        )
        for network, arm in zip(initial(seed).networks, DESIGNS, strict=True)
    ]
    for together in zip(*runs, strict=True):
        only = [jax.tree.map(lambda p: p[0, 0], run.parameters) for run in together]
        yield Pair(together[0].step, tuple(only))


def store(pair: Pair, path: Path = FILE) -> None:
    """Writes both in half precision: what is shown has two digits."""
    residual, plain = (
        np.concatenate([np.ravel(part) for part in network]).astype(np.float16)
        for network in pair.networks
    )
    np.savez_compressed(path, residual=residual, plain=plain)


@lru_cache(maxsize=1)
def trained_pair(path: Path = FILE) -> Pair:
    """What was trained beforehand, with seed 0."""
    with np.load(path, allow_pickle=False) as file:
        return Pair(STEPS, tuple(_parameters(file[kind]) for kind in KINDS))


def _parameters(numbers):
    shapes = jax.eval_shape(lambda key: draw(key, LAYERS), jax.random.key(0))
    ends = np.cumsum([part.size for part in shapes])[:-1]
    parts = np.split(numbers.astype(np.float32), ends)
    return Parameters(*(part.reshape(like.shape) for part, like in zip(parts, shapes, strict=True)))


def trained_transformers() -> tuple[Parameters, ...]:
    """The networks of `trained_pair`: with skips and without, in the order of KINDS."""
    return trained_pair().networks
