"""Two arms compared in pairs: the interval against another bootstrap, and verdicts on made-up
cells.
"""

import numpy as np
import pytest

from lessons.deep_or_ensemble.grid.measurement import VERDICTS, GridMeasurement, interval
from lessons.deep_or_ensemble.grid.store import ROWS, SEEDS, Cell, load
from lessons.paired_differences import student_interval

ROW, SIZES = next((row, sizes) for row, (_, sizes) in ROWS.items())


def measurement(**errors):
    cells = {
        (ROW, SIZES[0], name): Cell(
            row=ROW,
            examples=SIZES[0],
            arm=name,
            rate=0.01,
            stop=500,
            error=tuple(error),
            member_error=tuple(error),
            wrong=(0,) * SEEDS,
        )
        for name, error in errors.items()
    }
    return GridMeasurement(cells=cells, arm="deep", rival="wide", row=ROW, examples=SIZES[0])


def test_the_interval_is_that_of_a_bootstrap_by_chance(rng):
    differences = rng.normal(0.3, 1, size=SEEDS)
    means = differences[rng.integers(0, SEEDS, (200_000, SEEDS))].mean(1)
    np.testing.assert_allclose(interval(differences), np.percentile(means, [2.5, 97.5]), atol=0.02)


def test_equal_differences_leave_no_doubt_and_opposite_ones_much():
    np.testing.assert_allclose(interval(np.full(SEEDS, 0.2)), (0.2, 0.2))
    low, high = interval(np.array([-1.0, 1, -1, 1, 0]))
    assert low < -0.5 and high > 0.5


@pytest.mark.slow
def test_of_100_intervals_the_bootstrap_holds_the_truth_in_84_and_students_in_95(rng):
    """Five normal differences each; the share of 20 000 is known to within 0.003."""
    differences = rng.normal(size=(20, 1000, SEEDS))
    for between, share in ((interval, 0.84), (student_interval, 0.95)):
        held = [(low < 0) & (high > 0) for low, high in map(between, differences)]
        assert np.mean(held) == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize(
    ("deep", "wide", "verdict"),
    [
        (
            (1, 2, 3, 4, 5),
            (2, 4, 6, 8, 10),
            "arm",
        ),  # paired: half on every seed, though the two overlap
        ((2, 4, 6, 8, 10), (1, 2, 3, 4, 5), "rival"),
        ((1, 2, 3, 4, 5), (2, 1, 3, 5, 4), "not clear"),
        (
            (8, 9, 9, 7, 10),
            (10, 10, 10, 10, 10),
            "not clear",
        ),  # Student's interval holds 1, the bootstrap's does not
    ],
)
def test_verdicts_come_from_pairs(deep, wide, verdict):
    found = measurement(deep=deep, wide=wide)
    assert found.verdicts == [verdict] + [""] * 11
    assert np.isnan(found.ratios[1:]).all()
    assert found.ratios[0, 0] == pytest.approx(np.exp(np.mean(np.log(np.array(deep) / wide))))


def test_a_cell_is_clear_only_if_both_intervals_say_so():
    [low, high], [lowest, highest] = (
        measurement(deep=(8, 9, 9, 7, 10), wide=(10,) * 5).ratios[0, 1:].reshape(2, 2)
    )
    assert lowest < low < high < 1 < highest


def test_the_sentence_says_what_is_known_and_what_has_not_been_made():
    said = measurement(deep=(1, 2, 3, 4, 5), wide=(2, 4, 6, 8, 10)).summary
    assert said.startswith(
        "deep against wide in 1 cell: deep has the lower error in 1, wide in 0; not "
        "clear in 0. Here, digits, 50 examples: "
    )
    assert (
        "errors 3.0 and 6.0, ratio 0.50 (bootstrap 0.50 to 0.50, Student 0.50 to "
        "0.50). Only 2 of 96 cells have been made." in said
    )
    assert "not made yet" in measurement(deep=(1,) * 5).summary


@pytest.mark.parametrize(
    ("arm", "rival", "counts"),
    [
        ("deep", "12 × 1", (4, 5, 3)),
        ("deep", "4 × 3", (0, 9, 3)),
        ("deep", "2 × 6", (0, 4, 8)),
        ("deep", "plain", (8, 0, 4)),
        ("2 × 6", "4 × 3", (2, 7, 3)),
        ("12 × 1", "12 × 1 joint", (5, 4, 3)),
        ("4 deep", "deep", (12, 0, 0)),
        ("4 deep", "4 × 3", (4, 0, 8)),
    ],
)
def test_the_stored_grid_has_the_counts_that_lesson_6_names(arm, rival, counts):
    found = GridMeasurement(cells=load(), arm=arm, rival=rival, row=ROW, examples=SIZES[0]).verdicts
    assert tuple(map(found.count, VERDICTS)) == counts


def test_the_bootstrap_alone_would_call_ten_cells_clear_in_five_of_which_the_seeds_disagree():
    """Deep against 2 × 6, as lesson 6 says."""
    cells = load()
    found = GridMeasurement(cells=cells, arm="deep", rival="2 × 6", row=ROW, examples=SIZES[0])
    alone = [
        place
        for place, (_, low, high, *_) in zip(found.comparisons, found.ratios, strict=True)
        if high < 1 or low > 1
    ]
    signs = [
        {
            deep > ensemble
            for deep, ensemble in zip(
                cells[(*place, "deep")].error, cells[(*place, "2 × 6")].error, strict=True
            )
        }
        for place in alone
    ]
    assert len(alone) == 10 and sum(len(one) == 2 for one in signs) == 5
