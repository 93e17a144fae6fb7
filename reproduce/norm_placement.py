"""Lesson 7's panel on the place of the norm, over many seeds.

    python -m reproduce.norm_placement     40 seeds, each of four networks; a minute

Medians over the seeds, in brackets the least and the greatest. s is that of the closed form,
β² / (5/4 + β² l) per branch with pre-norm and β² / (1 + β²) with post-norm.
"""

import numpy as np

from lessons.residual_stream.norm_placement.experiment import measure_norm_placement
from lessons.residual_stream.norm_placement.measurement import FEED_FORWARD, PARTS, QUERIES, STREAM

from .table import print_table, spread

SEEDS = range(40)
LAYERS, SCALES = (1, 3, 6, 12, 24), (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)


def main():
    print_table(
        "The last layer's squared gradient with pre-norm over that with post-norm",
        ["layers", "β", *PARTS],
        (
            [layers, scale, *(_ratio(layers, scale, part) for part in PARTS)]
            for layers, scale in _settings()
        ),
    )
    print_table(
        "s, and the mean cosine of two places behind the last layer",
        ["layers", "β", "s, pre-norm", "cosine", "s, post-norm", "cosine"],
        ([layers, scale, *_alike(layers, scale)] for layers, scale in _settings()),
    )
    print_table(
        "The second feed-forward matrix's squared gradient in the last layer, mean",
        ["layers", "pre-norm", "post-norm"],
        ([layers, *_of_feed_forward(layers)] for layers in LAYERS),
    )
    print_table(
        "The stream's squared gradient over the closed form, 24 layers, mean",
        ["behind layer", "pre-norm", "post-norm"],
        _stream(24),
    )


def _settings():
    return [(layers, 1.0) for layers in LAYERS] + [(24, scale) for scale in SCALES[:-1]]


def _ratio(layers, scale, part):
    return spread([measure_norm_placement(layers, scale, part, seed).ratio for seed in SEEDS])


def _alike(layers, scale):
    branches = np.arange(1, 2 * layers + 1)
    before = (scale**2 / (5 / 4 + scale**2 * branches)).sum()
    behind = 2 * layers * scale**2 / (1 + scale**2)
    found = [
        measure_norm_placement(layers, scale, QUERIES, seed).alike_at_the_end for seed in SEEDS
    ]
    cosines = [spread(values, 3) for values in np.transpose(found)]
    return f"{before:.2f}", cosines[0], f"{behind:.2f}", cosines[1]


def _of_feed_forward(layers):
    found = [measure_norm_placement(layers, 1.0, FEED_FORWARD, seed).gradient for seed in SEEDS]
    return [f"{value:.2f}" for value in np.mean(found, (0, 2))[:, -1]]


def _stream(layers):
    found = [measure_norm_placement(layers, 1.0, STREAM, seed) for seed in SEEDS]
    quotient = np.mean([m.gradient for m in found], (0, 2)) / found[0].expected
    for layer in range(0, layers + 1, 4):
        yield layer, *(f"{value:.2f}" for value in quotient[:, layer])


if __name__ == "__main__":
    main()
