"""Every measurement draws itself, and the picture shows its numbers."""

import jax.numpy as jnp
import numpy as np
import pytest

from lessons import instruments
from lessons.drawing.picture import Picture
from lessons.instruments.drawn import Drawn

from .networks import WIDTH, course_network


@pytest.fixture(scope="module")
def measured():
    _, _, branches, x, readout = course_network()
    inputs = jnp.asarray(np.random.default_rng(0).normal(size=(6, WIDTH)), jnp.float32)
    return {
        "growth": instruments.growth(branches, x, readout),
        "shares": instruments.shares(branches, x, readout),
        "path_lengths": instruments.path_lengths(branches, x, readout),
        "lesions": instruments.lesions(branches, lambda network: (network(x) ** 2).sum()),
        "gradient_correlation": instruments.gradient_correlation(branches, inputs, readout),
    }


@pytest.mark.slow
def test_there_is_a_measurement_of_every_instrument(measured):
    assert {*measured, "your_network_explorer"} == set(instruments.__all__)


@pytest.mark.parametrize("name", [n for n in instruments.__all__ if n[0] != "y"])
def test_a_measurement_shows_itself_as_a_sentence_and_a_picture(measured, name):
    found = measured[name]
    assert isinstance(found, Drawn) and repr(found) == found.summary
    assert found.summary.endswith(".") and found._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["growth", "shares", "gradient_correlation"])
def test_the_two_curves_are_the_two_quantities_in_their_order(measured, name):
    found, view = measured[name], drawn_view(measured[name])
    first, second = (curve.get_ydata() for curve in view.curves)
    pairs = {
        "growth": lambda m: (m.signal / m.signal[0], m.gradient / m.gradient[-1]),
        "shares": lambda m: (m.signal, m.gradient),
        "gradient_correlation": lambda m: (m.neighbours, m.all_pairs),
    }
    for shown, expected in zip((first, second), pairs[name](found), strict=True):
        np.testing.assert_allclose(shown, expected)
    low, high = view.axes.get_ylim()
    assert low < min(*first, *second) and max(*first, *second) < high


def test_the_lesions_are_dots_and_the_exchanges_ranges(measured):
    found, view = measured["lesions"], drawn_view(measured["lesions"])
    np.testing.assert_allclose(view.deleted.get_ydata(), found.deleted)
    for block, (low, high) in enumerate(view.ranges.get_segments()):
        others = np.delete(found.exchanged[block], block)
        np.testing.assert_allclose([low, high], [[block + 1, f(others)] for f in (min, max)])


def drawn_view(measurement):
    picture = Picture(measurement.view_type)
    picture.draw(measurement)
    return picture.view


@pytest.mark.slow
def test_paths_are_counted_in_blocks_on_axes_that_hold_them_all():
    found = instruments.path_lengths([lambda x: 0.1 * x] * 70, jnp.ones(1), jnp.ones(1), probes=2)
    view = drawn_view(found)
    for axes in (view.count_axes, view.norm_axes, view.share_axes):
        assert axes.get_xlabel() == "path length (blocks)" and axes.get_xlim()[1] > 70
    low, high = view.count_axes.get_ylim()
    assert low <= found.counts.min() and found.counts.max() <= high
