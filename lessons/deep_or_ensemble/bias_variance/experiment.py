"""One deep network, or several shallower ones with as many parameters: all arms train on the
same task, side by side.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ...errors import NetworkError, whole_number
from ...network.side_by_side import as_here
from ..architectures import NAMES, named
from ..learning_tasks import check_task, draw_task
from ..model_selection import LEARNING_RATES, SEEDS, Scores, contest
from .measurement import BiasVarianceMeasurement

STOPS = 10
SIDE_BY_SIDE = 2  # arms: the small products of one keep one core busy, and so does compiling
MOST_STEPS = 2000


def measure_bias_variance(
    task: str = "teacher",
    depth: int = 4,
    examples: int = 2000,
    noise: float = 0.0,
    steps: int = 400,
    reference: bool = False,
    seed: int = 0,
) -> Iterator[BiasVarianceMeasurement]:
    """Trains every arm with three learning rates on five training sets; yields before the first
    step and at ten stops.

    steps is a multiple of 10, up to 2000. `reference` adds 4 deep networks at four times the
    budget. The five sets share the target and the test examples, unlike those of the grid. To
    cancel, stop asking. Raises NetworkError, at the call.
    """
    check_task(task, depth, examples, noise)
    whole_number("seed", seed, 0, 10_000)
    if whole_number("steps", steps, STOPS, MOST_STEPS) % STOPS:
        raise NetworkError(f"steps must be a multiple of {STOPS}, got {steps}.")
    arms = NAMES if reference else NAMES[:-1]
    return _measure(arms, task, depth, examples, noise, steps, seed)


def _measure(arms, task, depth, examples, noise, steps, seed):
    asked = dict(task=task, depth=depth, examples=examples, noise=noise, steps=steps, seed=seed)
    asked |= dict(arms=arms, learning_rates=LEARNING_RATES)
    shape = (len(arms), 0, len(LEARNING_RATES), SEEDS)
    none = Scores(*[np.empty(shape)] * 4, np.empty(shape[:-1]))
    yield BiasVarianceMeasurement(**asked, stops=np.empty(0, int), **none._asdict())
    seeds = tuple(range(seed * SEEDS, seed * SEEDS + SEEDS))
    drawn = draw_task(task, depth, examples, noise, seeds, same_target=True)
    stops = np.arange(1, STOPS + 1) * (steps // STOPS)
    rounds = []
    contests = [contest(named(arm), drawn, seeds, stops) for arm in arms]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for taken in range(1, STOPS + 1):
            together = pool.map(as_here(next), contests)
            rounds.append(Scores(*map(np.stack, zip(*together, strict=True))))
            found = Scores(*(np.stack(scores, 1) for scores in zip(*rounds, strict=True)))
            yield BiasVarianceMeasurement(**asked, stops=stops[:taken], **found._asdict())
