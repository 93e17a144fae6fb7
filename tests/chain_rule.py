"""The chain rule by hand, layer by layer, in NumPy: an oracle for gradients with respect to
states.
"""

import numpy as np

from tests import oracle, tangents


def mean_square_gradients(
    topology,
    weights,
    states,
    readout,
    *,
    branch_scale=1.0,
    normalisation="none",
    activation="relu",
    post_norm="none",
    relu_after=False,
    relu_branch=False,
):
    """Mean squares over batch and units of the gradient of readout . h_L at every state; batch
    statistics are constants.

    states are those of `oracle.states`, or of any network without a ReLU on its branches' outputs.
    """
    arrived = [np.zeros_like(h) for h in states]
    arrived[-1] += readout
    slope = {
        "relu": lambda u: u > 0,
        "tanh": lambda u: 1 - np.tanh(u) ** 2,
        "linear": np.ones_like,
    }[activation]
    for l in range(topology.depth, 0, -1):
        landing = [skip for skip in topology.skips if skip.stop == l]
        scale = branch_scale if landing else 1.0
        h = states[l - 1]
        u = oracle.normalise(normalisation, h)
        output = oracle.ACTIVATIONS[activation](u) @ weights[l - 1]
        open_units = output > 0 if relu_branch else 1.0
        total = scale * output * open_units + sum(states[skip.start] for skip in landing)
        pulled = arrived[l] * (states[l] > 0) if relu_after else arrived[l]
        pulled = through_norm(post_norm, total, pulled)
        for skip in landing:
            arrived[skip.start] += pulled
        back = scale * ((pulled * open_units) @ weights[l - 1].T) * slope(u)
        arrived[l - 1] += through_norm(normalisation, h, back)
    return [(g**2).mean() for g in arrived]


def through_norm(kind, h, g):
    """From the gradient behind a normalisation of h to that in front of it."""
    return tangents.slopes(kind, h, g)  # all of these Jacobians are symmetric
