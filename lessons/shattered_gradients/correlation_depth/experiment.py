"""How fast the gradients at two inputs lose their correlation with depth, beside three theorems
and their correction.
"""

from functools import lru_cache

import numpy as np

from ...errors import one_of, real_number, whole_number
from ...network.normalisations import named
from ...network.topology import MAX_DEPTH
from ..gradient_correlation import RANDOM, compile_pairs, moments_of_networks
from ..theory import followed, paper_law
from .measurement import PAIRS, RANDOM_BATCH, CorrelationDepthMeasurement

MAX_NETWORKS, NARROWEST, WIDEST = 20, 20, 200
HE, LOOKS_LINEAR = "He", "looks-linear"
AXES = ("linear", "log", "log-log")


def measure_correlation_depth(
    inputs: str = RANDOM_BATCH,
    angle: float = RANDOM,
    branch_scale: float = 1.0,
    normalisation: str = "batch",
    initialisation: str = HE,
    width: int = 100,
    networks: int = 5,
    seed: int = 0,
    axes: str = "linear",
) -> CorrelationDepthMeasurement:
    """Networks seed, seed + 1, ... of 64 layers without biases, plain and with a skip over every
    layer, on 64 inputs each.

    The inputs are N(0, I): 32 pairs at `angle` degrees, or independent, where all pairs count.
    Statistics of the batch are frozen. Raises LearnerError.
    """
    random = one_of("inputs", inputs, (PAIRS, RANDOM_BATCH)) == 1
    linear = one_of("initialisation", initialisation, (HE, LOOKS_LINEAR)) == 1
    named(normalisation)
    one_of("axes", axes, AXES)
    angle = RANDOM if random else real_number("angle", angle, 0, 180)
    branch_scale = real_number("branch scale", branch_scale, 0, 100)
    whole_number("width", width, NARROWEST, WIDEST)
    whole_number("networks", networks, 1, MAX_NETWORKS)
    compile_pairs()
    arms = (True, 1.0), (False, branch_scale)
    moments = moments_of_networks(
        range(seed, seed + networks), arms, normalisation, angle, width, linear
    )
    paper, theory = zip(
        *(_laws(angle, scale, normalisation) for scale in (None, branch_scale)), strict=True
    )
    return CorrelationDepthMeasurement(
        inputs=inputs,
        angle=angle,
        branch_scale=branch_scale,
        normalisation=normalisation,
        initialisation=initialisation,
        width=width,
        axes=axes,
        found=np.array([[_correlation(one, random) for one in arm] for arm in moments]),
        shared=np.array([[one.shared for one in arm] for arm in moments], np.float64),
        paper=np.array(paper),
        followed=np.ones((2, MAX_DEPTH + 1)) if linear else np.array(theory),
    )


@lru_cache(maxsize=64)
def _laws(angle, branch_scale, normalisation):
    return paper_law(MAX_DEPTH, branch_scale, normalisation), followed(
        MAX_DEPTH, angle, branch_scale, normalisation
    )


def _correlation(moments, random):
    products = moments.all_pairs if random else moments.pairs
    return products.astype(np.float64) / moments.squares
