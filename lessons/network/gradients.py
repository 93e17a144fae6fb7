"""The chain rule on a network with skips, written once and compiled once.

A state with several outgoing edges collects the gradient of each: through layer l the branch's
Jacobian transposed, through a skip the gradient itself (or W transposed). That second term is the
"+ 1" in dE/dh_l = dE/dh_L (1 + d/dh_l sum F) of He et al. (2016, arXiv:1603.05027, equation 5).
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import lax

from .arrays import Array, Float, Int
from .compiled_topology import CompiledTopology
from .network import (
    Parameters,
    batch_branch,
    batch_finish,
    branch,
    finish,
    propagate,
    shortcuts,
    statistics,
    within,
)


def pull_back(
    parameters: Parameters,
    compiled: CompiledTopology,
    states: Float[Array, "states batch width"],
    cotangent: Float[Array, "batch width"],
) -> tuple[Float[Array, "states batch width"], Parameters]:
    """Gradients of sum(cotangent * h_L) with respect to every state and every parameter.

    states comes from `propagate`. Returns an array, row l the gradient at h_l, 0 beyond L and
    beyond the width of h_l; and gradients in the shape of the parameters.
    """
    nothing = jax.tree.map(jnp.zeros_like, parameters)
    return _pull_back(parameters, compiled, states, cotangent, nothing)


def _pull_back(parameters, compiled, states, cotangent, found):
    # jax.grad would copy the whole array of gradients once per layer, and cannot follow a loop
    # whose end is data.

    def step(count, carry):
        gradients, found = carry
        l = compiled.depth - count
        arrived = _through_finish(parameters, compiled, states, l, gradients[l])
        layer = (parameters.weights[l - 1], parameters.biases[l - 1], states[l - 1])
        weights, biases, previous = jax.vjp(partial(batch_branch, compiled, l), *layer)[1](arrived)
        if found is not None:
            found = found._replace(
                weights=found.weights.at[l - 1].set(weights),
                biases=found.biases.at[l - 1].set(biases),
            )
        gradients = gradients.at[l - 1].add(within(compiled, l - 1, previous))
        return _through_skips(parameters, compiled, states, l, arrived, (gradients, found))

    gradients = (
        jnp.zeros_like(states).at[compiled.depth].set(within(compiled, compiled.depth, cotangent))
    )
    return lax.fori_loop(0, compiled.depth, step, (gradients, found))


def _through_finish(parameters, compiled, states, l, gradient):
    """From the gradient at h_l to that before normalisation and ReLU, which need the sum again
    if they are there.
    """

    layer = (parameters.weights[l - 1], parameters.biases[l - 1], states[l - 1])
    carried = shortcuts(
        parameters, compiled, states, l
    )  # outside: a condition would copy all states at every layer
    total = lax.cond(
        compiled.finishes, lambda: batch_branch(compiled, l, *layer) + carried, lambda: carried
    )
    return jax.vjp(partial(batch_finish, compiled, l), total)[1](gradient)[0]


def _through_skips(parameters, compiled, states, l, arrived, carry):
    """Adds what arrived at state l to the states where the skips started, and to their W."""

    def give_back(skip, carry):
        gradients, found = carry
        start, projection = compiled.starts[skip], compiled.projection_index[skip]
        returned = lax.cond(
            projection < 0, lambda: arrived, lambda: arrived @ parameters.projections[projection].T
        )
        if found is not None:
            share = lax.cond(
                projection < 0,
                lambda: jnp.zeros_like(found.projections[0]),
                lambda: states[start].T @ arrived,
            )
            found = found._replace(projections=found.projections.at[projection].add(share))
        # What lands in units that h_start lacks came from zeros, or by rows of W that meet zeros.
        return gradients.at[start].add(within(compiled, start, returned)), found

    return lax.fori_loop(compiled.first_skip[l], compiled.first_skip[l + 1], give_back, carry)


@jax.custom_vjp
def forward(
    parameters: Parameters, compiled: CompiledTopology, inputs: Float[Array, "batch width"]
) -> Float[Array, "batch width"]:
    """h_L of a batch; `jax.grad` through it uses `pull_back`."""
    return propagate(parameters, compiled, inputs)[compiled.depth]


def _forward(parameters, compiled, inputs):
    states = propagate(parameters, compiled, inputs)
    return states[compiled.depth], (parameters, compiled, states)


def _backward(kept, cotangent):
    parameters, compiled, states = kept
    gradients, found = pull_back(parameters, compiled, states, cotangent)
    return found, None, gradients[0]


forward.defvjp(_forward, _backward)


@jax.jit
def state_gradients(
    parameters: Parameters,
    compiled: CompiledTopology,
    inputs: Float[Array, "batch width"],
    readout: Float[Array, " width"],
) -> tuple[Float[Array, "states batch width"], Float[Array, "states batch width"]]:
    """States, and the gradient of y = readout . h_L with respect to each.

    Reverse mode; one gradient per example if statistics of the batch are frozen, else that of the
    sum of y over it. Row 0 of the gradients is the gradient with respect to
    the input.
    """
    states = propagate(parameters, compiled, inputs)
    cotangent = jnp.broadcast_to(readout[None, :], inputs.shape)
    return states, _pull_back(parameters, compiled, states, cotangent, None)[0]


@jax.jit
def derivatives_at_all_depths(
    parameters: Parameters,
    compiled: CompiledTopology,
    inputs: Float[Array, "batch width"],
    tangent: Float[Array, "batch width"],
) -> tuple[Float[Array, "states batch width"], Float[Array, "states batch width"]]:
    """States, and the derivative of each along `tangent` at the input.

    Forward mode: one pass gives the derivative of every prefix of the network.
    """
    return jax.jvp(partial(propagate, parameters, compiled), (inputs,), (tangent,))


class StepJacobians(NamedTuple):
    """Jacobians of every layer at one example; row = unit of the result, column = unit it depends
    on.

    d h_l = after_l (branch_l d h_(l-1) + what the shortcuts carry of d h_start).
    """

    branch: Float[Array, "layers width width"]
    after: Float[Array, "layers width width"]  # the identity unless something follows the addition


@jax.jit
def step_jacobians(
    parameters: Parameters,
    compiled: CompiledTopology,
    states: Float[Array, "states batch width"],
    example: Int[Array, ""],
) -> StepJacobians:
    """Jacobians of all single layers at states[:, example], with statistics of the batch as
    constants.

    states comes from `propagate`. Layers beyond the depth have meaningless entries.
    """
    width = states.shape[-1]

    def jacobian(function, h):
        # One row per unit of the result: the same input, another cotangent.
        _, pull = jax.vjp(function, jnp.broadcast_to(h[None, :], (width, width)))
        return pull(jnp.eye(width, dtype=h.dtype))[0]

    def at_layer(l):
        weights, bias, previous = parameters.weights[l - 1], parameters.biases[l - 1], states[l - 1]
        before = statistics(compiled.normalisation, previous)
        total = branch(compiled, l, weights, bias, previous, *before) + shortcuts(
            parameters, compiled, states, l
        )
        found = statistics(compiled.post_norm, total)
        return StepJacobians(
            jacobian(lambda h: branch(compiled, l, weights, bias, h, *before), previous[example]),
            jacobian(lambda h: finish(compiled, l, h, *found), total[example]),
        )

    return lax.map(at_layer, jnp.arange(1, parameters.weights.shape[0] + 1))


@jax.jit
def network_jacobian(
    parameters: Parameters,
    compiled: CompiledTopology,
    inputs: Float[Array, "batch width"],
    example: Int[Array, ""],
) -> Float[Array, "width width"]:
    """d h_L / d h_0 at inputs[example]; statistics of the batch are constants.

    Multiplied up from single layers along the skips, forwards: no code in common with `pull_back`.
    """
    steps = step_jacobians(parameters, compiled, propagate(parameters, compiled, inputs), example)

    def step(l, columns):
        through_layer = columns[l - 1] @ steps.branch[l - 1].T
        return columns.at[l].set(
            (through_layer + shortcuts(parameters, compiled, columns, l)) @ steps.after[l - 1].T
        )

    width = inputs.shape[1]
    columns = jnp.zeros((parameters.weights.shape[0] + 1, width, width), inputs.dtype)
    own = within(compiled, jnp.int32(0), jnp.eye(width, dtype=inputs.dtype))
    columns = lax.fori_loop(1, compiled.depth + 1, step, columns.at[0].set(own))
    return columns[compiled.depth].T
