"""A network with a linear readout that names a class, and its loss for `training.train`."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from .arrays import Array, Float, Int, PRNGKey
from .compiled_topology import CompiledTopology
from .datasets import Examples
from .gradients import forward
from .network import Parameters, draw, scale_draws
from .topology import MAX_DEPTH

BATCH = 64


class Classifier(NamedTuple):
    """What training changes."""

    network: Parameters
    readout: Float[Array, "width classes"]


def init_classifier(
    key: PRNGKey,
    widths: Int[Array, " states"],
    *,
    width: int,
    classes: int = 10,
    max_depth: int = MAX_DEPTH,
    projection_count: int = 1,
    weight_variance: Float[Array, ""] | float = 2.0,
) -> Classifier:
    """He weights (see scale_draws), no biases, and a readout ~ N(0, 1 / width)."""
    network_key, readout_key = jax.random.split(key)
    network = scale_draws(
        draw(network_key, width=width, max_depth=max_depth, projection_count=projection_count),
        widths,
        weight_variance,
    )
    dtype = network.weights.dtype
    readout = jax.random.normal(readout_key, (width, classes), dtype) / jnp.sqrt(
        jnp.asarray(width, dtype)
    )
    return Classifier(network, readout)


def logits(
    classifier: Classifier, compiled: CompiledTopology, inputs: Float[Array, "batch width"]
) -> Float[Array, "batch classes"]:
    """One number for each class, from inputs = h_0."""
    return forward(classifier.network, compiled, inputs) @ classifier.readout


def cross_entropy(
    classifier: Classifier, compiled: CompiledTopology, examples: Examples, key: PRNGKey
) -> Float[Array, ""]:
    """Mean loss in nats on a batch of 64 drawn with replacement by `key`; a `Loss` of
    training.train.
    """
    import optax  # late, as in training.py

    chosen = jax.random.randint(key, (BATCH,), 0, examples.count)
    scores = logits(classifier, compiled, examples.inputs[chosen])
    return optax.softmax_cross_entropy_with_integer_labels(scores, examples.targets[chosen]).mean()


def error_rate(
    classifier: Classifier,
    compiled: CompiledTopology,
    inputs: Float[Array, "batch width"],
    labels: Int[Array, " batch"],
) -> Float[Array, ""]:
    """The part of the examples, 0 to 1, that the classifier gets wrong. Batch statistics are
    those of `inputs`.
    """
    wrong = logits(classifier, compiled, inputs).argmax(1).astype(labels.dtype) != labels
    return wrong.astype(inputs.dtype).mean()
