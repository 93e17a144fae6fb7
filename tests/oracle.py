"""The network a second time, from its definition: NumPy, float64, one layer after the other, no
padding.
"""

import numpy as np

ACTIVATIONS = {"relu": lambda h: np.where(h > 0, h, 0), "tanh": np.tanh, "linear": lambda h: h}


def normalise(kind, h, statistics=None):
    """h (batch, width); statistics (mean, variance) of another batch may take the place of its
    own.
    """
    match kind:  # what is not asked for would take most of the time of all oracles
        case "none":
            return h
        case "rms":
            return h / np.sqrt((h**2).mean(1, keepdims=True) + 1e-6)
        case "layer":
            return normalise("rms", h - h.mean(1, keepdims=True))
    mean, variance = statistics or (h.mean(0), h.var(0))
    return {"centre": h - mean, "batch": (h - mean) / np.sqrt(variance + 1e-6)}[kind]


def states(
    topology,
    weights,
    biases,
    inputs,
    *,
    branch_scale=1.0,
    normalisation="none",
    activation="relu",
    post_norm="none",
    relu_branch=False,
    relu_after=False,
    projections=(),
    like=None,
):
    """h_0 ... h_L as a list. `like` is another run's list, whose batch statistics are used
    instead of its own.
    """
    projecting = [skip for skip in topology.skips if skip.shortcut == "projection"]
    h = [np.asarray(inputs, np.float64)]
    for l in range(1, topology.depth + 1):
        seen = like and (like[l - 1].mean(0), like[l - 1].var(0))
        branch = (
            ACTIVATIONS[activation](normalise(normalisation, h[l - 1], seen)) @ weights[l - 1]
            + biases[l - 1]
        )
        branch = np.maximum(branch, 0) if relu_branch else branch
        landing = [skip for skip in topology.skips if skip.stop == l]
        total = branch_scale * branch if landing else branch
        for skip in landing:
            total = total + carried(skip, h[skip.start], total.shape[1], projections, projecting)
        total = normalise(post_norm, total)
        h.append(np.maximum(total, 0) if relu_after else total)
    return h


def carried(skip, h, width, projections, projecting):
    """What a skip adds to the state where it lands."""
    if skip.shortcut == "projection":
        return h @ projections[projecting.index(skip)]
    if skip.shortcut == "pad":
        return np.pad(h, ((0, 0), (0, max(0, width - h.shape[1]))))[:, :width]
    return h


def central_differences(function, inputs, step=1e-6):
    """d function / d inputs, of shape (*function's result, *inputs.shape)."""
    columns = []
    for index in np.ndindex(inputs.shape):
        up, down = inputs.copy(), inputs.copy()
        up[index] += step
        down[index] -= step
        columns.append((function(up) - function(down)) / (2 * step))
    return np.stack(columns, -1).reshape(*np.shape(columns[0]), *inputs.shape)
