"""The matrices of lesson 5 say which inputs and which networks they are of."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from lessons.drawing.picture import Picture
from lessons.drawing.style import BLUE
from lessons.shattered_gradients.covariance.experiment import X, measure_covariance
from lessons.shattered_gradients.covariance.figure import COLOURS, CovarianceView
from lessons.shattered_gradients.covariance.measurement import DIGITS, GRID, RANDOM, SIGNALS
from tests.looks import shown, titled


@pytest.fixture(scope="module")
def picture():
    return Picture(CovarianceView)


def written(side):
    """What stands along a side, and where."""
    return {
        text.get_text(): text.get_position()[side.upright] for text in side.marks if text.get_text()
    }


def test_the_grid_names_values_of_x(picture):
    picture.draw(measure_covariance(inputs=GRID))
    step = X[1] - X[0]
    for side in (picture.view.rows, *(square.columns for square in picture.view.squares[:2])):
        assert written(side) == {"−2": 0, "0": 32, "2": 64}
        for word, place in written(
            side
        ).items():  # the border of a cell lies half a step from its x
            assert X[0] + (place - 0.5) * step == pytest.approx(float(word.replace("−", "-")))


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_digits_are_named_in_the_middle_of_their_class(picture, seed):
    m = measure_covariance(inputs=DIGITS, seed=seed)
    picture.draw(m)
    middles = {
        f"{label}": (np.flatnonzero(m.labels == label)[[0, -1]].sum() + 1) / 2
        for label in set(m.labels)
    }
    for side in (picture.view.rows, *(square.columns for square in picture.view.squares[:2])):
        assert written(side) == middles


def test_noise_has_neither_classes_nor_values_of_x(picture):
    for inputs in (DIGITS, GRID, RANDOM):
        picture.draw(measure_covariance(inputs=inputs))
        networks, noise = picture.view.squares[:2], picture.view.squares[2:]
        for square in noise:
            assert (
                not written(square.columns)
                and not len(square.borders.get_xdata())
                and square.columns.name.get_text() == "place i"
            )
        assert all(len(square.borders.get_xdata()) > 0 for square in networks) == (inputs == DIGITS)


def test_the_picture_names_inputs_networks_and_scale(picture):
    picture.draw(measure_covariance(20, DIGITS, "none", branch_scale=0.25, bias=0.1))
    assert (
        picture.view.setting.get_text()
        == "Inputs: digits, sorted by class. No normalisation, biases 0.10, residual with β = 0.25"
    )
    assert "correlation" in [axes.get_ylabel() for axes in picture.figure.axes]


def test_every_matrix_is_under_its_own_name():
    for figure, m, view in shown("covariance_explorer"):
        for name, matrix in zip(SIGNALS, m.matrices, strict=True):
            axes = titled(figure, name)
            (square,) = (one for one in view.squares if one.axes is axes)
            drawn = square.picture._cells.astype(float)[..., :3]
            blue = COLOURS(np.clip(matrix, -1, 1) / 2 + 0.5)[..., :3] * 255
            assert np.abs(drawn - blue).max() < 3
            # an input agrees with itself
            np.testing.assert_allclose(drawn[0, 0] / 255, to_rgb(BLUE), atol=0.01)
