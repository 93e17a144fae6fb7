"""A row is its own path: its length's colour, its squares, its norm; a deleted block is hollow."""

import numpy as np
import pytest

from lessons.ensemble_of_paths.unraveled.figure import FADED, LENGTH_COLOURS
from tests.looks import shown
from tests.panels import explorers


@pytest.fixture(scope="module")
def deleted():
    """A network with a block deleted and one length highlighted."""
    panel = explorers()["unraveled_explorer"](blocks=3, delete_2=True, highlight="1")
    assert not panel.message
    yield panel.measurement
    panel.close()


def expected_colours(m):
    alive = [not any(p and d for p, d in zip(path, m.deleted, strict=True)) for path in m.passes]
    chosen = [m.highlight in ("all", str(path.sum())) for path in m.passes]
    return [
        LENGTH_COLOURS[path.sum()] if a and c else FADED
        for path, a, c in zip(m.passes, alive, chosen, strict=True)
    ]


def check(m, view):
    rows = [path.vertices for path in view.bars.bars.get_paths()]
    np.testing.assert_allclose([row[:, 0].max() for row in rows], m.norms)
    for drawn in (view.bars.bars.get_facecolor(), view.rows.lines.get_color()):
        np.testing.assert_allclose(drawn, expected_colours(m))
    heights = [segment[0, 1] for segment in view.rows.lines.get_segments()]
    np.testing.assert_allclose([row[:4, 1].mean() for row in rows], heights)
    squares = [path.vertices[:4].mean(0) for path in view.rows.layers.get_paths()]
    places = {
        (round(x * m.blocks - 0.5), int(np.abs(np.array(heights) - y).argmin())) for x, y in squares
    }
    assert places == {(block, path) for path, block in np.argwhere(m.passes)}
    widths = view.rows.lines.get_linewidths()
    assert np.corrcoef(widths, m.norms)[0, 1] > 0.999
    hollow = view.network.layers.get_facecolor()[:, :3].min(1) == 1
    assert tuple(hollow) == m.deleted


def test_every_row_is_its_own_path():
    for _, m, view in shown("unraveled_explorer"):
        check(m, view)


def test_paths_through_a_deleted_block_fade(deleted):
    *_, (_, _, view) = shown("unraveled_explorer")
    view.show(deleted)
    check(deleted, view)
    assert sum(deleted.deleted) == 1
