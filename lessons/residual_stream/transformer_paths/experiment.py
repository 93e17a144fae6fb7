"""The instruments, turned on a transformer. A line takes seconds: measured once, and stored."""

from collections.abc import Iterable
from typing import Any

import jax
import jax.numpy as jnp

from ...errors import NetworkError, one_of, whole_number
from ...instruments import path_lengths, shares
from ...network.arrays import Array
from ..branches.blocks import branches_of
from ..branches.page import lines
from ..stored import initial, trained_transformers
from ..training import surprise_of
from ..transformer import Parameters, embed
from .measurement import StoredPaths, TransformerPathsMeasurement, shown

# What each network is, by its name on the panel.
NETWORKS = {
    "after training": lambda: trained_transformers()[0],
    "before training, with β = 1/√n": lambda: initial().networks[0],
    "before training, with β = 1": lambda: initial().networks[1],
}
LINES = 4  # the first of the page
PROBES = 128  # choices of signs of the branches


def measure_transformer_paths(
    records: Iterable[tuple[dict, Any]],
    network: str = "after training",
    line: int = 1,
) -> TransformerPathsMeasurement:
    """What is stored of one of NETWORKS at a line of the page, 1 ... 4. Raises LearnerError."""
    one_of("network", network, tuple(NETWORKS))
    whole_number("line", line, 1, LINES)
    for setup, record in records:
        if setup == {"network": network, "line": line}:
            return shown(record, network, line)
    raise NetworkError(
        "Nothing is stored. Run python -m reproduce.trained_panels transformer_paths."
    )


def measure_now(parameters: Parameters, text: Array, probes: int = PROBES) -> StoredPaths:
    """By the instruments: at one text, places + 1 characters, the gradient of its surprise."""
    parameters = jax.tree.map(jnp.asarray, parameters)
    blocks, (first, gradient) = branches_of(parameters), _ends(parameters, text)
    found = path_lengths(blocks, first, gradient, probes=probes)
    return StoredPaths(
        found.vectors,
        found.squares,
        found.signal,
        found.squares_error,
        found.quadrature_error,
        shares(blocks, first, gradient).gradient_depth,
    )


@jax.jit
def _ends(parameters, text):
    """The first stream, and the gradient of the surprise at the last one."""
    first = last = embed(parameters, text[:-1])
    for block in branches_of(parameters):
        last = last + block(last)
    return first, jax.grad(lambda last: surprise_of(parameters, last, text))(last)


def records() -> Iterable[tuple[dict, StoredPaths]]:
    """All that the panel shows: what `reproduce.trained_panels` stores."""
    for name, network in NETWORKS.items():
        for line in range(1, LINES + 1):
            yield {"network": name, "line": line}, measure_now(network(), lines()[line - 1])
