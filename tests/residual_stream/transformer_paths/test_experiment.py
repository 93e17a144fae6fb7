"""A transformer's paths by brute force; and what is stored is what is measured."""

import jax
import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.panel.trained import Trained
from lessons.residual_stream.branches.blocks import branches_of
from lessons.residual_stream.branches.page import lines
from lessons.residual_stream.stored import trained_transformers
from lessons.residual_stream.training import surprise_of
from lessons.residual_stream.transformer import design, draw, embed, streams
from lessons.residual_stream.transformer_paths import explorer
from lessons.residual_stream.transformer_paths.experiment import (
    LINES,
    NETWORKS,
    measure_now,
    measure_transformer_paths,
)
from lessons.residual_stream.transformer_paths.measurement import StoredPaths
from tests.instruments.networks import along_every_path, sums_by_length

TEXT = np.array([3, 0, 7, 21, 34], np.int32)
AFTER, SCALED, DRAWN = NETWORKS


@pytest.fixture(scope="module")
def stored():
    return Trained(explorer.__file__, StoredPaths).records


@pytest.mark.usefixtures("unoptimised")
@pytest.mark.slow
def test_the_paths_of_a_small_transformer_are_those_of_enumeration():
    drawn = lambda: draw(jax.random.key(0), 1, width=8, inner=12, context=4)
    parameters = jax.tree.map(np.asarray, jax.jit(drawn)())
    found, first = measure_now(parameters, TEXT), jax.jit(embed)(parameters, TEXT[:-1])
    blocks, last = branches_of(parameters), jax.jit(streams)(parameters, design(1), TEXT[:-1])[-1]
    gradient = jax.jit(jax.grad(lambda last: surprise_of(parameters, last, TEXT)))(last)
    paths = along_every_path(blocks, first, gradient)
    vectors, squares = sums_by_length(paths)
    np.testing.assert_allclose(found.vectors, vectors, rtol=1e-3)
    np.testing.assert_allclose(found.squares, squares, rtol=1e-3)
    whole = sum(paths.values())
    np.testing.assert_allclose(whole, by_the_stream(parameters, first).ravel(), atol=1e-5)


def by_the_stream(parameters, first):
    """The derivative of the surprise through the whole transformer: every place is given a
    character of its own, whose row is the stream.
    """
    own = parameters._replace(places=0 * parameters.places)
    read = lambda rows: surprise_of(
        own, streams(own._replace(characters=rows), design(1), np.arange(4))[-1], TEXT
    )
    return jax.jit(jax.grad(read))(first)


def test_everything_that_the_panel_shows_is_stored(stored):
    setups = [(setup["network"], setup["line"]) for setup, _ in stored]
    assert setups == [(name, line) for name in NETWORKS for line in range(1, LINES + 1)]


@pytest.mark.slow
def test_what_is_stored_is_what_is_measured_now(stored):
    text, found = lines()[0], measure_transformer_paths(stored, AFTER, 1)
    now = measure_now(trained_transformers()[0], text, probes=2)
    np.testing.assert_allclose(found.vectors, now.vectors, rtol=0.02)  # no signs are in them
    np.testing.assert_allclose(found.signal, now.signal, atol=1e-3)
    assert found.gradient_depth == pytest.approx(now.gradient_depth, rel=0.01)
    assert found.line == 1 and found.network == AFTER


def test_training_lengthens_the_paths(stored):
    """What the lesson says, at every line; margins are wide, since the network was trained."""
    for line in range(1, LINES + 1):
        long, short, drawn = (
            measure_transformer_paths(stored, name, line) for name in (AFTER, SCALED, DRAWN)
        )
        assert short.mean_lengths[1] < 0.8 < 1.5 < drawn.mean_lengths[1] < 2.2
        assert 2.3 < long.mean_lengths[1] < 3.5 and long.effective_depth < long.gradient_depth
        assert long.coherence > 1.1 and abs(short.coherence - 1) < 0.1


def test_what_is_not_there_is_refused(stored):
    with pytest.raises(LearnerError, match="line must be between 1 and 4, got 5"):
        measure_transformer_paths(stored, AFTER, 5)
    with pytest.raises(LearnerError, match="network must be one of"):
        measure_transformer_paths(stored, "another")
    with pytest.raises(LearnerError, match="python -m reproduce.trained_panels transformer_paths"):
        measure_transformer_paths([])
