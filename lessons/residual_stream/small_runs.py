"""Small transformers trained side by side for the comparisons of this lesson's folds."""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ..network.arrays import Array, Int
from ..network.training import train
from .text import held_out_text, training_text
from .training import even_pieces, pieces, surprise_at, warmed_up
from .transformer import Parameters, draw

LAYERS, WIDTH, INNER, CONTEXT, BATCH = 6, 32, 64, 32, 8
HELD_OUT_PIECES = 256
Scores = Callable[[Any, Any, Array], Array]


def draw_small(seeds: int, layers: int = LAYERS) -> Parameters:
    """Independent transformers of width 32, every array (seeds, ...)."""
    small = partial(draw, layers=layers, width=WIDTH, inner=INNER, context=CONTEXT)
    return jax.vmap(small)(jax.random.split(jax.random.key(0), seeds))


class SmallRun:
    """Training and testing of whatever makes scores of a text: scores(parameters, choice, text)."""

    def __init__(self, scores: Scores):
        self.loss = lambda parameters, choice, text, key: self._of(
            parameters, choice, pieces(text, key, BATCH, CONTEXT + 1)
        )
        self._of = lambda parameters, choice, text: surprise_at(
            scores(parameters, choice, text[..., :-1]), text
        )
        self._test = jax.jit(jax.vmap(jax.vmap(self._of, (0, None, None)), (0, None, None)))

    def train(self, parameters: Any, choice: Any, rates, steps: int) -> tuple[Any, np.ndarray]:
        """The trained parameters, every array (rates, seeds, ...), and their surprise at the text
        that was kept back, nats, (rates, seeds). A seed has the same batches whatever is trained.
        """
        keys = jax.random.split(jax.random.key(1), jax.tree.leaves(parameters)[0].shape[0])
        text = jnp.asarray(training_text())
        options = dict(learning_rates=rates, steps=steps, chunk=100, optimiser=warmed_up)
        *_, last = train(self.loss, parameters, choice, text, keys, **options)
        return last.parameters, np.asarray(self._test(last.parameters, choice, held_out_pieces()))


def held_out_pieces() -> Int[np.ndarray, "pieces places+1"]:
    """Evenly from the text that was kept back from training."""
    return even_pieces(held_out_text(), HELD_OUT_PIECES, CONTEXT + 1)
