"""Gradients against finite differences, cosines pair by pair, and the stream's closed form."""

from functools import partial
from itertools import combinations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.residual_stream.norm_placement.experiment import (
    expected_stream,
    gradients,
    measure_norm_placement,
)
from lessons.residual_stream.norm_placement.measurement import FEED_FORWARD, QUERIES, STREAM
from lessons.residual_stream.text import ALPHABET
from lessons.residual_stream.training import surprise
from lessons.residual_stream.transformer import LAYERS, Design, draw, streams

HEIGHT, WIDTH, PLACES, STEP = 2, 8, 4, 1e-5
SEEDS = range(8)


@pytest.fixture
def small(float64):
    """(parameters, text) of two layers of width 8, in float64."""
    drawn = lambda: draw(jax.random.key(0), HEIGHT, width=WIDTH, inner=WIDTH, context=PLACES)
    text = np.random.default_rng(0).integers(0, len(ALPHABET), (1, PLACES + 1), np.int32)
    return jax.tree.map(np.float64, jax.jit(drawn)()), text


def designed(post, layers):
    return Design(np.float64(1), np.float64(0.7), np.bool_(post), np.int32(layers))


found, states = jax.jit(gradients), jax.jit(streams)


@partial(jax.jit, static_argnums=0)
def squared_slopes(names, parameters, design, text):
    """The sum over all entries of these arrays of (d surprise / d entry)², by central differences,
    for each index of the first axis.
    """

    def slope(step, name):
        moved = [
            parameters._replace(**{name: getattr(parameters, name) + side * step})
            for side in (1, -1)
        ]
        above, below = (surprise(each, design, text) for each in moved)
        return (above - below) / (2 * STEP)

    total = 0
    for name in names:
        shape = getattr(parameters, name).shape
        steps = STEP * jnp.eye(np.prod(shape)).reshape(-1, *shape)
        slopes = jax.vmap(partial(slope, name=name))(steps)
        total += (slopes.reshape(shape[0], -1) ** 2).sum(1)
    return total


@pytest.mark.parametrize(("post", "layers"), [(False, 2), (True, 2), (True, 1)])
@pytest.mark.slow
def test_squared_gradients_are_those_of_finite_differences(small, post, layers):
    parameters, text = small
    design = designed(post, layers)
    queries, feed_forward, stream, _ = found(parameters, design, text)
    for squares, names in ((queries, ("query", "key")), (feed_forward, ("outer",))):
        expected = squared_slopes(names, parameters, design, text)
        np.testing.assert_allclose(squares, expected, rtol=1e-5)
        assert (squares[:layers] > 0).all() and not squares[layers:].any()
    for layer, state in enumerate(states(parameters, design, text[:, :-1])[::2][: layers + 1]):
        # A transformer that begins at this state: characters say nothing, the places all.
        turned = {name: jnp.roll(getattr(parameters, name), -layer, 0) for name in LAYERS}
        begun = parameters._replace(
            **turned, characters=jnp.zeros_like(parameters.characters), places=state[0]
        )
        slopes = squared_slopes(("places",), begun, designed(post, layers - layer), text)
        assert float(stream[layer]) == pytest.approx(float(slopes.sum()), rel=1e-5)


@pytest.mark.slow
def test_the_cosine_is_the_mean_over_all_pairs_of_places(small):
    parameters, text = small
    *_, alike = found(parameters, designed(False, 2), text)
    rows = np.asarray(states(parameters, designed(False, 2), text[:, :-1])[::2, 0])
    for cosine, places in zip(alike, rows, strict=True):
        pairs = [a @ b / np.sqrt(a @ a * (b @ b)) for a, b in combinations(places, 2)]
        assert float(cosine) == pytest.approx(np.mean(pairs))


def test_the_stream_s_gradient_is_the_closed_form():
    measured = np.mean([_mean_gradient(seed) for seed in SEEDS], 0)
    before, behind = measured / expected_stream(24, 1.0)
    assert behind[-1] == pytest.approx(1, rel=0.06)
    # Attention writes less than 1 per unit where places differ, so that the stream is smaller.
    assert (before[1:] > 1).all() and (before[1:] < 1.6).all()


def _mean_gradient(seed):
    return measure_norm_placement(24, part=STREAM, seed=seed).gradient.mean(1)


def test_with_post_norm_places_become_the_same_and_queries_get_nothing():
    """And the feed-forward matrix as much at any depth, as Xiong et al. (2020) prove."""
    for seed in SEEDS:
        deep = measure_norm_placement(24, seed=seed)
        assert deep.ratio > 100 and deep.alike_at_the_end[1] > 0.99 > deep.alike_at_the_end[0]
    ends = {
        layers: np.mean(
            [
                measure_norm_placement(layers, part=FEED_FORWARD, seed=seed).at_the_end
                for seed in SEEDS
            ],
            0,
        )
        for layers in (3, 24)
    }
    fall = ends[24] / ends[3]
    assert 0.08 < fall[0] < 0.35  # (5/4 + 6) / (5/4 + 48) = 0.15
    assert 0.7 < fall[1] < 2.5


def test_more_layers_leave_those_below_as_they_are():
    low, high = (measure_norm_placement(layers).alike for layers in (6, 24))
    np.testing.assert_allclose(high[..., :7], low, rtol=1e-5)


def test_the_sentence_begins_with_the_ratio_at_the_last_layer():
    m = measure_norm_placement(6, 0.5, QUERIES, seed=3)
    before, behind = np.median(m.gradient[:, :, -1], axis=1)
    assert m.gradient.shape == (2, 4, 6) and m.ratio == pytest.approx(before / behind)
    assert before / behind == pytest.approx(float(m.summary.split(" times as much")[0]), rel=0.01)
    assert "(6 layers, β = 0.5)" in m.summary and "layer's queries and keys" in m.summary
    assert "stream behind the last layer" in measure_norm_placement(6, part=STREAM).summary


def test_settings_are_checked():
    with pytest.raises(LearnerError, match="layers must be between 1 and 24, got 25"):
        measure_norm_placement(25)
    with pytest.raises(LearnerError, match="branch scale must be between 0.1 and 1, got 0"):
        measure_norm_placement(24, 0.0)
    with pytest.raises(LearnerError, match="part must be one of queries and keys"):
        measure_norm_placement(24, part="heads")
