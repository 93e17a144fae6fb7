"""The panel: s and the path lengths of your own network, with a toggle for each block."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import jax
import numpy as np

from ..ensemble_of_paths.path_length.figure import PathLengthView
from ..errors import LearnerError
from ..network.side_by_side import as_here
from ..panel.controls import Switch
from ..panel.explorer import Explorer
from .blocks import as_cotangent, checked
from .gradient_correlation import drawn_cotangent
from .path_lengths import PathLengths, as_path_lengths, choices_of_signs, measure_lengths

# A switch then takes 20 ms of CPU at 54 blocks of width 64; with the 128 of `path_lengths` 70.
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
    found, states = checked(blocks, x)
    given = drawn_cotangent(states[-1], seed) if cotangent is None else cotangent
    ends = states[0], as_cotangent(given, states[-1])
    signs = choices_of_signs(len(found), probes, seed)
    # Compiled once: a switch is a number in it. A panel computes in float32, this one in the type
    # of your network.
    compiled = as_here(jax.jit(partial(measure_lengths, found)))

    def measure(**switches: bool) -> PathLengths:
        kept = np.array(list(switches.values()), bool)
        if not kept.any():
            raise LearnerError("At least one block must be on, got none.")
        return as_path_lengths(compiled(*ends, kept.astype(np.float32), signs), kept)

    controls = {
        f"block_{number}": Switch(f"block {number}", True, small=True)
        for number in range(1, len(found) + 1)
    }
    main = dict.fromkeys(controls, (True, False))  # all of them open
    return Explorer("your_network", PathLengthView, measure, controls, start=start, main=main)
