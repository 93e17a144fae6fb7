"""Networks with one number as their input: dy/dx at 256 values of x, as deep as has been asked
for.
"""

import threading
from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ...network.compiled_topology import compile_topology
from ...network.forward_sweep import (
    PADDED,
    Initialisation,
    at_input,
    input_gradient,
    network_draws,
    padded,
    sweep,
)
from ...network.network import normalise, statistics
from ...network.side_by_side import side_by_side
from ...network.topology import MAX_DEPTH, Topology

POINTS, SHALLOW = 256, 1
GRID = (np.arange(POINTS) + 0.5 - POINTS / 2) / (
    POINTS / 2
)  # within -1 ... 1; none at 0, where relu has no derivative


class Network(NamedTuple):
    """A network of 64 layers whose first ones are looked at: h_0 = x e + b_0, y = v . h_L, x
    between -reach and reach.
    """

    seed: int
    topology: Topology
    branch_scale: float
    width: int
    normalisation: str
    weight_variance: float
    bias: float  # standard deviation
    reach: float


def slopes(network: Network, depth: int) -> tuple[np.ndarray, float]:
    """dy/dx after 1 layer and after `depth`, (2, 256), and the median angle between neighbouring
    inputs there, in degrees.
    """
    return _pass_through(network).at(depth)


@lru_cache(maxsize=256)
def slopes_of_the_sum(network: Network, depth: int) -> np.ndarray:
    """d sum_j y(x_j) / dx after `depth` layers, (256,): an input moves the others through mean
    and variance of the batch.
    """
    return jax.device_get(_slopes_of_the_sum(*_prepared(network, depth, constant_statistics=False)))


class _Pass:
    """What has been seen of one network: a greater depth computes only the layers that are new."""

    def __init__(self, network):
        self._network, self._lock = network, threading.Lock()
        self._layers, self._front = 0, None
        self._slopes, self._angles = (
            np.zeros((MAX_DEPTH + 1, POINTS), np.float32),
            np.zeros(MAX_DEPTH + 1),
        )

    def at(self, depth):
        with self._lock:
            if depth > self._layers:
                self._go_on(depth)
            return self._slopes[[SHALLOW, depth]], self._angles[depth]

    def _go_on(self, depth):
        *network, inputs, tangent, readout = _prepared(
            self._network, depth, constant_statistics=True
        )
        # on JAX's side from the start: arrays of NumPy's would be another kind of call to it
        front = self._front or jax.device_put(at_input(inputs, tangent))
        self._front, seen = _slopes(*network, front, readout)
        new, (found, angles) = slice(self._layers + 1, depth + 1), jax.device_get(seen)
        self._slopes[new], self._angles[new] = found[new], np.degrees(np.median(angles[new], 1))
        self._layers = depth


# 20 networks, plain and residual; each keeps 0.5 MB, or 1 MB at width 200
_pass_through = lru_cache(maxsize=40)(_Pass)


def _prepared(network, depth, constant_statistics):
    """The draws, the network as arrays, h_0 and its derivative, both (256, padded width), and
    the readout.
    """
    compiled = _compiled(*network[1:5], constant_statistics)._replace(depth=np.int32(depth))
    initialisation = Initialisation(
        np.float32(network.weight_variance), np.float32(network.bias**2)
    )
    draws = network_draws(network.seed, padded(network.width), depth)
    return draws.parameters, compiled, initialisation, *_ends(network, draws)


def _ends(network, draws):
    encoder, shift, readout = (
        np.where(np.arange(len(end)) < network.width, end, 0) for end in draws[1:]
    )
    x = (np.float32(network.reach) * GRID.astype(np.float32)).astype(np.float64)
    inputs = x[:, None] * encoder + np.float32(network.bias) * shift
    return (
        inputs.astype(np.float32),
        np.broadcast_to(encoder, inputs.shape),
        readout * np.float32(network.width**-0.5),
    )


@lru_cache(maxsize=64)
def _compiled(topology, branch_scale, width, normalisation, constant_statistics):
    return compile_topology(
        topology,
        width,
        branch_scale=branch_scale,
        normalisation=normalisation,
        constant_statistics=constant_statistics,
    )


@jax.jit
def _slopes(draws, compiled, initialisation, front, readout):
    def observe(h, derivative):
        seen = normalise(
            compiled.normalisation, h, compiled.widths[0], *statistics(compiled.normalisation, h)
        )
        return derivative @ readout, neighbour_angles(seen)

    return sweep(draws, compiled, initialisation, front, observe)


def neighbour_angles(h):
    """Angles in radians between rows that follow each other; by the chord, since a cosine near 1
    has few digits left.
    """
    lengths = jnp.sqrt((h * h).sum(1, keepdims=True))
    directions = h / jnp.maximum(lengths, jnp.finfo(h.dtype).tiny)
    chord = jnp.sqrt(((directions[1:] - directions[:-1]) ** 2).sum(1))
    return 2 * jnp.arcsin(jnp.clip(chord / 2, 0, 1))


@jax.jit
def _slopes_of_the_sum(draws, compiled, initialisation, inputs, tangent, readout):
    cotangent = jnp.broadcast_to(readout[None, :], inputs.shape)
    return (input_gradient(draws, compiled, initialisation, inputs, cotangent) * tangent).sum(1)


@lru_cache(maxsize=1)
def compile_slopes():
    """All padded widths, side by side, before the first picture: no control compiles anything
    afterwards.
    """
    network = Network(0, Topology.plain(MAX_DEPTH), 1.0, 0, "none", 2.0, 0.0, 1.0)
    calls = [
        (find, network._replace(width=width))
        for find in (slopes_of_the_sum, slopes)
        for width in PADDED
    ]
    side_by_side(lambda find, network: find(network, 1), *zip(*calls, strict=True))
