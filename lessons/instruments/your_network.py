"""The panel: s and the path lengths of your own network, with a toggle for each block."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..errors import LearnerError
from ..network.side_by_side import as_here
from ..panel.controls import Switch
from ..panel.explorer import Explorer
from .blocks import as_blocks, checked
from .figure import PathsView
from .gradient_correlation import drawn_cotangent
from .path_lengths import PathLengths, prepared

# A switch then takes 25 ms of CPU at 54 blocks of width 64.
PROBES = 32


def your_network_explorer(
    blocks: Sequence, x: Any, cotangent: Any = None, *, probes: int = PROBES, seed: int = 0, **start
) -> Explorer:
    """Which lengths of paths carry the gradient of your network at x, and s; a switch for each
    block deletes it.

    blocks, x, probes: as in `path_lengths`; cotangent: the gradient at the last state, if not given
    standard normal numbers by `seed`. start: switches, such as block_3=False, that begin off.
    Raises BlockError, at the call.
    """
    blocks = as_blocks(blocks)
    if cotangent is None:
        cotangent = drawn_cotangent(checked(blocks, x)[1][-1], seed)
    # Compiled once: a switch is a number in it. A panel computes in float32, this one in the type
    # of your network.
    left = as_here(prepared(blocks, x, cotangent, probes=probes, seed=seed))

    def measure(**switches: bool) -> PathLengths:
        kept = np.array(list(switches.values()), bool)
        if not kept.any():
            raise LearnerError("At least one block must be on, got none.")
        return left(kept)

    controls = {
        f"block_{number}": Switch(f"block {number}", True, small=True)
        for number in range(1, len(blocks) + 1)
    }
    main = dict.fromkeys(controls, (True, False))  # all of them open
    return Explorer("your_network", PathsView, measure, controls, start=start, main=main)
