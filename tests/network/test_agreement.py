"""The sentence under the source says that both agree only if they do."""

import numpy as np
import pytest

from lessons.errors import NetworkError
from lessons.network import agreement as module
from lessons.network.agreement import QUANTITIES, agreement, relative_difference


@pytest.mark.parametrize("shortcut", ["none", "identity", "projection"])
@pytest.mark.slow
def test_engine_and_readable_lines_agree(shortcut):
    for quantity in QUANTITIES:
        assert "agree: the" in agreement(quantity, shortcut, seed=3)


@pytest.mark.slow
def test_a_difference_is_not_hidden(monkeypatch):
    wrong = lambda W, b: Layer(1.001 * W, b)
    Layer = module.reference.Layer
    monkeypatch.setattr(module.reference, "Layer", wrong)
    assert agreement().startswith("This is a bug in the lesson: the states")


def test_the_difference_is_relative_to_the_largest_number():
    assert relative_difference(np.array([1.0, 9.0]), np.array([2.0, 10.0])) == 0.1


def test_what_does_not_exist_is_refused():
    with pytest.raises(NetworkError, match="quantity must be one of states, gradients, path sums"):
        agreement("weights")
    with pytest.raises(NetworkError, match="shortcut must be one of none, identity, projection"):
        agreement(shortcut="pad")
