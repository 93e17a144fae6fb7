"""What the tables of reproduce/ are made of: intervals of paired differences, sampled paths and
their norms.
"""

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from lessons.ensemble_of_paths.path_length.experiment import BATCH, measure_path_length
from lessons.network.digit_networks import components, initial
from reproduce import path_samples
from reproduce.lesions import _shares, compiled_topologies
from reproduce.table import pairs, spread


def test_paired_differences_have_student_s_interval(rng):
    differences = rng.normal(1, 2, size=9)
    low, high = ttest_1samp(differences, 0).confidence_interval(0.95)
    above = (differences > 0).sum()
    assert (
        pairs(differences)
        == f"{differences.mean():+.3g} ({low:+.3g} to {high:+.3g}), above 0 in {above} of 9"
    )


def test_a_spread_names_the_median_and_both_ends():
    assert spread([3, 1, 2, 50]) == "2.5 (1 to 50)"


def test_sampled_paths_have_their_length_and_pass_every_block_equally_often():
    passes = path_samples._paths(0)
    np.testing.assert_array_equal(
        passes.sum(2), np.arange(55)[:, None].repeat(path_samples.SAMPLES, 1)
    )
    share, deviation = passes[27].mean(0), 0.5 / np.sqrt(path_samples.SAMPLES)
    assert np.abs(share - 0.5).max() < 4 * deviation


@pytest.mark.slow
def test_the_shortest_and_the_longest_path_have_the_norms_of_the_exact_sums():
    """There is one path of each of these lengths, so that its sampled mean is its norm."""
    kind = "none"  # with pre-norm the longest paths are smaller than any float32
    exact = next(measure_path_length(normalisation=kind)).single_norms
    inputs = components().test_inputs[:BATCH]
    found = np.asarray(
        path_samples._mean_norms(
            initial(0), path_samples._compiled(kind), inputs, path_samples._paths(0)
        )
    )
    assert exact[54] > 1e-6 and found[[0, 54]] == pytest.approx(exact[[0, 54]], rel=1e-3)
    assert (
        found[1:54] < 1.1 * exact[1:54]
    ).all()  # a mean is no greater than a root mean square, but for the sampling


def test_shares_of_unscaled_blocks_are_one_half_before_training():
    shares = np.mean(
        [
            _shares(initial(seed).network, compiled_topologies()[1], components().test_inputs[:64])
            for seed in range(10)
        ],
        axis=0,
    )
    assert shares == pytest.approx(np.full(12, 0.5), abs=0.1)
