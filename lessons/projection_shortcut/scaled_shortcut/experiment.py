"""A λ on every skip, up to 54 blocks deep, as in ResNet-110: what is left of a gradient.

One layer per block, 64 units, He weights in f_l: h_l = λ h_(l-1) + β f_l(h_(l-1)).
"""

import jax
import jax.numpy as jnp
import numpy as np

from ...errors import real_number, whole_number
from ...network.compiled_topology import WITHOUT_NORMS, compile_topology
from ...network.gradients import state_gradients
from ...network.network import draw, scale_draws
from ...network.topology import Skip, Topology
from .measurement import ScaledMeasurement

WIDTH, MOST_BLOCKS, INPUTS = 64, 54, 8
SCALE, LEAST, STEP = 0.9, 0.9, 0.01
BRANCH_SCALE = 0.1


def measure_scaled_shortcut(
    scale: float = SCALE,
    blocks: int = MOST_BLOCKS,
    branch_scale: float = BRANCH_SCALE,
    seed: int = 0,
) -> ScaledMeasurement:
    """Sends a gradient back through 1 ... 54 blocks whose skips carry λ times what they get.

    It is sent twice: through the network, and through the same one with β = 0, which has the skips
    alone. Raises LearnerError.
    """
    real_number("λ", scale, 0, 2)
    whole_number("blocks", blocks, 1, MOST_BLOCKS)
    skips = tuple(Skip(l, l + 1, "projection") for l in range(blocks))
    topology = Topology(blocks, skips)
    settings = dict(max_depth=MOST_BLOCKS, **WITHOUT_NORMS)
    networks = [
        compile_topology(topology, WIDTH, branch_scale=each, **settings)
        for each in (0.0, branch_scale)
    ]
    norms = np.asarray(_norms(np.uint32(seed), np.float32(scale), *networks), np.float64)
    # Row l is the gradient at h_l; on its way back it is at the output first.
    return ScaledMeasurement(blocks, round(scale, 6), round(branch_scale, 6), *norms[:, blocks::-1])


@jax.jit
def _norms(seed, scale, *networks):
    """Norms of the gradient at h_0, h_1, ... in each network, (networks, MOST_BLOCKS + 1)."""
    weight_key, input_key, readout_key = jax.random.split(jax.random.key(seed), 3)
    draws = draw(weight_key, width=WIDTH, max_depth=MOST_BLOCKS)
    W = jnp.broadcast_to(scale * jnp.eye(WIDTH), (MOST_BLOCKS, WIDTH, WIDTH))
    parameters = scale_draws(draws, networks[0].widths)._replace(projections=W)
    inputs = jax.random.normal(input_key, (INPUTS, WIDTH))
    readout = jax.random.normal(readout_key, (WIDTH,))
    readout = readout / jnp.linalg.norm(readout)
    found = [state_gradients(parameters, each, inputs, readout)[1] for each in networks]
    return jnp.sqrt((jnp.stack(found) ** 2).sum(3).mean(2))
