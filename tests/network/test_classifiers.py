"""The classifier against NumPy, and one gradient of its loss against finite differences."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lessons.network.classifiers import (
    BATCH,
    Classifier,
    cross_entropy,
    error_rate,
    init_classifier,
    logits,
)
from lessons.network.compiled_topology import compile_topology
from lessons.network.datasets import Examples
from lessons.network.topology import Topology
from tests import oracle

pytestmark = pytest.mark.usefixtures("unoptimised")  # no lesson runs these programs
TOPOLOGY = Topology.residual(3)
COMPILED = compile_topology(TOPOLOGY, 64, max_depth=4)


def numpy_logits(classifier, inputs):
    network = classifier.network
    h = oracle.states(TOPOLOGY, np.float64(network.weights), np.float64(network.biases), inputs)[-1]
    return h @ np.float64(classifier.readout)


@pytest.fixture
def setting(rng):
    classifier = init_classifier(jax.random.key(0), COMPILED.widths, width=64, max_depth=4)
    inputs = rng.normal(size=(200, 64)).astype(np.float32)
    return classifier, inputs, rng.integers(0, 10, 200).astype(np.int32)


@pytest.mark.slow
def test_logits_and_error_rate_agree_with_numpy(setting):
    classifier, inputs, labels = setting
    expected = numpy_logits(classifier, inputs)
    np.testing.assert_allclose(logits(classifier, COMPILED, inputs), expected, rtol=2e-4, atol=2e-4)
    assert float(error_rate(classifier, COMPILED, inputs, labels)) == pytest.approx(
        (expected.argmax(1) != labels).mean()
    )


@pytest.mark.slow
def test_loss_is_the_mean_cross_entropy_of_a_batch_from_the_examples_in_use(setting):
    classifier, inputs, labels = setting
    key = jax.random.key(4)
    chosen = np.asarray(jax.random.randint(key, (BATCH,), 0, 50))
    assert chosen.max() < 50
    scores = numpy_logits(classifier, inputs[chosen])
    losses = np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1)) + scores.max(1)
    expected = (losses - scores[np.arange(BATCH), labels[chosen]]).mean()
    found = cross_entropy(classifier, COMPILED, Examples(inputs, labels, np.int32(50)), key)
    assert float(found) == pytest.approx(expected, rel=1e-4)


@pytest.mark.usefixtures("float64")
@pytest.mark.slow
def test_gradient_of_the_loss_agrees_with_finite_differences(setting, rng):
    classifier, inputs, labels = setting
    classifier = jax.tree.map(lambda a: jnp.asarray(a, jnp.float64), classifier)
    compiled, key = compile_topology(TOPOLOGY, 64, max_depth=4), jax.random.key(4)
    examples = Examples(jnp.asarray(inputs, jnp.float64), jnp.asarray(labels), jnp.int32(200))
    loss = jax.jit(lambda c: cross_entropy(c, compiled, examples, key))
    direction = jax.tree.map(lambda a: jnp.asarray(rng.normal(size=a.shape)), classifier)
    up, down = (
        loss(jax.tree.map(lambda a, d, s=s: a + s * 1e-6 * d, classifier, direction))
        for s in (1, -1)
    )
    gradient = jax.grad(loss)(classifier)
    products = jax.tree.map(lambda a, b: (a * b).sum(), gradient, direction)
    assert float(sum(jax.tree.leaves(products))) == pytest.approx(float(up - down) / 2e-6, rel=1e-5)


def test_the_readout_has_the_variance_asked_for():
    found = init_classifier(jax.random.key(1), COMPILED.widths, width=64, max_depth=4, classes=100)
    assert isinstance(found, Classifier) and found.readout.shape == (64, 100)
    assert float(found.readout.var()) == pytest.approx(1 / 64, rel=5 * np.sqrt(2 / 6400))
