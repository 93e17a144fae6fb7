"""The gradient at the input grows as the closed forms say."""

import numpy as np
import pytest

from lessons.depth_and_gradients.growth.experiment import measure_growth
from lessons.depth_and_gradients.theory import plain_growth, residual_growth
from lessons.errors import LearnerError

SEEDS = range(5)


@pytest.mark.parametrize(("variance", "scale"), [(1.0, 1.0), (2.0, 0.2), (3.0, 0.5)])
@pytest.mark.slow
def test_per_layer_it_is_the_closed_form_of_each_kind(variance, scale):
    depth = 24
    found = [measure_growth(depth, variance, scale, seed) for seed in SEEDS]
    plain, residual = (
        np.mean([getattr(m, kind)[:, 0].mean() for m in found]) ** (1 / depth)
        for kind in ("plain", "residual")
    )
    # At width 48 the residual mean comes out 1 to 2 % higher per layer.
    assert plain == pytest.approx(plain_growth(variance), rel=0.03)
    assert residual == pytest.approx(residual_growth(scale, variance), rel=0.03)


@pytest.mark.slow
def test_the_sentence_says_what_arrives_at_the_input():
    m = measure_growth(24, 1.0, 0.5)
    plain, residual = (np.median(found, 0)[0] for found in (m.plain, m.residual))
    assert m.at_input == (plain, residual) and plain < 1e-6 < 1 < residual
    assert m.summary.startswith(f"At the input arrives {plain * 1e8:.1f} × 10^-8 times")
    assert f"{residual:.0f} times with a skip over each of the 24 layers" in m.summary


def test_settings_are_checked():
    with pytest.raises(LearnerError, match="depth must be between 1 and 64, got 65"):
        measure_growth(65)
