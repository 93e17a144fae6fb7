"""A run ends where it is told to, and who waits for it can be interrupted."""

import signal
import threading
import time

import numpy as np
import pytest

from lessons.panel.controls import Slider
from lessons.panel.training_explorer import TrainingExplorer
from lessons.residual_block.identity.figure import IdentityView
from lessons.residual_block.identity.measurement import IdentityMeasurement


def measured(*curve):
    errors = np.reshape(curve, (1, 1, 1, -1)) * np.ones((1, 3, 3, 1))
    step = np.arange(len(curve)) * 10
    return IdentityMeasurement(
        depth=8,
        width=16,
        steps=40,
        target="identity",
        seed=0,
        arms=("plain",),
        learning_rates=(0.001, 0.004, 0.016),
        step=step,
        errors=errors,
    )


def interrupted(depth):
    """Training that the learner interrupts, and that is slow to end: a chunk takes its time."""
    yield measured(1.5)
    yield measured(1.5, 0.5)
    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    while not threading.current_thread().stopped:
        time.sleep(0.001)
    time.sleep(0.2)  # long enough for who does not wait to be seen
    yield measured(1.5, 0.5, 0.1)


@pytest.mark.slow
def test_an_interrupted_cell_waits_until_its_run_has_ended(interruptible):
    controls = {"depth": Slider("depth", 8, 1, 32)}
    panel = TrainingExplorer("identity", IdentityView, interrupted, controls)
    with pytest.raises(KeyboardInterrupt):
        panel.train()
    assert not panel.picture.frame["running"] and not panel.message
    panel._run.join()
    assert "after 10 of 40 steps" in panel.summary, "what was trained before stays in the picture"
