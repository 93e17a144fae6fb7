"""Shows a reader, at this moment, that the compiled engine and the lines of `reference` agree."""

import jax.numpy as jnp
import numpy as np
from jax import jit, random

from ..errors import one_of, whole_number
from . import reference
from .compiled_topology import WITHOUT_NORMS, compile_topology
from .gradients import state_gradients
from .network import Parameters, draw, scale_draws
from .path_sums import path_sums
from .topology import Skip, Topology

WIDTH, BLOCKS = 16, 8
BRANCH_SCALE = 0.5
TOLERANCE = 1e-4  # float32 keeps seven digits, and some are lost on the way through eight blocks
QUANTITIES = ("states", "gradients", "path sums")
SHORTCUTS = {"none": reference.Plain, "identity": reference.Residual}


def agreement(quantity: str = "states", shortcut: str = "identity", seed: int = 0) -> str:
    """Computes one network twice, compiled in float32 and line by line in float64, and says in a
    sentence whether the results agree to rounding.

    quantity is "states", "gradients" (of a random readout at every state) or "path sums" (the
    gradient at the input by path length); shortcut is "none", "identity" or "projection". Raises
    NetworkError.
    """
    one_of("quantity", quantity, QUANTITIES)
    one_of("shortcut", shortcut, (*SHORTCUTS, "projection"))
    seed = whole_number("seed", seed, 0, 2**31 - 1)
    compiled, read = both(shortcut, seed)
    difference = relative_difference(compiled[quantity], read[quantity])
    about = f"{quantity} of {BLOCKS} blocks of width {WIDTH}"
    if difference < TOLERANCE:
        return (
            f"The compiled network and the lines above agree: the {about} differ by less than "
            f"{TOLERANCE:g} of the largest number."
        )
    return (
        f"This is a bug in the lesson: the {about} differ by {difference:.2g} of the largest "
        "number."
    )


def both(shortcut: str, seed: int) -> tuple[dict, dict]:
    """The same network compiled and as `reference` has it: two dicts from QUANTITIES to arrays."""
    topology, parameters, x, readout = random_network(shortcut, seed)
    return compiled_results(topology, parameters, x, readout), read_results(
        shortcut, parameters, x, readout
    )


def random_network(shortcut: str, seed: int):
    """A topology with a skip over every layer or none, parameters, one input and one readout."""
    skips = () if shortcut == "none" else tuple(Skip(l, l + 1, shortcut) for l in range(BLOCKS))
    return Topology(BLOCKS, skips), *_drawn(random.key(seed))


@jit
def _drawn(key):
    key, input_key, readout_key = random.split(key, 3)
    draws = draw(key, width=WIDTH, max_depth=BLOCKS, projection_count=BLOCKS)
    parameters = scale_draws(draws, jnp.full(BLOCKS + 1, WIDTH), bias_variance=0.1)
    x, readout = random.normal(input_key, (WIDTH,)), random.normal(readout_key, (WIDTH,))
    return parameters, x, readout


def compiled_results(topology: Topology, parameters: Parameters, x, readout) -> dict:
    """What the engine computes."""
    settings = dict(branch_scale=BRANCH_SCALE, **WITHOUT_NORMS)
    compiled = compile_topology(topology, WIDTH, max_depth=BLOCKS, **settings)
    states, gradients = state_gradients(parameters, compiled, x[None], readout)
    sums = path_sums(parameters, compiled, states, jnp.int32(0), readout[None])
    found = states[:, 0], gradients[:, 0], sums.vectors[:, 0]
    return dict(zip(QUANTITIES, found, strict=True))


def read_results(shortcut: str, parameters: Parameters, x, readout) -> dict:
    """What the lines of `reference` compute."""
    weights, biases, projections = (np.asarray(part, np.float64) for part in parameters)
    beta = 1.0 if shortcut == "none" else BRANCH_SCALE
    layers = [reference.Layer(beta * W.T, beta * b) for W, b in zip(weights, biases, strict=True)]
    if shortcut == "projection":
        pairs = zip(layers, projections, strict=True)
        blocks = [reference.Projected(F, W.T) for F, W in pairs]
    else:
        blocks = [SHORTCUTS[shortcut](F) for F in layers]
    states = reference.forward(blocks, np.asarray(x, np.float64))
    readout = np.asarray(readout, np.float64)
    found = (
        np.stack(states),
        np.stack(reference.backward(blocks, states, readout)),
        reference.path_sums(blocks, states, readout),
    )
    return dict(zip(QUANTITIES, found, strict=True))


def relative_difference(found, expected) -> float:
    """The largest difference, as a part of the largest expected number."""
    return float(np.abs(np.asarray(found) - expected).max() / np.abs(expected).max())
