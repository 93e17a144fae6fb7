"""Gradients of random networks at pairs of inputs, at every depth: what `correlation_depth` and
`effective_depth` share.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ..network.compiled_topology import compile_topology
from ..network.forward_sweep import PADDED, Initialisation, at_input, network_draws, padded, sweep
from ..network.network import normalise, statistics
from ..network.side_by_side import side_by_side
from ..network.topology import MAX_DEPTH, Topology

BATCH = 64  # 32 pairs
RANDOM = 90.0  # independent Gaussian inputs are this far apart


class Moments(NamedTuple):
    """Means over a batch at h_0 ... h_64, float32 (65,) each; g is the derivative of h_l along
    one direction at h_0.
    """

    squares: np.ndarray  # |g(x)|^2
    pairs: np.ndarray  # g(x) . g(x') over the 32 pairs
    all_pairs: np.ndarray  # g(x) . g(x') over all pairs of different examples
    # the part of the units of the next layer that is active at both inputs of a pair
    shared: np.ndarray


def moments_of_networks(
    seeds: Iterable[int], arms: Iterable[tuple], *setting
) -> list[list[Moments]]:
    """pair_moments(seed, *arm, *setting) for every arm and, within it, every seed."""
    seeds, arms = list(seeds), list(arms)
    found = iter(
        side_by_side(
            lambda call: pair_moments(*call, *setting),
            [(seed, *arm) for arm in arms for seed in seeds],
        )
    )
    return [list(islice(found, len(seeds))) for _ in arms]


@lru_cache(maxsize=512)
def pair_moments(
    seed: int,
    plain: bool,
    branch_scale: float,
    normalisation: str,
    angle: float,
    width: int,
    linear: bool = False,
) -> Moments:
    """Moments of network `seed`, 64 layers deep, on 64 inputs h_0 ~ N(0, I) in 32 pairs at `angle`
    degrees.

    The direction is the same for all inputs, the components of g are the outputs over which a
    correlation is taken. linear takes looks-linear weights and inputs (z, -z). No biases, He's
    variance.
    """
    inputs, direction = _batch(seed, angle, width, linear)
    compiled = _compiled(plain, branch_scale, width, normalisation)
    initialisation = Initialisation(looks_linear=np.bool_(linear))
    draws = network_draws(seed, padded(width)).parameters
    return Moments(*jax.device_get(_moments(draws, compiled, initialisation, inputs, direction)))


@lru_cache(maxsize=64)
def _batch(seed, angle, width, linear):
    rng = np.random.default_rng([seed, BATCH, width])
    one, other = rng.standard_normal((2, BATCH // 2, width), np.float32)
    other = np.cos(np.radians(angle)) * one + np.sin(np.radians(angle)) * other
    rows = np.stack([one, other], 1).reshape(BATCH, width)  # pairs follow each other
    rows = np.concatenate([rows, rng.standard_normal((1, width), np.float32)])
    if linear:
        half = width // 2
        rows = np.concatenate(
            [rows[:, :half], -rows[:, :half], np.zeros((BATCH + 1, width % 2))], 1
        )
    rows = np.pad(rows, ((0, 0), (0, padded(width) - width))).astype(np.float32)
    return rows[:BATCH], rows[BATCH]


@lru_cache(maxsize=64)
def _compiled(plain, branch_scale, width, normalisation):
    topology = Topology.plain(MAX_DEPTH) if plain else Topology.residual(MAX_DEPTH)
    return compile_topology(topology, width, branch_scale=branch_scale, normalisation=normalisation)


@jax.jit
def _moments(draws, compiled, initialisation, inputs, direction):
    width = compiled.widths[0]

    def observe(h, g):
        seen = (
            normalise(compiled.normalisation, h, width, *statistics(compiled.normalisation, h)) > 0
        )
        squares, total = (g * g).sum(), g.sum(0)
        between = ((total * total).sum() - squares) / (BATCH * (BATCH - 1))
        shared = (seen[::2] & seen[1::2]).sum() / (width * (BATCH // 2))
        return (
            squares / BATCH,
            (g[::2] * g[1::2]).sum() / (BATCH // 2),
            between,
            shared.astype(h.dtype),
        )

    tangent = jnp.broadcast_to(direction[None, :], inputs.shape)
    return sweep(draws, compiled, initialisation, at_input(inputs, tangent), observe)[1]


@lru_cache(maxsize=1)
def compile_pairs():
    """All padded widths, side by side, before the first picture: no control compiles anything
    afterwards.
    """
    side_by_side(lambda width: pair_moments(0, True, 1.0, "none", RANDOM, width), PADDED)
