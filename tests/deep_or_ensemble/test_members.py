"""Members of a trained arm, one by one: their mean has the error that the contest scores, and an
arm is trained once.
"""

import numpy as np
import pytest

from lessons.deep_or_ensemble.architectures import named
from lessons.deep_or_ensemble.learning_tasks import draw_task
from lessons.deep_or_ensemble.members import DEPTH, EXAMPLES, RATE, SEED, STEPS, trained_members
from lessons.deep_or_ensemble.model_selection import contest
from lessons.errors import LearnerError


@pytest.mark.parametrize("arm", ["12 × 1", "12 × 1 joint"])
@pytest.mark.slow
def test_the_contest_scores_the_same_members(arm):
    task = draw_task("teacher", DEPTH, EXAMPLES, 0.0, (SEED,))
    [scores] = contest(named(arm), task, (SEED,), (STEPS,), (RATE,))
    answers, targets = trained_members(arm)
    constant = targets.var(0).sum()
    assert answers.shape == (12, *targets.shape)
    assert ((answers.mean(0) - targets) ** 2).sum(1).mean() / constant == pytest.approx(
        scores.error[0, 0], rel=0.02
    )
    assert ((answers - targets) ** 2).sum(2).mean() / constant == pytest.approx(
        scores.member_error[0, 0], rel=0.02
    )
    assert trained_members(arm) is trained_members(arm) and np.isfinite(answers).all()


def test_an_arm_that_there_is_not_is_refused():
    with pytest.raises(LearnerError, match="arm must be one of deep, "):
        trained_members("deepest")
