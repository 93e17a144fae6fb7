"""The classifier against NumPy, and one gradient of its loss against finite differences."""

import jax
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

pytestmark = pytest.mark.usefixtures("float64")  # no lesson runs these programs
TOPOLOGY = Topology.residual(3)
COMPILED = compile_topology(TOPOLOGY, 64, max_depth=4)
drawn = jax.jit(init_classifier, static_argnames=("width", "max_depth", "classes"))


def numpy_logits(classifier, inputs):
    network = classifier.network
    h = oracle.states(TOPOLOGY, np.float64(network.weights), np.float64(network.biases), inputs)[-1]
    return h @ np.float64(classifier.readout)


@pytest.fixture
def setting(rng):
    classifier = drawn(jax.random.key(0), COMPILED.widths, width=64, max_depth=4)
    classifier = jax.tree.map(np.float64, classifier)
    inputs = rng.normal(size=(200, 64))
    return classifier, inputs, rng.integers(0, 10, 200).astype(np.int32)


@pytest.mark.slow
def test_logits_and_error_rate_agree_with_numpy(setting):
    classifier, inputs, labels = setting
    expected = numpy_logits(classifier, inputs)
    found, share = jax.jit(lambda *of: (logits(*of), error_rate(*of, labels)))(
        classifier, COMPILED, inputs
    )
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)
    assert float(share) == pytest.approx((expected.argmax(1) != labels).mean())


loss_and_gradient = jax.jit(jax.value_and_grad(cross_entropy))


@pytest.mark.slow
def test_loss_is_the_mean_cross_entropy_of_a_batch_from_the_examples_in_use(setting):
    classifier, inputs, labels = setting
    key = jax.random.key(4)
    chosen = np.asarray(jax.random.randint(key, (BATCH,), 0, 50))
    assert chosen.max() < 50
    scores = numpy_logits(classifier, inputs[chosen])
    losses = np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1)) + scores.max(1)
    expected = (losses - scores[np.arange(BATCH), labels[chosen]]).mean()
    found, _ = loss_and_gradient(classifier, COMPILED, Examples(inputs, labels, np.int32(50)), key)
    assert float(found) == pytest.approx(expected, rel=1e-9)


@pytest.mark.slow
def test_gradient_of_the_loss_agrees_with_finite_differences(setting, rng):
    classifier, inputs, labels = setting
    rest = COMPILED, Examples(inputs, labels, np.int32(200)), jax.random.key(4)
    direction = jax.tree.map(lambda a: rng.normal(size=a.shape), classifier)
    (up, _), (down, _) = (
        loss_and_gradient(
            jax.tree.map(lambda a, d, s=s: a + s * 1e-6 * d, classifier, direction), *rest
        )
        for s in (1, -1)
    )
    _, gradient = loss_and_gradient(classifier, *rest)
    products = jax.tree.map(lambda a, b: (np.asarray(a) * b).sum(), gradient, direction)
    assert float(sum(jax.tree.leaves(products))) == pytest.approx(float(up - down) / 2e-6, rel=1e-5)


def test_the_readout_has_the_variance_asked_for():
    found = drawn(jax.random.key(1), COMPILED.widths, width=64, max_depth=4, classes=100)
    assert isinstance(found, Classifier) and found.readout.shape == (64, 100)
    assert np.asarray(found.readout).var() == pytest.approx(1 / 64, rel=5 * np.sqrt(2 / 6400))
