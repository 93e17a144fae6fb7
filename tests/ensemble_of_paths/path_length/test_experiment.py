"""Path lengths of digit classifiers against closed forms; what ranges and sentences say."""

from math import comb

import numpy as np
import pytest

from lessons.ensemble_of_paths.path_length import experiment
from lessons.ensemble_of_paths.path_length.experiment import (
    LONGEST_SPAN,
    PLACEMENTS,
    measure_path_length,
    place_skips,
)
from lessons.ensemble_of_paths.path_length.measurement import PathLengthMeasurement
from lessons.errors import LearnerError, NetworkError
from lessons.network.topology import Skip, Topology


def before(**settings):
    return next(measure_path_length(**settings))


def averages(**settings):
    """Mean lengths, s and coherence over twelve networks."""
    found = [before(seed=seed, example=seed, **settings) for seed in range(12)]
    return [
        np.mean([getattr(m, name) for m in found], 0)
        for name in ("mean_lengths", "effective_depth", "coherence")
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (dict(branch_scale=1.0), 27),
        (dict(divided=True), 54 * (1 / 54) / (1 + 1 / 54)),
        (dict(branch_scale=0.5), 54 * 0.25 / 1.25),
        (dict(normalisation="pre-norm (RMS)"), sum(1 / l for l in range(2, 56))),
        (dict(normalisation="post-norm (RMS)"), 27),
        (dict(normalisation="pre-norm (layer)"), sum(1 / l for l in range(2, 56))),
        (dict(normalisation="post-norm (layer)"), 27),
        (dict(span=2), 27),
    ],
)
def test_mean_length_is_the_closed_form_in_expectation(settings, expected):
    """The sum of p_l; networks of width 32 lie up to 15 % from the wide ones that it holds for."""
    (vectors, quadrature, _), s, _ = averages(**settings)
    assert [vectors, quadrature, s] == pytest.approx([expected] * 3, rel=0.18)


def test_count_times_norm_is_the_binomial_with_the_norm_in_place_of_its_square():
    (_, _, product), _, coherence = averages(divided=True)
    beta = 54**-0.5
    assert product == pytest.approx(54 * beta / (1 + beta), rel=0.1)
    assert coherence == pytest.approx(1, abs=0.15)


def test_scaled_networks_of_any_depth_keep_a_mean_length_near_one():
    """n p with p = (1 / n) / (1 + 1 / n), over networks and inputs."""
    for layers in (27, 10):
        (_, quadrature, _), s, _ = averages(divided=True, layers=layers)
        assert [quadrature, s] == pytest.approx([layers / (layers + 1)] * 2, rel=0.15)


@pytest.mark.slow
def test_single_networks_scatter_around_the_range_that_the_lesson_states():
    """Pre-norm with batch norm by count x norm, 20 networks: 7 to 18 in the median, a layer or
    two to either side.
    """
    found = [
        before(seed=seed, example=seed, normalisation="pre-norm (batch)") for seed in range(20)
    ]
    ranges = np.array([m.range_of(2) for m in found])
    assert np.median(ranges, 0) == pytest.approx([7, 18], abs=1)
    assert (np.ptp(ranges, axis=0) >= 1).all() and (np.abs(ranges - [7, 18]) <= 4).all()


def test_the_shares_of_a_made_up_network_by_hand():
    squares = np.array([1.0, 8.0, 16.0])
    m = PathLengthMeasurement(
        topology=Topology.residual(2),
        vectors=np.array([1.0, 16.0, 16.0]),
        squares=squares,
        signal=np.array([0.5, 0.5, 0.0]),
    )
    np.testing.assert_allclose(m.single_norms, [1, 2, 4])
    np.testing.assert_allclose(
        m.shares, [[1 / 33, 16 / 33, 16 / 33], squares / 25, np.array([1, 4, 4]) / 9]
    )
    np.testing.assert_allclose(m.mean_lengths, [48 / 33, 40 / 25, 12 / 9])
    assert (m.mean_count, m.effective_depth, m.coherence) == pytest.approx((1, 0.5, 33 / 25))
    assert m.range_of(1) == (1, 2) and m.part_of_paths(1, 2) == 0.75


@pytest.mark.parametrize("scale", [0.05, 0.3, 1.0])
def test_the_range_is_the_shortest_that_holds_95_percent(scale):
    m = before(branch_scale=scale)
    for way, share in enumerate(m.shares):
        first, last = m.range_of(way)
        holding = [b - a for a in range(55) for b in range(a, 55) if share[a : b + 1].sum() >= 0.95]
        assert share[first : last + 1].sum() >= 0.95 - 1e-8 and last - first == min(holding)


def test_the_paper_s_part_of_the_paths():
    m = before()
    expected = sum(comb(54, k) for k in range(5, 18)) / 2**54
    assert m.part_of_paths(5, 17) == pytest.approx(
        expected, rel=1e-12
    ) and expected == pytest.approx(0.0045, abs=5e-5)


def test_a_plain_network_has_one_path():
    m = before(placement="first half only", layers=1, span=1)
    assert m.topology == Topology.residual(1)
    alone = next(
        experiment._measure(
            Topology.plain(9),
            experiment.compile_digit_topology(Topology.plain(9)),
            experiment.initial(0, 54),
            np.int32(0),
            0,
        )
    )
    assert alone.mean_lengths == pytest.approx([9, 9, 9]) and alone.coherence == pytest.approx(
        1, rel=1e-4
    )
    assert alone.summary.startswith(
        "9 layers, 1 path, before training, at one input. Mean length 9.0 over all paths"
    )


def test_placements():
    every, missing, half, longer, projecting = (
        place_skips(12, 2, placement) for placement in PLACEMENTS
    )
    assert len(every.skips) == 6 and set(every.skips) - set(missing.skips) == {Skip(6, 8)}
    assert half.skips == every.skips[:3]
    assert set(longer.skips) - set(every.skips) == {Skip(0, 4), Skip(4, 8), Skip(8, 12)}
    assert {skip.shortcut for skip in projecting.skips} == {"projection"}
    assert (
        max(skip.span for skip in place_skips(54, LONGEST_SPAN, "long skips too").skips)
        == 2 * LONGEST_SPAN
    )


@pytest.mark.parametrize(
    "wrong",
    [
        dict(layers=55),
        dict(layers=0),
        dict(span=0),
        dict(span=5),
        dict(layers=3, span=4),
        dict(branch_scale=np.nan),
        dict(branch_scale=9),
        dict(normalisation="group"),
        dict(placement="nowhere"),
        dict(example=64),
        dict(seed=-1),
    ],
)
def test_what_cannot_be_is_refused_at_the_call(wrong):
    with pytest.raises(LearnerError, match="must be"):
        measure_path_length(**wrong)


def test_overflow_is_said_in_words():
    compiled = experiment.compile_digit_topology(Topology.residual(54), branch_scale=900)
    with pytest.raises(NetworkError, match="float32"):
        next(
            experiment._measure(
                Topology.residual(54), compiled, experiment.initial(0, 54), np.int32(0), 0
            )
        )


@pytest.mark.usefixtures("unoptimised")  # 20 steps take less time than the program for them
@pytest.mark.slow
def test_training_yields_to_the_end_and_says_comparisons_only(monkeypatch):
    monkeypatch.setattr(experiment, "STEPS", 20)
    *_, last = measure_path_length(layers=6, divided=True)
    assert last.progress == 1 and last.step == 20 and last.test_error < 0.9
    assert (
        "after 20 steps on digits (one network, test error " in last.summary
        and last.summary.endswith(".")
    )
