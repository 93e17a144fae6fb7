"""What is said of a sentence, against a reading character by character."""

from itertools import islice

import jax
import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.residual_stream.stored import (
    BRANCHES,
    DESIGNS,
    FILE,
    STEPS,
    initial,
    store,
    trained_pair,
    training,
)
from lessons.residual_stream.stream.experiment import (
    TEXTS,
    StreamExperiment,
    checked,
    measure_stream,
)
from lessons.residual_stream.stream.explorer import first_half
from lessons.residual_stream.text import ALPHABET, CONTEXT, encode
from lessons.residual_stream.transformer import read, streams

SHORT = "the value of the object"
scores_of_all = jax.jit(lambda p, design, text: read(p, streams(p, design, text)))


@pytest.fixture(scope="module")
def stored():
    return measure_stream(trained_pair(), checked(SHORT), 4)


def scores_of(network, text):
    """(states, alphabet): what the stream says after the last character of the text alone."""
    found = scores_of_all(trained_pair().networks[network], DESIGNS[network], encode(text))
    return np.asarray(found[:, -1], np.float64)


@pytest.mark.parametrize("network", range(2))
@pytest.mark.parametrize("length", [1, 9])
def test_guess_and_chance_are_those_of_the_text_so_far(stored, network, length, unoptimised):
    """Read without what follows, and without padding."""
    scores = scores_of(network, SHORT[:length])
    chances = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    coming = ALPHABET.index(SHORT[length])
    np.testing.assert_allclose(
        stored.chances[network, :, length - 1], chances[:, coming], atol=1e-4
    )
    for state, row in enumerate(chances):
        said = stored.guesses[network][state][length - 1]
        assert row[ALPHABET.index(said)] == pytest.approx(row.max(), abs=1e-4)


def test_what_is_right_is_counted(stored):
    for network, states in enumerate(stored.guesses):
        for state, said in enumerate(states):
            right = sum(said[k] == SHORT[k + 1] for k in range(len(SHORT) - 1))
            assert stored.right[network, state] == right


def test_surprise_is_the_mean_of_the_logarithms(stored):
    by_hand = -sum(np.log(p) for p in stored.chances[0, 4]) / (len(SHORT) - 1)
    assert stored.surprises[0, 4] == pytest.approx(by_hand)


def test_with_skips_the_sentence_comes_into_focus_and_without_it_does_not():
    for text in TEXTS:
        found = measure_stream(trained_pair(), checked(text), 0)
        with_skips, without = found.right
        assert with_skips[-1] > 0.35 * len(text) > 3 * with_skips[0]
        assert without.max() < 0.25 * len(text)
        assert 0 < first_half(found) <= BRANCHES or with_skips[-1] < 0.5 * (len(text) - 1)


def test_a_panel_keeps_what_it_has_trained(monkeypatch):
    """A run that ended answers other texts and branches; another seed begins anew."""
    trained = trained_pair()
    monkeypatch.setattr(
        "lessons.residual_stream.stream.experiment.training",
        lambda run: iter([initial(run), trained._replace(step=STEPS)]),
    )
    experiment = StreamExperiment()
    first, last = experiment.measure(10)
    assert (first.step, last.step) == (0, STEPS) and experiment.has_trained(0)
    assert first.summary.endswith("learned anything yet.") and last.summary.endswith("without.")
    (again,) = experiment.measure(3, TEXTS[1])
    assert again.progress == 1 and again.branch == 3 and again.text == TEXTS[1]
    assert next(experiment.measure(3, run=1)).step == 0


@pytest.mark.parametrize(
    "text, said", [("a", "2 to 64"), ("a" * (CONTEXT + 1), "65 char"), (7, "got 7"), ("né", "'é'")]
)
def test_a_text_that_cannot_be_read_is_refused_in_a_sentence(text, said):
    with pytest.raises(LearnerError, match=said):
        StreamExperiment().measure(0, text)


def test_a_branch_that_is_not_there_is_refused():
    with pytest.raises(LearnerError, match="between 0 and 10"):
        StreamExperiment().measure(11)


def test_the_start_is_the_same_draws_with_smaller_branches():
    with_skips, without = initial(3).networks
    for name in ("back", "outer"):
        np.testing.assert_allclose(
            getattr(with_skips, name), getattr(without, name) / np.sqrt(BRANCHES), rtol=1e-6
        )
    assert np.array_equal(with_skips.query, without.query)
    assert not np.array_equal(without.query, initial(4).networks[1].query)


def test_half_precision_keeps_what_is_shown(tmp_path):
    pair = initial(5)._replace(step=STEPS)
    store(pair, tmp_path / "pair.npz")
    again = trained_pair.__wrapped__(tmp_path / "pair.npz")
    for network, kept in zip(pair.networks, again.networks, strict=True):
        for part, kept_part in zip(network, kept, strict=True):
            np.testing.assert_allclose(kept_part, part, rtol=1e-3, atol=1e-4)
    assert FILE.stat().st_size < 1e6


@pytest.mark.slow
def test_training_learns_first_which_characters_are_common():
    before, after = islice(training(0), 2)
    assert (before.step, after.step) == (0, 10)
    numbers = checked(TEXTS[0])
    first, then = (measure_stream(pair, numbers, BRANCHES) for pair in (before, after))
    assert (then.surprises[:, -1] < first.surprises[:, -1]).all()
