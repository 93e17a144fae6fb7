"""Several streams, mixed on every skip, are those of a plain NumPy twin."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lessons.residual_stream import several_streams as engine
from lessons.residual_stream.several_streams import MADE, Streams, begin
from lessons.residual_stream.transformer import PRE_NORM, draw, streams

pytestmark = pytest.mark.usefixtures("unoptimised")  # no lesson runs these programs

LAYERS, WIDTH, CONTEXT, STREAMS = 2, 8, 8, 3
KIND = {made.__name__: np.int32(number) for number, made in enumerate(MADE)}
TEXT = np.array([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]], np.int32)
last_streams, mixing_matrices = jax.jit(engine.last_streams), jax.jit(engine.mixing_matrices)


@pytest.fixture
def transformer():
    drawn = lambda: draw(jax.random.key(1), LAYERS, width=WIDTH, inner=12, context=CONTEXT)
    return jax.tree.map(np.asarray, jax.jit(drawn)())


@pytest.fixture
def parameters(transformer, rng):
    """Nothing at its start: every weight random."""
    shapes = (LAYERS, 2, STREAMS, STREAMS), (LAYERS, 2, STREAMS), (LAYERS, 2, STREAMS), (STREAMS,)
    return Streams(transformer, *(rng.normal(size=s).astype(np.float32) for s in shapes))


def normalised(x):
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)


def attend(t, layer, x, heads=4):
    """Place by place, head by head."""
    out = np.zeros_like(x)
    size = x.shape[1] // heads
    for place in range(len(x)):
        for head in range(heads):
            part = slice(head * size, (head + 1) * size)
            query = x[place] @ t.query[layer][:, part]
            scores = np.array([query @ (x[j] @ t.key[layer][:, part]) for j in range(place + 1)])
            weights = np.exp(scores / size**0.5)
            weights /= weights.sum()
            found = sum(w * (x[j] @ t.value[layer][:, part]) for j, w in enumerate(weights))
            out[place] += found @ t.back[layer][part]
    return out


def twin(parameters, matrices, text):
    """One text; a loop over branches and streams. What is read at the end, as scores."""
    t = jax.tree.map(np.float64, parameters.transformer)
    _, _, pre, post, last = jax.tree.map(np.float64, parameters)
    state = [t.characters[text] + t.places[: len(text)] for _ in range(len(last))]
    for layer in range(len(t.query)):
        for k in range(2):
            x = normalised(sum(w * stream for w, stream in zip(pre[layer, k], state, strict=True)))
            hidden = np.maximum(x @ t.inner[layer], 0)
            found = hidden @ t.outer[layer] if k else attend(t, layer, x)
            state = [
                sum(matrices[layer, k, i, j] * stream for j, stream in enumerate(state))
                + post[layer, k, i] * found
                for i in range(len(last))
            ]
    read = sum(w * stream for w, stream in zip(last, state, strict=True))
    return np.array(state), normalised(read) @ t.readout


@pytest.mark.parametrize("kind", KIND)
def test_streams_and_scores_are_those_of_the_twin(parameters, kind):
    found = last_streams(parameters, KIND[kind], TEXT)
    scores = engine.read_streams(parameters, found)
    matrices = np.float64(mixing_matrices(KIND[kind], jnp.asarray(parameters.mixing)))
    for number, text in enumerate(TEXT):
        expected, read = twin(parameters, matrices, text)
        np.testing.assert_allclose(found[:, number], expected, atol=1e-3 * np.abs(expected).max())
        np.testing.assert_allclose(scores[number], read, atol=1e-3 * np.abs(read).max())


def test_at_the_start_all_streams_are_that_of_the_ordinary_transformer(transformer):
    """Whatever the mixing, if its rows sum to 1: streams that are alike cannot be mixed."""
    ordinary = jax.jit(streams)(transformer, PRE_NORM, TEXT)[-1]
    dense = np.random.default_rng(0).dirichlet(np.ones(STREAMS), (LAYERS, 2, STREAMS))
    found = last_streams(begin(transformer, np.float32(dense)), KIND["fixed"], TEXT)
    for stream in found:
        np.testing.assert_allclose(stream, ordinary, atol=1e-4)


def test_what_each_kind_makes_of_what_is_learned(rng):
    learned = jnp.asarray(rng.normal(size=(2, 3, 3)), jnp.float32)
    made = {kind: np.asarray(mixing_matrices(KIND[kind], learned)) for kind in KIND}
    np.testing.assert_array_equal(made["unconstrained"], learned)
    np.testing.assert_array_equal(made["fixed"], learned)
    np.testing.assert_allclose(made["doubly_stochastic"].sum(-2), 1, atol=1e-4)
    np.testing.assert_allclose(made["doubly_stochastic"].sum(-1), 1, atol=1e-6)
    turned = made["orthogonal"]
    np.testing.assert_allclose(turned @ turned.swapaxes(1, 2), np.stack([np.eye(3)] * 2), atol=1e-5)
    assert np.abs(turned - np.eye(3)).max() > 0.1
    eye = mixing_matrices(KIND["orthogonal"], jnp.zeros((3, 3)))
    np.testing.assert_array_equal(eye, np.eye(3))


def test_training_moves_what_is_learned_and_leaves_what_is_fixed(rng):
    learned = jnp.asarray(rng.normal(size=(3, 3)), jnp.float32)
    slope = jax.jit(jax.grad(lambda m, kind: (mixing_matrices(kind, m) ** 3).sum()))
    for kind, number in KIND.items():
        found = np.abs(slope(learned, number)).max()
        assert (found == 0) == (kind == "fixed")


@pytest.mark.parametrize("kind", ["doubly_stochastic", "orthogonal"])
def test_gradients_of_what_is_learned_are_those_of_finite_differences(float64, kind, rng):
    learned, weights, way = rng.normal(size=(3, STREAMS, STREAMS))
    of = lambda learned: (mixing_matrices(KIND[kind], learned) * weights).sum()
    found = (jax.jit(jax.grad(of))(learned) * way).sum()
    step = 1e-5
    expected = (of(learned + step * way) - of(learned - step * way)) / (2 * step)
    np.testing.assert_allclose(found, expected, rtol=1e-6)
