"""The block with any shortcut against NumPy in float64 and against finite differences."""

import jax
import numpy as np
import pytest

from lessons.errors import LearnerError
from lessons.projection_shortcut.shape.experiment import LONGEST, SHORTCUTS, WIDEST, measure_shape
from tests import oracle

SIZES = [(24, 40, 2), (40, 24, 1), (16, 16, 3), (1, 5, 1), (5, 1, 2), (64, 64, 4)]


def branch(m):
    """F from the weights that the measurement shows, one layer after the other."""

    def compute(x):
        for weights in m.weights:
            x = np.maximum(x, 0) @ np.float64(weights)
        return x

    return compute


def measured(a, b, span):
    for shortcut in SHORTCUTS:
        if shortcut != "identity" or a == b:
            yield measure_shape(a, b, span, shortcut, seed=1)


@pytest.mark.parametrize(("a", "b", "span"), SIZES)
def test_f_and_the_sum_agree_with_numpy(a, b, span):
    for m in measured(a, b, span):
        x = np.float64(m.x)
        assert [w.shape for w in m.weights] == [(a, b), *[(b, b)] * (span - 1)]
        np.testing.assert_allclose(m.branch, branch(m)(x), rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(m.sum, branch(m)(x) + x @ np.float64(m.W), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("a", "b", "span"), SIZES)
def test_singular_values_are_those_of_finite_differences(a, b, span):
    for m in measured(a, b, span):
        for values, function in (
            (m.branch_values, branch(m)),
            (m.sum_values, lambda x, m=m: branch(m)(x) + x @ np.float64(m.W)),
            (m.shortcut_values, lambda x, m=m: x @ np.float64(m.W)),
        ):
            jacobian = oracle.central_differences(function, np.float64(m.x))
            expected = np.linalg.svd(jacobian, compute_uv=False)
            np.testing.assert_allclose(values, expected, atol=3e-4 * max(1, expected[0]))


def test_weights_of_f_have_the_variance_of_he():
    drawn = [measure_shape(64, 32, 2, seed=seed).weights for seed in range(20)]
    first, second = (np.stack([w[layer] for w in drawn]) for layer in (0, 1))
    assert first.var() == pytest.approx(2 / 64, rel=5 * np.sqrt(2 / first.size))
    assert second.var() == pytest.approx(2 / 32, rel=5 * np.sqrt(2 / second.size))


def test_an_identity_that_does_not_fit_gets_the_words_of_jax():
    m = measure_shape(24, 40, 2, "identity")
    with pytest.raises(TypeError) as error:
        jax.numpy.zeros(40) + jax.numpy.zeros(24)
    assert m.jax_says == str(error.value) and m.sum is None and m.broadcast is None
    assert "JAX refuses the sum" in m.summary


@pytest.mark.parametrize(("a", "b"), [(1, 7), (7, 1)])
def test_a_size_of_one_is_broadcast_in_silence(a, b):
    m = measure_shape(a, b, 1, "identity")
    assert m.broadcast == (np.zeros(b) + np.zeros(a)).shape == (7,)
    assert m.jax_says == "" and m.sum is None and "no error, but no identity" in m.summary


def test_parameters_and_multiplications_are_those_of_the_arrays():
    m = measure_shape(24, 40, 3, "Gaussian")
    assert m.branch_multiplications == sum(w.size for w in m.weights)
    assert m.branch_parameters == m.branch_multiplications + 3 * 40
    assert m.shortcut_cost == m.W.size
    assert measure_shape(24, 40, 3, "zero-padding").shortcut_cost == 0


@pytest.mark.parametrize(
    ("a", "b", "shortcut"), [(24, 40, "zero-padding"), (40, 24, "Gaussian"), (9, 9, "identity")]
)
def test_the_sentence_counts_the_directions_that_are_lost(a, b, shortcut):
    """As many as x has beyond the rank: of the product of the open rows of F's weights by a second
    way, and of the block at least those that do not fit.
    """
    m = measure_shape(a, b, 1, shortcut)
    rank = np.linalg.matrix_rank(m.weights[0][m.x > 0])
    assert m.lost(m.branch_values) == a - rank
    block = np.linalg.matrix_rank((m.x > 0)[:, None] * m.weights[0] + m.W, tol=1e-4)
    assert m.lost(m.sum_values) == a - block == max(0, a - b)
    lost = f"The branch F loses {a - rank} of the {a} directions of x, the block {m.formula} "
    assert m.summary.startswith(f"{lost}{max(0, a - b) or 'none'}: {shortcut}, from size {a} to ")


def test_impossible_sizes_are_refused():
    for bad in (
        {"a": 0},
        {"b": WIDEST + 1},
        {"span": LONGEST + 1},
        {"a": 2.5},
        {"shortcut": "magic"},
    ):
        with pytest.raises(LearnerError):
            measure_shape(**bad)
