"""A face on a plane of inputs, after every layer of a plain network and of one with skips."""

from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from ...errors import real_number, whole_number
from ...network.compiled_topology import WITHOUT_NORMS, compile_topology
from ...network.network import draw, propagate, scale_draws
from ...network.topology import Topology
from .measurement import FaceMeasurement
from .strokes import FACE, MESH

WIDTH, LAYERS = 64, 12
BRANCH_SCALE, STEP, MOST = 0.3, 0.1, 1.0  # 1 / sqrt(12) is 0.29
SEED = 1  # what it keeps is the mean of many; with seed 0 it is among the lowest of a hundred
LINES = (*FACE, *MESH)
ENDS = np.cumsum([len(line) for line in LINES])[:-1]
POINTS = np.concatenate(LINES)


def measure_face(
    layer: int = 0, branch_scale: float = BRANCH_SCALE, seed: int = SEED
) -> FaceMeasurement:
    """Sends a face on a random plane in R^64 through two networks with the same He weights.

    One has no skips, the other a skip over every layer; what is shown is the state after `layer` 0
    ... 12 layers. Raises LearnerError.
    """
    whole_number("layer", layer, 0, LAYERS)
    real_number("branch scale", branch_scale, 0, MOST)
    branch_scale = round(branch_scale, 6)  # 0.1 + 0.2 would be said with all its digits
    states, kept = _all_layers(branch_scale, seed)
    plain, residual = (np.split(state[layer], ENDS) for state in states)
    faces = tuple(plain[: len(FACE)]), tuple(residual[: len(FACE)])
    meshes = tuple(plain[len(FACE) :]), tuple(residual[len(FACE) :])
    return FaceMeasurement(layer, branch_scale, *faces, *meshes, *map(float, kept[:, layer]))


@lru_cache(maxsize=16)
def _all_layers(branch_scale, seed):
    """One pass makes all layers, so that a move along them costs nothing but the drawing."""
    scales = branch_scale, branch_scale + STEP
    networks = (
        _compiled(Topology.plain(LAYERS)),
        *(_compiled(Topology.residual(LAYERS), scale) for scale in scales),
    )
    plane, _ = np.linalg.qr(_normal_pair(np.uint32(seed)))
    return jax.device_get(_states(np.uint32(seed), plane, networks))


def _compiled(topology, branch_scale=1.0):
    settings = dict(max_depth=LAYERS, branch_scale=branch_scale)
    return compile_topology(topology, WIDTH, **settings, **WITHOUT_NORMS)


@jax.jit
def _normal_pair(seed):
    """Two vectors that NumPy makes orthonormal: for JAX's QR the kernel would load scipy.linalg, a
    sixth of a second and 15 MB before the first picture of the course.
    """
    return jax.random.normal(_keys(seed)[0], (WIDTH, 2))


def _keys(seed):
    """One for the plane, one for the networks."""
    return jax.random.split(jax.random.key(seed))


@jax.jit
def _states(seed, plane, networks):
    """Coordinates on the plane of the first two, (2, layers + 1, points, 2), and what each keeps
    of the input, (networks, layers + 1).
    """
    draws = draw(_keys(seed)[1], width=WIDTH, max_depth=LAYERS)
    parameters = scale_draws(draws, networks[0].widths)
    inputs = jnp.asarray(POINTS, plane.dtype) @ plane.T
    states = jnp.stack([propagate(parameters, each, inputs) for each in networks])
    lengths = jnp.sqrt((states**2).sum((2, 3)) * (inputs**2).sum())
    return states[:2] @ plane, (states * inputs[None, None]).sum((2, 3)) / lengths
