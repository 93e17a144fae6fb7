"""Lesson 7: branches that begin at nothing, and branches that are left out at random.

    python -m reproduce.zero_branches [seeds]     five seeds; three minutes

Transformers of 6 layers, 12 branches, and width 32, with pre-norm, learn to say the next
character: 300 steps of Adam on 8 pieces of 32 characters, warmed up. s = p_1 + ... + p_12 over the
text that was held back, before training and after; surprise in nats, and paired differences from
the transformer as it is.

Begin at nothing: the last matrix of every branch is 0 (Zhang et al., 2019, arXiv:1901.09321), or a
number in front of it that is learned (Bachlechner et al., 2020, arXiv:2003.04887); here with the
norm, which these papers do without. Left out: in each step branch l stays with probability
1 - (1 - P) l / n, and is weighed by that afterwards (Huang et al., 2016, arXiv:1603.09382).
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np

from lessons.residual_stream.training import surprise
from lessons.residual_stream.transformer import PRE_NORM, streams

from .small_transformers import batch, held_out, held_out_pieces, initial, trained
from .table import pairs, print_table, spread

SEEDS, STEPS, RATES, LAYERS = 5, 300, (0.003, 0.01), 6
BRANCHES = 2 * LAYERS
HEADER = ["branches", "rate", "s before", "s after", "held out, nats", "minus as they are"]


def arms():
    """(name, factor of the last matrices, factor of each branch, whether that is learned, part of
    the steps in which each branch stays).
    """
    whole, last = np.ones((LAYERS, 2), np.float32), np.arange(1, BRANCHES + 1) / BRANCHES
    stays = lambda end: (1 - (1 - end) * last).reshape(LAYERS, 2).astype(np.float32)
    yield "as they are", 1.0, whole, False, whole
    yield "β = 1/√12", 1.0, whole * np.float32(BRANCHES**-0.5), False, whole
    yield "last matrix 0", 0.0, whole, False, whole
    yield "learned factor, from 0", 1.0, 0 * whole, True, whole
    yield "learned factor, from 1", 1.0, whole, True, whole
    yield "left out, up to 20 %", 1.0, whole, False, stays(0.8)
    yield "left out, up to 50 %", 1.0, whole, False, stays(0.5)


def weighed(parameters, factors):
    """The transformer whose branches carry these factors, (layers, 2)."""
    of_attention, of_feed_forward = factors[:, 0, None, None], factors[:, 1, None, None]
    return parameters._replace(
        back=parameters.back * of_attention, outer=parameters.outer * of_feed_forward
    )


def loss(learner, compiled, text, key):
    """The surprise at a fresh batch, with the branches that stay in this step."""
    (parameters, factors), (learned, stays) = learner, compiled
    text_key, branch_key = jax.random.split(key)
    there = jax.random.bernoulli(branch_key, stays).astype(factors.dtype)
    fixed = jax.lax.stop_gradient(factors)
    factors = jnp.where(learned, factors, fixed) * there
    return surprise(weighed(parameters, factors), PRE_NORM, batch(text, text_key))


@jax.jit
def effective_depth(parameters, some):
    """s = sum of p_l, p_l = |branch|² / (|stream|² + |branch|²), means over all places."""

    def of_one(parameters):
        found = streams(parameters, PRE_NORM, some[:, :-1])
        square = lambda rows: (rows**2).sum(-1).mean((1, 2))
        added, carried = square(found[1:] - found[:-1]), square(found[:-1])
        return (added / (carried + added)).sum()

    return jax.vmap(jax.vmap(of_one))(parameters)


def main(seeds=SEEDS):
    print_table(f"{LAYERS} layers, {STEPS} steps, {seeds} seeds", HEADER, _rows(seeds))


def _rows(seeds):
    usual, some = None, held_out_pieces()[:16]
    for name, last, factor, learned, stays in arms():
        first = initial(LAYERS, seeds)
        first = first._replace(back=first.back * last, outer=first.outer * last)
        factors = jnp.broadcast_to(factor, (seeds, *factor.shape))
        compiled = np.bool_(learned), stays
        learner = trained((first, factors), compiled, seeds, RATES, STEPS, loss=loss)
        before = jax.vmap(weighed)(first, factors * stays)
        after = jax.vmap(jax.vmap(weighed))(learner[0], learner[1] * stays)
        start = effective_depth(jax.tree.map(lambda p: p[None], before), some)[0]
        end, found = effective_depth(after, some), held_out(after, PRE_NORM)
        first_arm, usual = usual is None, found if usual is None else usual
        for rate, depths, one, other in zip(RATES, end, found, usual, strict=True):
            said = f"{np.median(one):.3f} ({one.min():.3f} to {one.max():.3f})"
            gain = "" if first_arm else pairs(one - other)
            yield name, rate, spread(start), spread(depths), said, gain


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
