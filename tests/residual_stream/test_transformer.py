"""The transformer against a plain NumPy twin that reads one text, branch by branch."""

import jax
import numpy as np
import pytest

from lessons.network.normalisations import EPSILON
from lessons.residual_stream.training import surprise
from lessons.residual_stream.transformer import (
    HEADS,
    Parameters,
    design,
    draw,
    normalise,
    read,
    streams,
)

compiled_streams = jax.jit(streams)
surprise_and_gradient = jax.jit(jax.value_and_grad(surprise))
LAYERS, WIDTH, PLACES = 2, 8, 6
TEXT = np.array([3, 0, 7, 7, 21, 34], np.int32)
DESIGNS = {
    "pre-norm": dict(),
    "post-norm": dict(post=True),
    "without skips": dict(skip=False),
    "scaled": dict(scale=0.3),
    "one layer": dict(layers=1),
}


@jax.jit
def small():
    return draw(jax.random.key(0), LAYERS, width=WIDTH, inner=12, context=PLACES)


def twin_norm(row):
    centred = row - row.mean()
    return centred / np.sqrt((centred**2).mean() + EPSILON)


def twin_attention(p, layer, rows):
    """One place and one head at a time; a place looks back, never ahead."""
    size = WIDTH // HEADS
    found = np.zeros((len(rows), WIDTH))
    for head in range(HEADS):
        part = slice(head * size, (head + 1) * size)
        query, key, value = (rows @ matrix[layer][:, part] for matrix in (p.query, p.key, p.value))
        for place in range(len(rows)):
            scores = np.array([query[place] @ key[other] for other in range(place + 1)])
            weights = np.exp(scores / np.sqrt(size))
            found[place, part] = weights / weights.sum() @ value[: place + 1]
    return found @ p.back[layer]


def twin_feed_forward(p, layer, rows):
    return np.maximum(rows @ p.inner[layer], 0) @ p.outer[layer]


def twin(p, text, layers=LAYERS, skip=True, scale=1.0, post=False):
    """The stream before the first branch and after each."""
    p = Parameters(*(np.asarray(each, np.float64) for each in p))
    stream = p.characters[text] + p.places[: len(text)]
    states = [stream]
    for layer in range(layers):
        for branch in (twin_attention, twin_feed_forward):
            before = stream if post else np.array([twin_norm(row) for row in stream])
            stream = (stream if skip else 0) + scale * branch(p, layer, before)
            stream = np.array([twin_norm(row) for row in stream]) if post else stream
            states.append(stream)
    return states


@pytest.mark.parametrize("choices", DESIGNS.values(), ids=DESIGNS)
def test_the_stream_is_that_of_the_twin(choices):
    choices = dict(layers=LAYERS) | choices
    found = np.asarray(compiled_streams(small(), design(**choices), TEXT))
    wanted = twin(small(), TEXT, **choices)
    np.testing.assert_allclose(found[: len(wanted)], wanted, atol=2e-4)
    for beyond in found[len(wanted) :]:
        np.testing.assert_array_equal(beyond, found[len(wanted) - 1])


def test_no_place_sees_what_comes_after_it():
    before = np.asarray(compiled_streams(small(), design(LAYERS), TEXT))
    for place in range(1, PLACES):
        other = TEXT.copy()
        other[place:] = 12
        after = np.asarray(compiled_streams(small(), design(LAYERS), other))
        np.testing.assert_array_equal(after[:, :place], before[:, :place])
        assert np.abs(after[:, place] - before[:, place]).max() > 0.1


def test_a_batch_is_read_as_its_texts_are():
    texts = np.stack([TEXT, TEXT[::-1]])
    together = compiled_streams(small(), design(LAYERS), texts)
    for row, text in enumerate(texts):
        np.testing.assert_allclose(
            together[:, row], compiled_streams(small(), design(LAYERS), text), atol=1e-5
        )


@pytest.mark.parametrize("choices", list(DESIGNS.values())[:3], ids=list(DESIGNS)[:3])
@pytest.mark.slow
def test_the_gradient_is_that_of_finite_differences(choices, float64):
    arm = design(**dict(layers=LAYERS) | choices)
    arm = jax.tree.map(lambda x: x.astype(np.float64) if x.dtype == np.float32 else x, arm)
    parameters = jax.tree.map(np.float64, small())
    moved = lambda by, way: jax.tree.map(lambda p, w: p + by * w, parameters, way)
    _, gradient = surprise_and_gradient(parameters, arm, TEXT)
    for seed in range(3):
        rng = np.random.default_rng(seed)
        way = jax.tree.map(lambda p: rng.normal(size=p.shape), parameters)
        up, down = (
            float(surprise_and_gradient(moved(by, way), arm, TEXT)[0]) for by in (1e-5, -1e-5)
        )
        along = sum(np.vdot(g, w) for g, w in zip(gradient, way, strict=True))
        assert along == pytest.approx((up - down) / 2e-5, rel=1e-4, abs=1e-7)


def test_a_norm_leaves_mean_0_and_mean_square_1_and_forgets_size(rng):
    rows = rng.normal(3, 5, (4, 64)).astype(np.float32)
    found = np.asarray(normalise(rows))
    np.testing.assert_allclose(found.mean(-1), 0, atol=1e-5)
    np.testing.assert_allclose((found**2).mean(-1), 1, rtol=1e-4)
    np.testing.assert_allclose(normalise(rows * 7), found, atol=1e-4)


def test_what_the_stream_says_is_its_norm_times_the_readout(rng):
    row = rng.normal(size=WIDTH).astype(np.float32)
    np.testing.assert_allclose(
        read(small(), row), twin_norm(row) @ np.asarray(small().readout), rtol=1e-3, atol=1e-4
    )


def test_weights_have_the_variance_that_their_kind_has():
    drawn = draw(jax.random.key(1), 3, width=64, inner=128)
    wanted = dict.fromkeys(("query", "key", "value", "back", "readout"), 1 / 64)
    wanted |= dict(characters=1, places=0.25, inner=2 / 64, outer=1 / 128)
    for name, variance in wanted.items():
        numbers = np.asarray(getattr(drawn, name), np.float64)
        spread = np.sqrt(2 / numbers.size)  # of the mean square of so many normal numbers
        assert (numbers**2).mean() / variance == pytest.approx(1, abs=5 * spread), name
        assert abs(numbers.mean()) < 5 * np.sqrt(variance / numbers.size), name
