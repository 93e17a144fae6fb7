"""The panel's sentence and what it compares with."""

from fractions import Fraction

import numpy as np
import pytest

from lessons.residual_stream.transformer_paths.measurement import StoredPaths, shown

LENGTHS = 11
RECORD = StoredPaths(
    vectors=np.full(LENGTHS, 2.0),
    squares=np.ones(LENGTHS),
    signal=np.eye(LENGTHS)[3],
    squares_error=np.zeros(LENGTHS),
    quadrature_error=0.0,
    gradient_depth=4.2,
)


def test_the_harmonic_number_begins_at_a_half():
    exact = sum(Fraction(1, k) for k in range(1, LENGTHS + 1)) - 1
    assert shown(RECORD, "after training", 1).harmonic == pytest.approx(float(exact))


def test_the_sentence_says_the_mean_length_first_and_all_it_is_compared_with():
    assert shown(RECORD, "after training", 1).summary == (
        "5.0 of 10 branches is the mean length of the gradient's paths in quadrature, after "
        "training; s = 3.0 by the signal, 4.2 by the gradient. To compare: n/2 = 5.0, H_11 − 1 = "
        "2.0. Coherence 2.0."
    )
