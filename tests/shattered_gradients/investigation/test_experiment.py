"""One change at a time, against the panel that has every setting."""

import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.shattered_gradients.gradient_curve.experiment import measure_gradient_curve
from lessons.shattered_gradients.investigation.experiment import (
    CHANGES,
    FAILING,
    INGREDIENTS,
    measure_investigation,
)

PLAIN = 1


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_one_setting_of_the_panel_that_has_all(change):
    found = measure_investigation(change, seed=3)
    for number, settings in enumerate((FAILING, FAILING | CHANGES[change])):
        whole = measure_gradient_curve(**settings, seed=3)
        np.testing.assert_allclose(found.curves[number], whole.curves[PLAIN], rtol=1e-5)
        assert found.agreement[number] == pytest.approx(whole.neighbours[PLAIN])
        assert found.angles[number] == whole.angles[0, 0]


def test_every_ingredient_is_one_change_and_is_called_so():
    named = {change.split(":")[0]: changed for change, changed in CHANGES.items() if changed}
    assert named == INGREDIENTS
    assert all(len(changed) == 1 for changed in INGREDIENTS.values())


@pytest.mark.slow
def test_only_centring_shatters():
    mean = {
        change: np.mean([measure_investigation(change, seed).agreement[1] for seed in range(4)])
        for change in CHANGES
    }
    assert [change for change, value in mean.items() if value < 0.3] == [list(CHANGES)[-1]]
    assert min(value for change, value in mean.items() if "centring" not in change) > 0.8


def test_the_sentence_names_before_and_after():
    changed = measure_investigation(list(CHANGES)[-1]).summary
    assert "neighbours: about 0 with this change, 1.00 without." in changed
    assert "almost 0° without" in changed
    assert "without" not in measure_investigation().summary


def test_what_is_no_change_is_refused():
    with pytest.raises(LearnerError, match="change must be one of nothing, "):
        measure_investigation("skips")
