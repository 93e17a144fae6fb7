"""One number for plain, residual and pre-norm networks: the effective depth s that rules how far
gradients shatter.
"""

from functools import lru_cache

import numpy as np

from ...errors import real_number, whole_number
from ...network.topology import MAX_DEPTH
from ..gradient_correlation import RANDOM, compile_pairs, moments_of_networks
from ..theory import followed, small_steps
from .measurement import OneNumberMeasurement

MAX_NETWORKS, NARROWEST, WIDEST = (
    8,
    20,
    100,
)  # six arms each: more or wider ones would keep the learner waiting
FIXED_SCALES = (1.0, 0.5, 0.25)
REFERENCE = np.arange(0, 16.25, 0.25)


def measure_one_number(
    depth: int = 54,
    branch_scale: float = 0.1,
    centred: bool = True,
    width: int = 100,
    networks: int = 3,
    seed: int = 0,
) -> OneNumberMeasurement:
    """Networks seed, seed + 1, ... of 64 layers on 64 random inputs: plain, residual with four
    branch scales, and pre-norm.

    Centred means that all subtract the batch mean, and pre-norm is batch norm in front of each
    branch; otherwise nothing is subtracted, and pre-norm is RMS norm. Raises LearnerError.
    """
    whole_number("depth", depth, 1, MAX_DEPTH)
    whole_number("width", width, NARROWEST, WIDEST)
    whole_number("networks", networks, 1, MAX_NETWORKS)
    branch_scale = real_number("branch scale", branch_scale, 0, 100)
    compile_pairs()
    undivided, divided = ("centre", "batch") if centred else ("none", "rms")
    scales = (*FIXED_SCALES, branch_scale)
    pre_norm = f"pre-norm ({'batch' if centred else 'RMS'})"
    arms = [
        (True, 1.0, undivided),
        *((False, scale, undivided) for scale in scales),
        (False, 1.0, divided),
    ]
    found = moments_of_networks(range(seed, seed + networks), arms, RANDOM, width)
    return OneNumberMeasurement(
        depth=depth,
        centred=centred,
        networks=networks,
        width=width,
        names=("plain", *(f"residual, β = {scale:g}" for scale in scales), pre_norm),
        effective_depths=np.array(
            [
                np.mean([_effective_depth(arm[0], one) for one in ones], 0)
                for arm, ones in zip(arms, found, strict=True)
            ]
        ),
        correlations=np.array(
            [
                np.mean([one.all_pairs / one.squares for one in ones], 0, np.float64)
                for ones in found
            ]
        ),
        reference=REFERENCE,
        large_steps=_plain_theory(undivided),
        small_steps=_small_steps(centred),
    )


def _effective_depth(plain, moments):
    """s_0 ... s_64: an uncorrelated branch takes the square from r_(l-1) to r_l, so that its
    part is 1 - r_(l-1) / r_l.
    """
    if plain:
        return np.arange(MAX_DEPTH + 1.0)
    squares = moments.squares.astype(np.float64)
    return np.concatenate([[0.0], np.cumsum(1 - squares[:-1] / squares[1:])])


@lru_cache(maxsize=2)
def _small_steps(centred):
    return small_steps(REFERENCE, centred)


@lru_cache(maxsize=2)
def _plain_theory(normalisation):
    """R of plain networks between whole depths too, where its logarithm is taken as straight."""
    whole = np.arange(int(REFERENCE[-1]) + 1)
    return np.exp(
        np.interp(REFERENCE, whole, np.log(followed(whole[-1], RANDOM, None, normalisation)))
    )
