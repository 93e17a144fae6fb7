"""What the pictures of lesson 2 draw is what was measured."""

from itertools import islice

import numpy as np
import pytest

from lessons.drawing.picture import Picture
from lessons.projection_shortcut.repeated_projection.experiment import measure_repeated_projection
from lessons.projection_shortcut.repeated_projection.figure import RepeatedView
from lessons.projection_shortcut.shape.experiment import measure_shape
from lessons.projection_shortcut.shape.figure import ShapeView
from lessons.projection_shortcut.shortcut_options.experiment import OPTIONS, measure_options
from lessons.projection_shortcut.shortcut_options.figure import NAMES, OptionsView


@pytest.fixture(scope="module")
def shape():
    return Picture(ShapeView)


@pytest.fixture(scope="module")
def repeated():
    return Picture(RepeatedView)


def drawn_boxes(picture):
    """Width and height of every box that is shown, in units of the diagram, which has one scale."""
    images = (image for image in picture.view.diagram.images if image.get_visible())
    return [
        (right - left, top - bottom)
        for left, right, bottom, top in (image.get_extent() for image in images)
    ]


def test_boxes_are_drawn_to_scale(shape):
    m = measure_shape(24, 40, 3, "Gaussian")
    shape.draw(m)
    assert drawn_boxes(shape)[:3] == [(7, 24), (7, 40), (7, 40)]
    matrices = [(columns, rows) for rows, columns in (w.shape for w in (*m.weights, m.W))]
    assert drawn_boxes(shape)[3:7] == matrices == [(40, 24), (40, 40), (40, 40), (40, 24)]
    width, height = shape.view.size
    assert 0.62 * width / 486 == pytest.approx(height / 333, rel=0.01)


@pytest.mark.parametrize(("a", "b"), [(24, 40), (1, 40), (64, 64)])
def test_singular_values_stand_at_their_ticks(shape, a, b):
    m = measure_shape(a, b, 4, "orthogonal")
    shape.draw(m)
    limit = float(shape.view.values.numbers[-1].get_text())
    for line, values in zip(
        shape.view.values.lines, (m.branch_values, m.shortcut_values, m.sum_values), strict=True
    ):
        np.testing.assert_allclose(limit * line.get_ydata(), values)
        assert (line.get_ydata() <= 1).all()


def test_a_refused_sum_is_not_drawn(shape):
    shape.draw(measure_shape(24, 40, 2, "identity"))
    assert [len(line.get_xdata()) for line in shape.view.values.lines] == [24, 0, 0]
    assert "incompatible shapes" in shape.view.diagram.said.get_text().replace("\n", " ")
    shape.draw(measure_shape(24, 24, 2, "identity"))
    assert (
        shape.view.diagram.said.get_text() == ""
        and shape.view.diagram.formula.get_text() == "$F(x) + x$"
    )


@pytest.mark.parametrize(
    "settings",
    [dict(scale=0.5, branch_scale=1), dict(kind="Gaussian"), dict(scale=1.1, branch_scale=1)],
)
@pytest.mark.slow
def test_norms_stand_at_their_ticks(repeated, settings):
    m = measure_repeated_projection(**settings)
    repeated.draw(m)
    top = repeated.view.decades[-1].get_text()
    decades = int(top.removeprefix("$10^{").removesuffix("}$"))
    for line, norms in zip(
        repeated.view.lines, (m.gradient_norm, m.direct_norm, m.predicted_norm), strict=True
    ):
        np.testing.assert_allclose(10 ** (decades * line.get_ydata()), norms, rtol=1e-6)
        assert (np.abs(line.get_ydata()) <= 1).all()


def test_the_published_bar_is_that_of_the_kind_shown(repeated):
    scaled = [
        ("λI", 1.0, 0),
        ("λI", 0.5, 1),
        ("λI", 0.9, None),
        ("λI", 0.99, None),
        ("λI", 1.1, None),
    ]
    for kind, scale, row in [
        ("identity", 0.9, 0),
        ("Gaussian", 0.9, 2),
        ("orthogonal", 0.9, None),
        *scaled,
    ]:
        repeated.draw(measure_repeated_projection(kind, 5, scale))
        assert [bar.get_visible() for bar in repeated.view.bars] == [
            other == row for other in range(3)
        ]


@pytest.mark.slow
def test_options_that_have_not_been_trained_are_not_drawn():
    assert NAMES == OPTIONS
    picture = Picture(OptionsView)
    for count, m in enumerate(islice(measure_options(blocks=1, steps=10), 3)):
        picture.draw(m)
        assert [points.get_visible() for points in picture.view.seeds] == [
            row < count for row in range(5)
        ]
    np.testing.assert_allclose(
        picture.view.seeds[1].get_ydata(), np.clip(100 * m.errors[1], 1, 100)
    )
    np.testing.assert_allclose(picture.view.curves[1].get_ydata(), np.median(m.losses[1], axis=0))
