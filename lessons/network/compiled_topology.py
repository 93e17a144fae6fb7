"""A topology as arrays: all that a learner changes, in the form that a compiled function reads.

Every array has the same shape whatever the topology, so no depth, width or placement compiles
anything.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ..errors import one_of, real_number, whole_number
from .arrays import Array, Bool, Float, Int
from .normalisations import index_of
from .topology import MAX_DEPTH, MAX_WIDTH, Topology

ACTIVATIONS = ("relu", "tanh", "linear")
WITHOUT_NORMS = {"normalisation": None, "post_norm": None}  # see `compile_topology`


class CompiledTopology(NamedTuple):
    """Depth, skips, widths, branch scale, normalisation and activation of one network."""

    depth: Int[Array, ""]  # L
    widths: Int[Array, " states"]  # sizes of h_0 ... h_L
    scales: Float[Array, " states"]  # factor of branch l; entry 0 has no meaning
    # skips first_skip[l] ... first_skip[l + 1] - 1 land on h_l
    first_skip: Int[Array, " states+1"]
    starts: Int[Array, " skips"]  # where each skip starts, sorted by where it lands; most skips
    projection_index: Int[Array, " skips"]  # which of Parameters.projections, -1 for none
    # index into normalisations.KEYS, on the branch's input; None in programs that hold none of them
    normalisation: Int[Array, ""] | None
    activation: Int[Array, ""]  # index into ACTIVATIONS
    post_norm: Int[Array, ""] | None  # the same, on each new state
    relu_after: Bool[Array, ""]  # whether a ReLU makes the new state (He et al., 2015, figure 2)
    # whether a ReLU ends each layer, before the addition (He et al., 2016, figure 4c)
    relu_branch: Bool[Array, ""]
    # whether derivatives treat statistics of the batch as constants
    constant_statistics: Bool[Array, ""]

    @property
    def finishes(self) -> Bool[Array, ""]:
        """Whether anything follows the addition."""
        normalised = False if self.post_norm is None else self.post_norm > 0
        return normalised | self.relu_after


def compile_topology(
    topology: Topology,
    width: int,
    *,
    max_depth: int = MAX_DEPTH,
    branch_scale: float = 1.0,
    normalisation: str | None = "none",
    activation: str = "relu",
    post_norm: str | None = "none",
    relu_after: bool = False,
    relu_branch: bool = False,
    constant_statistics: bool = True,
) -> CompiledTopology:
    """The topology as arrays; `width` is the size of every state if the topology names no widths.

    branch_scale multiplies the output of layer l where a skip lands on h_l. A normalisation that is
    None can never be another one: for a panel that offers none, the programs are a third as large
    and compile faster. Raises NetworkError.
    """
    width = whole_number("width", width, 1, MAX_WIDTH)
    depth = whole_number("depth", topology.depth, 1, max_depth)
    branch_scale = real_number("branch scale", branch_scale, -1000, 1000)
    skips = sorted(topology.skips, key=lambda skip: (skip.stop, skip.start))
    stops = np.array([skip.stop for skip in skips], np.int32)
    projecting = [skip for skip in topology.skips if skip.shortcut == "projection"]
    scales = np.ones(max_depth + 1)
    scales[stops] = branch_scale
    most_skips = max_depth * (max_depth + 1) // 2
    compiled = CompiledTopology(
        depth=np.int32(depth),
        widths=_padded(topology.widths or [width] * (max_depth + 1), max_depth + 1, 1),
        scales=scales,
        first_skip=np.searchsorted(stops, np.arange(max_depth + 2)).astype(np.int32),
        starts=_padded([skip.start for skip in skips], most_skips, 0),
        projection_index=_padded(
            [projecting.index(s) if s in projecting else -1 for s in skips], most_skips, -1
        ),
        normalisation=_index(normalisation, "normalisation"),
        activation=np.int32(one_of("activation", activation, ACTIVATIONS)),
        post_norm=_index(post_norm, "post_norm"),
        relu_after=np.bool_(relu_after),
        relu_branch=np.bool_(relu_branch),
        constant_statistics=np.bool_(constant_statistics),
    )
    return jax.tree.map(jnp.asarray, compiled)


def _index(key, argument):
    return None if key is None else np.int32(index_of(key, argument))


def _padded(values, length, filler):
    return np.array([*values, *[filler] * (length - len(values))], np.int32)
