"""Small runs train every seed alike, and test on text that was kept back."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from lessons.residual_stream.small_runs import (
    CONTEXT,
    HELD_OUT_PIECES,
    SmallRun,
    draw_small,
    held_out_pieces,
)
from lessons.residual_stream.text import ALPHABET, held_out_text

pytestmark = pytest.mark.usefixtures("unoptimised")  # no lesson runs these programs


def test_pieces_are_of_the_text_that_was_kept_back_from_its_beginning_to_its_end():
    found, text = held_out_pieces(), held_out_text()
    assert found.shape == (HELD_OUT_PIECES, CONTEXT + 1)
    np.testing.assert_array_equal(found[0], text[: CONTEXT + 1])
    spacing = (len(text) - CONTEXT - 1) / HELD_OUT_PIECES
    start = int((HELD_OUT_PIECES - 1) * spacing)
    np.testing.assert_array_equal(found[-1], text[start : start + CONTEXT + 1])


@pytest.mark.slow
def test_training_a_table_of_single_characters_comes_near_their_entropy():
    """Scores that do not look at the text can at best know how frequent each character is."""
    run = SmallRun(
        lambda table, choice, text: jnp.broadcast_to(table, (*text.shape, len(ALPHABET)))
    )
    tables = jnp.zeros((2, len(ALPHABET)))
    trained, found = run.train(tables, np.int32(0), (0.001, 0.1), 200)
    assert trained.shape == (2, 2, len(ALPHABET)) and found.shape == (2, 2)
    counts = np.bincount(held_out_pieces()[:, 1:].ravel(), minlength=len(ALPHABET))
    shares = counts[counts > 0] / counts.sum()
    entropy = -(shares * np.log(shares)).sum()
    assert (entropy < found[1]).all() and (found[1] < entropy + 0.15).all()
    assert (found[0] > found[1]).all()


@pytest.mark.slow
def test_networks_of_different_seeds_are_different():
    drawn = draw_small(2, layers=1)
    for leaf in jax.tree.leaves(drawn):
        assert leaf.shape[0] == 2 and abs(np.corrcoef(*leaf.reshape(2, -1))[0, 1]) < 0.2
