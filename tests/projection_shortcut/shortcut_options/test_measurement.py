"""Options that share starts, batches and splits are compared in pairs: verdicts on made-up errors
and losses.
"""

import numpy as np
import pytest

from lessons.projection_shortcut.shortcut_options.experiment import OPTIONS
from lessons.projection_shortcut.shortcut_options.measurement import OptionsMeasurement

EASY_AND_HARD = np.array(
    [0.02, 0.04, 0.06, 0.08, 0.10]
)  # the five seeds differ more than the options do
SLIGHTLY = np.array([0.020, 0.022, 0.018, 0.021, 0.019])


def measurement(errors=None, losses=None):
    """All options alike but for the ones that are given."""
    rows = dict.fromkeys(OPTIONS, EASY_AND_HARD) | (errors or {})
    levels = dict.fromkeys(OPTIONS, EASY_AND_HARD) | (losses or {})
    curves = np.repeat(np.array([levels[option] for option in OPTIONS])[..., None], 10, axis=2)
    return OptionsMeasurement(
        sizes=(64, 32, 16),
        blocks=6,
        learning_rate=0.002,
        normalisation="none",
        seed=0,
        options=OPTIONS,
        parameters=(1,) * 5,
        step=np.arange(10, 101, 10),
        losses=curves,
        errors=np.array([rows[option] for option in OPTIONS]),
    )


def test_a_small_difference_in_every_pair_is_clear_though_the_seeds_overlap():
    found = measurement(errors={"C": EASY_AND_HARD + SLIGHTLY})
    assert "test error, A and B not clear, C more than 1 point above B" in found.summary
    assert (
        "C more than 1 point below B" in measurement(errors={"B": EASY_AND_HARD + SLIGHTLY}).summary
    )
    low, high = found.error_difference("C", "B")
    assert 0.017 < low < SLIGHTLY.mean() < high < 0.023
    assert found.error_difference("B", "C") == pytest.approx([-high, -low])


def test_the_same_errors_in_another_order_of_the_seeds_are_not_clear():
    shuffled = (EASY_AND_HARD + SLIGHTLY)[[3, 0, 4, 1, 2]]
    assert "C and B not clear" in measurement(errors={"C": shuffled}).summary


def test_a_difference_of_less_than_a_point_is_left_to_the_machine():
    found = measurement(errors={"C": EASY_AND_HARD + SLIGHTLY / 2})
    assert found.error_difference("C", "B")[0] > 0 and "C and B not clear" in found.summary


def test_losses_are_compared_by_their_ratios():
    found = measurement(losses={"C": 2 * EASY_AND_HARD, "C from I": 0.5 * EASY_AND_HARD})
    assert found.summary.endswith("training loss, C above B, C from I below B.")
    np.testing.assert_allclose(found.loss_ratio("C", "C from I"), 4)


def test_a_run_that_diverged_leaves_the_order_open():
    diverged = np.array([*EASY_AND_HARD[:4], np.inf])
    found = measurement(losses={"C": diverged, "B": diverged})
    assert (
        np.isnan(found.loss_ratio("C", "B")).all()
        and "training loss, C and B not clear" in found.summary
    )


def test_nothing_is_compared_before_all_options_are_trained():
    found = measurement()
    found.losses[-1] = np.nan
    assert "pairs" not in found.summary
