"""What a branch reads is the weighted mean of what was found, as a plain loop makes it."""

import jax
import numpy as np
import pytest

from lessons.residual_stream.attention_over_depth import begin, gathered
from lessons.residual_stream.transformer import (
    LAYERS,
    PRE_NORM,
    attention,
    draw,
    embed,
    feed_forward,
    normalise,
    streams,
)

pytestmark = pytest.mark.usefixtures("unoptimised")  # no lesson runs these programs

TEXT = np.array([[3, 1, 4, 1, 5]], np.int32)
compiled_gathered = jax.jit(gathered)
BRANCHES = jax.jit(attention), jax.jit(feed_forward)


@pytest.fixture
def parameters():
    drawn = jax.jit(lambda: draw(jax.random.key(2), 2, width=8, inner=12, context=8))()
    return begin(jax.tree.map(np.asarray, drawn))


def loop(parameters, text):
    """Softmax and sum by hand over a growing list."""
    t, found, read = parameters.transformer, [embed(parameters.transformer, text)], []
    for number, query in enumerate(np.float64(parameters.queries)):
        scores = np.array([normalise(v) @ query for v in found])
        weights = np.exp(scores) / np.exp(scores).sum(0)
        read.append(np.einsum("s...,s...w->...w", weights, np.array(found)))
        layer, is_second = divmod(number, 2)
        if layer < len(t.query):
            own = {name: getattr(t, name)[layer] for name in LAYERS}
            found.append(BRANCHES[is_second](t._replace(**own), normalise(np.float32(read[-1]))))
    return np.array(read)


@pytest.mark.slow
def test_what_is_read_is_that_of_a_plain_loop(parameters, rng):
    queries = rng.normal(size=parameters.queries.shape).astype(np.float32)
    parameters = parameters._replace(queries=queries)
    found = compiled_gathered(parameters, np.bool_(True), TEXT)
    np.testing.assert_allclose(found, loop(parameters, TEXT), atol=1e-4)


def test_queries_of_zero_read_the_mean(parameters):
    """So that all but the new source is (count - 1) / count of what was read before."""
    np.testing.assert_array_equal(parameters.queries, 0)
    found = compiled_gathered(parameters, np.bool_(True), TEXT)
    np.testing.assert_allclose(found, loop(parameters, TEXT), atol=1e-4)
    np.testing.assert_allclose(found[0], embed(parameters.transformer, TEXT), atol=1e-6)


def test_without_the_softmax_it_is_the_ordinary_stream(parameters):
    found = compiled_gathered(parameters, np.bool_(False), TEXT)
    np.testing.assert_allclose(
        found, jax.jit(streams)(parameters.transformer, PRE_NORM, TEXT), atol=1e-4
    )
