"""n residual blocks that make a sawtooth of 2^n pieces, against the best that one hidden layer
of M w units can do.
"""

from functools import cache, lru_cache

import jax
import numpy as np

from ...errors import one_of, whole_number
from ...network.compiled_topology import WITHOUT_NORMS, compile_topology
from ...network.network import Parameters, propagate
from ...network.topology import Topology
from .measurement import SawtoothMeasurement
from .tent_map import best_fit, wrong

MOST_BLOCKS, MOST_MEMBERS, MOST_UNITS = 8, 16, 16
WIDTHS = tuple(2**n for n in range(9))  # of one hidden layer, 1 ... 256
KINKS = ("on the first teeth", "evenly spaced", "at random")
_propagate = jax.jit(propagate)


def measure_sawtooth(
    blocks: int = 4, members: int = 4, units: int = 2, kinks: str = KINKS[0]
) -> SawtoothMeasurement:
    """The sawtooth of 1 ... 8 blocks, and the line of M w kinks with the least squared error.

    1 ... 16 members of 1 ... 16 units each; `kinks` says where theirs lie. The line may have any
    slope at 0, which a network would need one more unit for. Raises NetworkError.
    """
    whole_number("blocks", blocks, 1, MOST_BLOCKS)
    total = whole_number("members", members, 1, MOST_MEMBERS) * whole_number(
        "units", units, 1, MOST_UNITS
    )
    one_of("kinks", kinks, KINKS)
    pieces = 2**blocks
    knots, fit, squared_error = _fit(blocks, total, kinks)
    points = np.interp(np.arange(pieces) / pieces, knots, fit)
    depths = np.arange(1, MOST_BLOCKS + 1)
    return SawtoothMeasurement(
        blocks=blocks,
        members=members,
        units=units,
        kinks=kinks,
        deep=deep_sawtooth(blocks),
        knots=knots,
        fit=fit,
        points=points,
        wrong=wrong(points),
        squared_error=squared_error,
        widths=np.array(WIDTHS),
        wrong_by_width=np.array([_part_wrong(blocks, width, kinks) for width in WIDTHS]),
        depths=depths,
        wrong_by_depth=np.array([_part_wrong(int(n), total, kinks) for n in depths]),
    )


@lru_cache(maxsize=MOST_BLOCKS)
def deep_sawtooth(blocks: int) -> np.ndarray:
    """The network's output at 0, 1 / 2^n ... 1: the numbers are dyadic, so that float32 has no
    rounding error.
    """
    x = np.arange(2**MOST_BLOCKS + 1, dtype=np.float32) / 2**MOST_BLOCKS
    skips = Topology.residual(2 * blocks, span=2).skips
    topology = Topology(2 * blocks, skips, (1, *(2, 1) * blocks))
    compiled = compile_topology(topology, 2, max_depth=2 * MOST_BLOCKS, **WITHOUT_NORMS)
    states = _propagate(tent_parameters(), compiled, np.stack([x, np.zeros_like(x)], 1))
    return np.asarray(states)[2 * blocks, :: 2 ** (MOST_BLOCKS - blocks), 0]


def tent_parameters() -> Parameters:
    """Blocks of two layers, all alike: x to (x, x - 1/2), then to relu(x) - 4 relu(x - 1/2). x
    is never negative.
    """
    weights, biases = (
        np.zeros((2 * MOST_BLOCKS, 2, 2), np.float32),
        np.zeros((2 * MOST_BLOCKS, 2), np.float32),
    )
    weights[0::2, 0] = [1, 1]
    biases[0::2] = [0, -0.5]
    weights[1::2, :, 0] = [1, -4]
    return Parameters(weights, biases, np.zeros((1, 2, 2), np.float32))


def place_kinks(pieces: int, units: int, kinks: str) -> np.ndarray:
    """Where the kinks of one hidden layer lie, `units` of them in (0, 1)."""
    if kinks == KINKS[0]:
        return np.arange(1, min(units, pieces - 1) + 1) / pieces  # more would have nothing to do
    if kinks == KINKS[1]:
        return np.arange(1, units + 1) / (units + 1)
    return np.random.default_rng(0).random(max(WIDTHS))[:units]


@cache  # 8 * 256 * 3 settings at most
def _fit(blocks, units, kinks):
    return best_fit(place_kinks(2**blocks, units, kinks), 2**blocks)


@cache
def _part_wrong(blocks, units, kinks):
    knots, fit, _ = _fit(blocks, units, kinks)
    return wrong(np.interp(np.arange(2**blocks) / 2**blocks, knots, fit)).mean()
