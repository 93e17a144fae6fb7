"""Every kind of W: its size, what it does to a norm, and the distribution that it comes from."""

import numpy as np
import pytest

from lessons.errors import NetworkError
from lessons.network.topology import SHORTCUTS
from lessons.projection_shortcut.shortcuts import KINDS, draw_shortcuts, skip_shortcut, stable_rank

SIZES = [(5, 5), (3, 7), (7, 3), (1, 4), (4, 1), (1, 1)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("a", "b"), SIZES)
def test_w_has_a_rows_and_b_columns(kind, a, b, rng):
    if kind == "identity" and a != b:
        with pytest.raises(NetworkError, match=f"got {a} and {b}; zero-padding or a projection"):
            draw_shortcuts(kind, rng, a, b)
        return
    assert draw_shortcuts(kind, rng, a, b, 2).shape == (2, a, b)
    assert skip_shortcut(kind) in SHORTCUTS


def test_zero_padding_appends_zeros_and_cuts(rng):
    x = np.arange(1.0, 5)
    np.testing.assert_array_equal(
        x @ draw_shortcuts("zero-padding", rng, 4, 6)[0], [1, 2, 3, 4, 0, 0]
    )
    np.testing.assert_array_equal(x @ draw_shortcuts("zero-padding", rng, 4, 2)[0], [1, 2])
    np.testing.assert_array_equal(x @ draw_shortcuts("λI", rng, 4, 4, scale=0.5)[0], x / 2)


@pytest.mark.parametrize(("a", "b"), [(4, 9), (9, 4), (6, 6)])
def test_gaussian_w_keeps_the_squared_norm_in_expectation(a, b, rng):
    # E[W W^T] = I is the statement for every x at once; entries of the mean have standard deviation
    # sqrt(2 / (b count)).
    w = draw_shortcuts("Gaussian", rng, a, b, 4000)
    mean = np.einsum("kij,klj->il", w, w) / len(w)
    np.testing.assert_allclose(mean, np.eye(a), atol=5 * np.sqrt(2 / (b * len(w))))
    assert (w**4).mean() * b**2 == pytest.approx(3, rel=0.1)  # the fourth moment of a normal number


@pytest.mark.parametrize(("a", "b"), SIZES)
def test_orthogonal_w_has_orthonormal_rows_or_columns(a, b, rng):
    [w] = draw_shortcuts("orthogonal", rng, a, b)
    gram = w @ w.T if a <= b else w.T @ w
    np.testing.assert_allclose(gram, np.eye(min(a, b)), atol=1e-12)


def test_orthogonal_w_is_uniform(rng):
    # Moments of Haar measure on O(n): E w = 0, E w^2 = 1/n, E w^4 = 3/(n (n + 2)), E (tr W)^2 = 1.
    n, count = 4, 20000
    w = draw_shortcuts("orthogonal", rng, n, n, count)
    np.testing.assert_allclose(w.mean(0), 0, atol=5 * np.sqrt(1 / (n * count)))
    np.testing.assert_allclose((w**2).mean(0), 1 / n, atol=0.01)
    np.testing.assert_allclose((w**4).mean(0), 3 / (n * (n + 2)), atol=0.01)
    assert (np.einsum("kii->k", w) ** 2).mean() == pytest.approx(1, abs=0.06)
    assert (np.linalg.det(w) > 0).mean() == pytest.approx(0.5, abs=5 * 0.5 / np.sqrt(count))


def test_the_stable_rank_counts_equal_directions(rng):
    assert stable_rank(np.eye(6)) == pytest.approx(6)
    assert stable_rank(np.diag([2.0, 1.0, 1.0])) == pytest.approx(1.5)
    assert stable_rank(np.outer(rng.normal(size=5), rng.normal(size=5))) == pytest.approx(1)


def test_many_gaussian_w_lose_nearly_all_directions_and_orthogonal_ones_none(rng):
    products = {
        kind: np.linalg.multi_dot(draw_shortcuts(kind, rng, 64, 64, 20))
        for kind in ("Gaussian", "orthogonal")
    }
    assert 13 < stable_rank(draw_shortcuts("Gaussian", rng, 64, 64)[0]) < 20
    assert stable_rank(products["Gaussian"]) < 4
    assert stable_rank(products["orthogonal"]) == pytest.approx(64)
