"""The lines that a learner reads are the network that ran."""

import jax.numpy as jnp
import numpy as np
import pytest

from lessons.deep_or_ensemble.architectures import INPUTS, Arm
from lessons.deep_or_ensemble.ensembles import init_weights, kind_of
from lessons.deep_or_ensemble.parallel_blocks.experiment import grouped_answers
from lessons.deep_or_ensemble.parallel_blocks.formula import in_groups
from lessons.network.reference import Layer

ARM = Arm("", 1, 12, 6)


@pytest.mark.parametrize("size", [1, 2, 5, 12])
def test_the_lines_shown_give_what_the_compiled_function_gives(size, rng):
    weights = init_weights(ARM, 0)
    x = rng.standard_normal(INPUTS, np.float32)
    found = grouped_answers(weights, kind_of(ARM), x[None, None], jnp.int32(size))[0, 0]
    encoder, readout = (np.float64(part[0]) for part in (weights.encoder, weights.readout))
    branches = [
        Layer(ARM.branch_scale * rows[:-1].T, ARM.branch_scale * rows[-1])
        for rows in np.float64(weights.blocks[:, 0])
    ]
    h = in_groups(branches, x @ encoder[:-1] + encoder[-1], size)
    np.testing.assert_allclose(found, h @ readout[:-1] + readout[-1], rtol=1e-3, atol=1e-4)
