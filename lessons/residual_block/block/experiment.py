"""A plane of inputs through a plain network, and through the same weights with skips."""

import jax
import jax.numpy as jnp
import numpy as np

from ...errors import one_of
from ...network.compiled_topology import WITHOUT_NORMS, compile_topology
from ...network.network import draw, propagate, scale_draws
from ...network.topology import Skip, Topology
from .measurement import BlockMeasurement

WIDTH = 64
MAX_DEPTH = 32
PLACEMENTS = ("one skip", "all skips")
SIDE = np.linspace(-1, 1, 13)
GRID = np.stack(np.meshgrid(SIDE, SIDE, indexing="ij"), -1)  # (13, 13, 2)


def measure_block(
    depth: int = 2,
    start: int = 0,
    span: int = 2,
    placement: str = "one skip",
    skips: bool = True,
    branch_scale: float = 1.0,
    seed: int = 0,
) -> BlockMeasurement:
    """Sends a square grid on a random plane in R^64 through two networks with the same He weights.

    The skips run from h_start over `span` layers: one, or all that follow one behind the other.
    Raises LearnerError for a depth beyond 32 and for skips that do not fit.
    """
    topology = _topology(depth, start, span, placement) if skips else Topology.plain(depth)
    settings = dict(max_depth=MAX_DEPTH, **WITHOUT_NORMS)
    residual = compile_topology(topology, WIDTH, branch_scale=branch_scale, **settings)
    plain = compile_topology(Topology.plain(depth), WIDTH, **settings)
    images, distances = jax.device_get(_images(seed, plain, residual))
    plain_image, residual_image = images.reshape(2, *GRID.shape)
    plain_distance, residual_distance = map(float, distances)
    return BlockMeasurement(
        topology=topology,
        branch_scale=branch_scale,
        grid=GRID,
        plain=plain_image,
        residual=residual_image,
        plain_distance=plain_distance,
        residual_distance=residual_distance,
    )


def _topology(depth, start, span, placement):
    if one_of("placement", placement, PLACEMENTS):
        return Topology.residual(depth, span, start)
    return Topology(depth, (Skip(start, start + span),))


@jax.jit
def _images(seed, plain, residual):
    """Coordinates of both outputs on the plane, (2, points, 2), and their distances from the
    input, (2,).
    """
    plane_key, network_key = jax.random.split(jax.random.key(seed))
    plane, _ = jnp.linalg.qr(jax.random.normal(plane_key, (WIDTH, 2)))
    parameters = scale_draws(draw(network_key, width=WIDTH, max_depth=MAX_DEPTH), plain.widths)
    inputs = jnp.asarray(GRID.reshape(-1, 2), plane.dtype) @ plane.T
    outputs = jnp.stack(
        [propagate(parameters, compiled, inputs)[compiled.depth] for compiled in (plain, residual)]
    )
    distances = ((outputs - inputs[None]) ** 2).sum((1, 2)) / (inputs**2).sum()
    return outputs @ plane, distances
