"""The ways of training that are compared are those of the papers."""

import numpy as np
import pytest

from reproduce.zero_branches import BRANCHES, arms


def test_left_out_up_to_a_half_leaves_three_quarters_of_the_branches():
    """(3 n - 1) / 4 of n, as Huang et al. (2016) count, and the first nearly always stays."""
    (stays,) = (arm[-1] for arm in arms() if arm[0] == "left out, up to 50 %")
    assert stays.sum() == pytest.approx((3 * BRANCHES - 1) / 4)
    assert stays[0, 0] == pytest.approx(1 - 0.5 / BRANCHES) and stays[-1, -1] == 0.5
    assert (np.diff(stays.ravel()) < 0).all()


def test_what_begins_at_nothing_writes_nothing():
    starts = {name: last * factor for name, last, factor, *_ in arms()}
    silent = {name for name, start in starts.items() if not start.any()}
    assert silent == {"last matrix 0", "learned factor, from 0"}
