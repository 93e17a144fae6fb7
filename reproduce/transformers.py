"""The two transformers of lesson 7 with other seeds and rates: what they know in the end.

    python -m reproduce.transformers       seven minutes of two cores

Nats per character on text that was kept back from training: ln 35 = 3.56 is blind guessing, 2.95
what one who knows how common each character is has. Then what of the stored networks' streams
differs from place to place.
"""

import jax
import numpy as np

from lessons.residual_stream.stored import DESIGNS, KINDS, RATE, STEPS, initial, trained_pair
from lessons.residual_stream.text import ALPHABET, CONTEXT, held_out_text
from lessons.residual_stream.training import held_out_surprise, train_transformers
from lessons.residual_stream.transformer import normalise, streams

RUNS = [(kind, RATE, seed) for kind in KINDS for seed in range(3)]
RUNS += [("plain", rate, 0) for rate in (0.0006, 0.002)]


def main():
    counts = np.bincount(held_out_text(), minlength=len(ALPHABET))
    shares = counts[counts > 0] / counts.sum()
    print(f"how common each character is: {-(shares * np.log(shares)).sum():.3f} nats")
    print(f"after {STEPS} steps:")
    for kind, rate, seed in RUNS:
        print(
            f"  {kind:8}  rate {rate:<6g}  seed {seed}  {trained(kind, rate, seed):.3f}", flush=True
        )

    print_places()


def print_places():
    """How much of the stored networks' streams differs from place to place."""
    text = held_out_text()
    pieces = np.stack([text[start : start + CONTEXT] for start in range(0, 6000, 300)])
    for when, pair in (("before training", initial()), ("trained", trained_pair())):
        for kind, network, arm in zip(KINDS, pair.networks, DESIGNS, strict=True):
            shares = differing(jax.jit(streams)(network, arm, pieces))
            print(f"{kind}, {when}: " + ", ".join(f"{share:.2g}" for share in shares))


def differing(stream):
    """The part of the normalised stream's square that is no mean over places, (states,)."""
    rows = np.asarray(normalise(stream), np.float64)
    apart = rows - rows.mean(2, keepdims=True)
    return ((apart**2).sum((2, 3)) / (rows**2).sum((2, 3))).mean(1)


def trained(kind, rate, seed):
    """What one of them has learned."""
    number = KINDS.index(kind)
    start = jax.tree.map(lambda p: p[None], initial(seed).networks[number])
    options = dict(rates=[rate], steps=STEPS, seed=seed, chunk=100)
    *_, last = train_transformers(start, DESIGNS[number], **options)
    only = jax.tree.map(lambda p: p[0, 0], last.parameters)
    return held_out_surprise(only, DESIGNS[number])


if __name__ == "__main__":
    main()
