"""The gradient behind scaled skips against closed forms, NumPy and the larger panel."""

import jax
import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.network.network import draw, scale_draws
from lessons.projection_shortcut.scaled_shortcut.experiment import (
    INPUTS,
    MOST_BLOCKS,
    WIDTH,
    measure_scaled_shortcut,
)


@jax.jit
def drawn(seed):
    """The weights, the inputs and the readout."""
    keys = jax.random.split(jax.random.key(seed), 3)
    widths = np.full(MOST_BLOCKS + 1, WIDTH, np.int32)
    network = scale_draws(draw(keys[0], width=WIDTH, max_depth=MOST_BLOCKS), widths)
    ends = ((INPUTS, WIDTH), (WIDTH,))
    return network.weights, *map(jax.random.normal, keys[1:], ends)


def by_hand(scale, blocks, branch_scale, seed):
    """The norms on all paths, (blocks + 1,), from output to input: by the chain rule in NumPy, with
    a matrix for each block and input.
    """
    weights, inputs, readout = map(np.float64, drawn(seed))
    weights = weights[:blocks]
    gradients = []
    for h in inputs:
        jacobians = []
        for W in weights:
            jacobians.append(scale * np.eye(WIDTH) + branch_scale * (h > 0)[:, None] * W)
            h = scale * h + branch_scale * np.maximum(h, 0) @ W
        gradient = [readout / np.linalg.norm(readout)]
        for jacobian in reversed(jacobians):
            gradient.append(jacobian @ gradient[-1])
        gradients.append(gradient)
    return np.sqrt((np.array(gradients) ** 2).sum(2).mean(0))


@pytest.mark.parametrize("settings", [(0.95, 54, 0.1, 0), (0.9, 7, 0.05, 3), (1.0, 1, 0.1, 1)])
def test_gradients_on_all_paths_agree_with_the_chain_rule(settings):
    found = measure_scaled_shortcut(*settings)
    np.testing.assert_allclose(found.all_paths, by_hand(*settings), rtol=2e-3)
    assert found.blocks == settings[1] and len(found.skips_alone) == settings[1] + 1


@pytest.mark.parametrize(("scale", "left"), [(0.9, 0.003381), (0.99, 0.5812), (1.0, 1.0)])
def test_the_skips_alone_leave_lambda_to_the_power_of_the_skips(scale, left):
    found = measure_scaled_shortcut(scale)
    np.testing.assert_allclose(found.skips_alone, scale ** np.arange(55.0), rtol=1e-4)
    assert found.left == pytest.approx(left, rel=1e-3)


def test_without_branches_there_is_only_one_way():
    found = measure_scaled_shortcut(0.97, 30, branch_scale=0.0)
    np.testing.assert_allclose(found.all_paths, found.skips_alone, rtol=1e-5)


def test_all_seeds_of_the_panel_stay_within_its_picture():
    """(λ^2 + β^2)^27 is 1.31 at λ = 1 and β = 0.1 on average; the picture ends at 1.6."""
    norms = [measure_scaled_shortcut(1.0, seed=seed).all_paths.max() for seed in range(20)]
    assert max(norms) < 1.6 and np.median(norms) == pytest.approx(1.01**27, rel=0.1)


def test_impossible_settings_are_refused():
    for bad in ({"blocks": 55}, {"blocks": 0}, {"scale": np.nan}, {"branch_scale": np.inf}):
        with pytest.raises(LearnerError):
            measure_scaled_shortcut(**bad)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            dict(scale=0.9, branch_scale=0.0),
            "0.34 % of the gradient is left after 54 skips that each carry 0.9 of what they get; "
            "with the ways through the layers (β = 0), 0.34 %.",
        ),
        (dict(scale=0.91 + 0.08, blocks=1), "99 % of the gradient is left after 1 skip that "),
        (dict(scale=1.0), "100 % of the gradient is left after 54 skips that each carry 1 "),
    ],
)
def test_the_summary_fills_the_numbers_in(values, sentence):
    assert measure_scaled_shortcut(**values).summary.startswith(sentence)
