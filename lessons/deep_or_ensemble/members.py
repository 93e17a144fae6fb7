"""What the members of a trained arm answer one by one."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..errors import one_of
from .architectures import NAMES, named
from .ensembles import all_answers, everywhere, kind_of, lay_out
from .learning_tasks import draw_task
from .model_selection import training

DEPTH, EXAMPLES, STEPS, RATE, SEED = 4, 5000, 1000, 0.03, 0


class Members(NamedTuple):
    """Answers to test examples, and what was wanted."""

    answers: np.ndarray  # (members, examples, OUTPUTS), float64
    targets: np.ndarray  # (examples, OUTPUTS), float64


@lru_cache(maxsize=len(NAMES))
def trained_members(arm: str = "12 × 1 joint") -> Members:
    """Trains one arm once: a teacher with 4 hidden layers, 5000 examples, 1000 steps, a rate of
    0.03. Raises NetworkError.
    """
    one_of("arm", arm, NAMES)
    task = draw_task("teacher", DEPTH, EXAMPLES, 0.0, (SEED,))
    [(weights, _)] = training(named(arm), task, (SEED,), (STEPS,), (RATE,))
    runs = lay_out((RATE,), (SEED,))
    answers = all_answers(kind_of(named(arm)), weights, runs, everywhere(runs, task.test.inputs))
    return Members(np.asarray(answers[0], np.float64), task.test.targets[0].astype(np.float64))
