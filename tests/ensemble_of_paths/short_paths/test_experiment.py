"""Training on random subsets of blocks: the subsets' law, the loss of one, and the panel's
sentences.
"""

from itertools import combinations

import jax
import numpy as np
import pytest

from lessons.ensemble_of_paths.short_paths import experiment
from lessons.ensemble_of_paths.short_paths.experiment import (
    Subset,
    measure_short_paths,
    random_subset,
    subset_loss,
)
from lessons.ensemble_of_paths.short_paths.measurement import ShortPathsMeasurement
from lessons.errors import LearnerError
from lessons.network.classifiers import cross_entropy
from lessons.network.digit_networks import compile_digit_topology, components, initial
from lessons.network.topology import Topology


def test_every_subset_is_equally_likely_and_in_order():
    draw = jax.jit(jax.vmap(lambda key: random_subset(key, np.int32(5), np.int32(2))))
    found = [
        tuple(order[:2]) for order in np.asarray(draw(jax.random.split(jax.random.key(0), 4000)))
    ]
    shares = [found.count(pair) / 4000 for pair in combinations(range(5), 2)]
    assert sum(shares) == pytest.approx(1) and np.abs(np.array(shares) - 0.1).max() < 0.03


ERROR, WITH_GRADIENT = jax.jit(cross_entropy), jax.jit(jax.value_and_grad(subset_loss))


@pytest.fixture
def compiled(unoptimised):
    """Programs that no panel runs."""
    return ERROR, WITH_GRADIENT


@pytest.mark.slow
def test_all_blocks_are_the_whole_network_and_a_subset_is_a_shallower_one(compiled):
    (error, subset), key, one = compiled, jax.random.key(3), initial(0)
    six, two = (compile_digit_topology(Topology.residual(blocks)) for blocks in (6, 2))
    task = Subset(components().training, np.int32(6), np.int32(6))
    whole = error(one, six, task.examples, key)
    assert float(subset(one, six, task, key)[0]) == pytest.approx(float(whole), rel=1e-5)
    order = np.asarray(random_subset(jax.random.fold_in(key, 1), np.int32(6), np.int32(2))[:2])
    weights = np.array(one.network.weights)
    weights[:2] = weights[order]
    shallow = one._replace(network=one.network._replace(weights=weights))
    expected = error(shallow, two, task.examples, key)
    found, _ = subset(one, six, task._replace(kept=np.int32(2)), key)
    assert float(found) == pytest.approx(float(expected), rel=1e-5)


@pytest.mark.slow
def test_blocks_left_out_get_no_gradient(compiled):
    key, one = jax.random.key(5), initial(1)
    task = Subset(components().training, np.int32(6), np.int32(3))
    six = compile_digit_topology(Topology.residual(6))
    gradient = compiled[1](one, six, task, key)[1].network.weights
    used = set(np.flatnonzero(np.abs(np.asarray(gradient)).max((1, 2))))
    assert used == set(
        np.asarray(random_subset(jax.random.fold_in(key, 1), np.int32(6), np.int32(3))[:3]).tolist()
    )


@pytest.mark.usefixtures("unoptimised")  # 20 steps take less time than the program for them
@pytest.mark.slow
def test_training_to_the_end(monkeypatch):
    monkeypatch.setattr(experiment, "CHUNK", 10)
    *_, last = measure_short_paths(4, 2, steps=20)
    assert last.progress == 1 and last.errors.shape == (3, 3, 3) and (last.final < 0.9).all()


@pytest.mark.slow
def test_with_k_equal_to_n_all_arms_are_one(monkeypatch):
    monkeypatch.setattr(experiment, "CHUNK", 10)
    *_, last = measure_short_paths(3, 3, steps=10)
    np.testing.assert_allclose(last.errors, last.errors[:1].repeat(3, 0), atol=0.01)


def test_sentences():
    step, errors = np.array([0, 100]), np.zeros((3, 3, 2))
    errors[1, :, 1], errors[2, :, 1] = 0.2, 0.01
    said = ShortPathsMeasurement(blocks=54, kept=23, steps=100, step=step, errors=errors).summary
    assert "training on 23 gives an error more than 7 points higher than training on all" in said
    assert said.endswith("with branches × 23/54, one within 7 points of training on all.")
    assert "after 100 steps; the mean of 3 seeds, compared in pairs." in said
    assert (
        "after 100 of 300 steps"
        in ShortPathsMeasurement(blocks=54, kept=23, steps=300, step=step, errors=errors).summary
    )


@pytest.mark.parametrize(
    ("whole", "part", "says"),
    [
        (
            (0.1, 0.2, 0.3),
            (0.2, 0.3, 0.4),
            "more than 7 points higher than training on all;",
        ),  # medians and pairs agree
        ((0.1, 0.2, 0.3), (0.0, 0.1, 0.2), "more than 7 points lower than training on all;"),
        (
            (0.1, 0.2, 0.3),
            (0.4, 0.2, 0.25),
            "more than 7 points higher than training on all, but not for every seed;",
        ),
        (
            (0.1, 0.1, 0.5),
            (0.2, 0.2, 0.3),
            "within 7 points of training on all;",
        ),  # medians lie 10 points apart
    ],
)
def test_the_sentence_compares_in_pairs(whole, part, says):
    errors = np.zeros((3, 3, 2))
    errors[0, :, 1], errors[1, :, 1] = whole, part
    said = ShortPathsMeasurement(
        blocks=54, kept=23, steps=100, step=np.array([0, 100]), errors=errors
    ).summary
    assert f"training on 23 gives an error {says}" in said


@pytest.mark.parametrize(
    "wrong",
    [
        dict(blocks=55),
        dict(kept=0),
        dict(blocks=4, kept=5),
        dict(kind="wide"),
        dict(steps=0),
        dict(seed=-1),
    ],
)
def test_what_cannot_be_is_refused_at_the_call(wrong):
    with pytest.raises(LearnerError, match="must be"):
        measure_short_paths(**wrong)
