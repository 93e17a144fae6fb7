"""Lesson 7: which branches of a trained transformer can go, and how long its paths are.

    python -m reproduce.transformer_branches [seeds]     3 seeds, some minutes

Transformers of ten branches for each seed, trained as those that are stored, with skips and
without. Surprise is that on 64 pieces of text that were kept back. Shares and path lengths are
those of the gradient of the surprise at TEXTS pieces, their means.
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np
from scipy.stats import spearmanr

from lessons import instruments
from lessons.residual_stream.branches.blocks import branches_of, damaged, lesion
from lessons.residual_stream.stored import BRANCHES, DESIGNS, initial, trained_pair, training
from lessons.residual_stream.text import ALPHABET, CONTEXT, held_out_text, training_text
from lessons.residual_stream.training import held_out_surprise, surprise_of
from lessons.residual_stream.transformer import embed

from .table import pairs, print_table, spread

PIECES, TEXTS, PROBES = 64, 4, 48
CHEAP = 0.15  # nats per character that a branch may cost to be called one that can go


def main(seeds: int = 3):
    networks = [list(_networks(seed)) for seed in range(seeds)]
    rises = report_lesions(networks)
    report_lengths(networks, rises)


def _networks(seed):
    """Before training with β = 1 and as it begins, after training, and without skips."""
    scaled, drawn = initial(seed).networks
    *_, last = training(seed) if seed else [trained_pair()]  # seed 0 is stored
    yield from (drawn, scaled, *last.networks)
    print(f"seed {seed} is trained", flush=True)


def pieces(count: int):
    """So many pieces of the text that was kept back, evenly spread, (count, 65)."""
    text = held_out_text()
    starts = np.arange(count) * (len(text) - CONTEXT - 1) // count
    return jnp.asarray(text[starts[:, None] + np.arange(CONTEXT + 1)])


def characters_alone() -> float:
    """Surprise of whoever knows only how common each character is."""
    common = np.bincount(training_text(), minlength=len(ALPHABET))
    return float(-np.log(common / common.sum())[np.asarray(pieces(PIECES))[:, 1:]].mean())


def _lesions(parameters):
    parameters, text = jax.tree.map(jnp.asarray, parameters), pieces(PIECES)
    metric = lambda network: surprise_of(parameters, network(embed(parameters, text[:, :-1])), text)
    return instruments.lesions(branches_of(parameters), metric)


@jax.jit
def _without_skips(parameters, order, kept, text):
    last = damaged(parameters, jnp.float32(0), order, kept, text[:, :-1])
    return surprise_of(parameters, last, text)


def report_lesions(networks):
    found = [_lesions(trained) for _, _, trained, _ in networks]
    whole = np.array([one.whole for one in found])
    rises = np.array([one.deleted for one in found]) - whole[:, None]
    matrices = np.array([one.exchanged for one in found]) - whole[:, None, None]
    neighbours = np.array([np.diag(matrix, 1) for matrix in matrices])
    plain = np.array([held_out_surprise(one[3], DESIGNS[1]) for one in networks])
    print(f"\nwhole {spread(whole, 3)}, without skips {spread(plain, 3)}, ", end="")
    print(f"characters alone {characters_alone():.3f}")
    header = ("rise of the surprise", *map(str, range(1, BRANCHES + 1)))
    rows = [
        ("deleted", *(spread(rises[:, k]) for k in range(BRANCHES))),
        ("exchanged with the next", *(spread(neighbours[:, k]) for k in range(BRANCHES - 1)), ""),
    ]
    print_table(
        f"Nats per character, median (least to greatest) of {len(whole)} seeds", header, rows
    )
    attention, forward = rises[:, 2::2].mean(1), rises[:, 3::2].mean(1)
    exchange = matrices[:, 0, -1], matrices[:, 4, 5]
    rows = [
        ("branches that cost at most " + str(CHEAP), spread((rises <= CHEAP).sum(1))),
        ("branch 1 - mean of branches 3 to 10", pairs(rises[:, 0] - rises[:, 2:].mean(1))),
        ("branch 2 - mean of branches 3 to 10", pairs(rises[:, 1] - rises[:, 2:].mean(1))),
        ("attention - feed-forward, branches 3 to 10", pairs(attention - forward)),
        ("first and last exchanged", spread(exchange[0])),
        ("5 and 6 exchanged", spread(exchange[1])),
        (
            "deleted - exchanged with the next, 3 to 9",
            pairs((rises - _padded(neighbours))[:, 2:9].mean(1)),
        ),
    ]
    print_table("Lesions", ("", "nats per character"), rows)
    gone = [_deleted_without_skips(one[3]) for one in networks]
    print("\nwithout skips, any one branch deleted:", spread(np.concatenate(gone), 3))
    return rises


def _padded(neighbours):
    return np.concatenate([neighbours, np.full((len(neighbours), 1), np.nan)], axis=1)


def _deleted_without_skips(parameters):
    text = pieces(PIECES)
    gone = [lesion(BRANCHES, (branch,)) for branch in range(1, BRANCHES + 1)]
    return [float(_without_skips(parameters, *one, text)) for one in gone]


def _lengths(parameters):
    """Means over the texts: s by signal and gradient, mean length as vectors and in quadrature,
    coherence; and p_l by signal and by gradient.
    """
    parameters, blocks, rows = jax.tree.map(jnp.asarray, parameters), branches_of(parameters), []
    for text in pieces(TEXTS):
        first = last = embed(parameters, text[:-1])
        for block in blocks:
            last = last + block(last)
        gradient = jax.grad(lambda last: surprise_of(parameters, last, text))(last)
        shares = instruments.shares(blocks, first, gradient)
        paths = instruments.path_lengths(blocks, first, gradient, probes=PROBES)
        depths = shares.signal_depth, shares.gradient_depth
        rows.append(
            [*depths, *paths.mean_lengths[:2], paths.coherence, *shares.signal, *shares.gradient]
        )
    return np.mean(rows, axis=0)


def report_lengths(networks, rises):
    kinds = ("before, β = 1", "before, β = 1/√n", "after training")
    found = np.array([[_lengths(each) for each in one[:3]] for one in networks])
    quantities = (
        "s by signal",
        "s by gradient",
        "mean length, vectors",
        "in quadrature",
        "coherence",
    )
    rows = [
        (kind, *(spread(found[:, k, q]) for q in range(len(quantities))))
        for k, kind in enumerate(kinds)
    ]
    harmonic = sum(1 / k for k in range(1, BRANCHES + 2)) - 1
    title = f"n/2 = {BRANCHES / 2}, H(n+1) - 1 = {harmonic:.2f}; {len(networks)} seeds"
    print_table(title, ("network", *quantities), rows)
    change = found[:, 2, :5] - found[:, 1, :5]
    print_table("After - before", quantities, [[pairs(change[:, q]) for q in range(5)]])
    for name, first in (("signal", 5), ("gradient", 5 + BRANCHES)):
        columns = [spread(found[:, 2, first + k]) for k in range(BRANCHES)]
        rows = [(f"after training, by {name}", *columns)]
        columns = [spread(found[:, 1, first + k]) for k in range(BRANCHES)]
        rows.append((f"before, by {name}", *columns))
        print_table("p_l", ("branch", *map(str, range(1, BRANCHES + 1))), rows)
        shares = found[:, 2, first : first + BRANCHES]
        ranks = [spearmanr(*pair).statistic for pair in zip(shares, rises, strict=True)]
        print(f"\nrank correlation of p_l by {name} with what a branch costs: {spread(ranks)}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
