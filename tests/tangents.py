"""The derivative along a direction a second time: NumPy, float64, layer by layer, statistics of
the batch held fixed.
"""

import numpy as np

from tests.oracle import normalise


def slopes(kind, h, d):
    """The derivative of normalise(kind, h) along d."""
    match kind:
        case "none" | "centre":
            return d
        case "batch":
            return d / np.sqrt(h.var(0) + 1e-6)
        case "layer":  # RMS norm of what is left without the mean
            h, d = (rows - rows.mean(1, keepdims=True) for rows in (h, d))
    size = (h**2).mean(1, keepdims=True) + 1e-6
    of_example = d / np.sqrt(size) - h * (h * d).mean(1, keepdims=True) / size**1.5
    return {"rms": of_example, "layer": of_example}[kind]


def prefixes(topology, weights, biases, inputs, tangent, *, branch_scale=1.0, normalisation="none"):
    """h_l and its derivative along tangent for l = 0 ... L, two lists. ReLU layers, identity
    skips.
    """
    h, d = (
        [np.asarray(inputs, np.float64)],
        [np.broadcast_to(tangent, np.shape(inputs)).astype(np.float64)],
    )
    for l in range(1, topology.depth + 1):
        seen, moved = normalise(normalisation, h[-1]), slopes(normalisation, h[-1], d[-1])
        state = np.maximum(seen, 0) @ weights[l - 1] + biases[l - 1]
        derivative = ((seen > 0) * moved) @ weights[l - 1]
        landing = [skip for skip in topology.skips if skip.stop == l]
        scale = branch_scale if landing else 1.0
        h.append(scale * state + sum(h[skip.start] for skip in landing))
        d.append(scale * derivative + sum(d[skip.start] for skip in landing))
    return h, d


def random_layers(rng, depth, width, weight_variance=2.0, bias=0.0):
    weights = rng.normal(size=(depth, width, width)) * np.sqrt(weight_variance / width)
    return weights, bias * rng.normal(size=(depth, width))


def correlation_at_every_depth(rng, topology, *, width, batch, **options):
    """R_0 ... R_L over all pairs of a random batch, of one network without biases."""
    weights, biases = random_layers(rng, topology.depth, width)
    _, derivatives = prefixes(
        topology,
        weights,
        biases,
        rng.normal(size=(batch, width)),
        rng.normal(size=width),
        **options,
    )
    found = []
    for d in derivatives:
        squares = (d**2).sum()
        found.append(((d.sum(0) ** 2).sum() - squares) / (batch - 1) / squares)
    return np.array(found)
