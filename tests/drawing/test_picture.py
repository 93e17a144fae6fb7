"""The kept background gives the same picture as drawing everything, in few colours and whatever
thread asks.
"""

import gc
import io
import threading
import weakref

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from PIL import Image

from lessons.drawing import picture as picture_module
from lessons.drawing.picture import DENSITY, Picture, page_size, picture_of
from lessons.drawing.style import BLUE, VERMILION, add_axes
from lessons.residual_block.block.experiment import measure_block
from lessons.residual_block.block.explorer import block_explorer
from lessons.residual_block.block.figure import BlockView


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


class Ramp:
    """A line whose axes grow with it."""

    size = (3.0, 2.0)

    def __init__(self, figure):
        self.axes = add_axes(figure, (0.2, 0.2, 0.7, 0.7), xlabel="x", ylabel="y", xlim=(0, 1))
        (self.line,) = self.axes.plot([], [])
        self.moving = [self.line]

    def show(self, top):
        self.line.set_data([0, 1], [0, top])
        self.axes.set_ylim(0, top)


@pytest.mark.slow
def test_a_picture_does_not_depend_on_what_was_drawn_before():
    first, second = (
        measure_block(seed=1),
        measure_block(depth=30, start=0, span=3, placement="all skips"),
    )
    used = Picture(BlockView)
    used.draw(first)
    assert used.draw(second) == Picture(BlockView).draw(second)


def test_ticks_follow_when_the_axes_change():
    used = Picture(Ramp)
    used.draw(1)
    assert used.draw(40) == Picture(Ramp).draw(40)


@pytest.mark.slow
def test_blitting_shows_what_matplotlib_draws_at_once():
    picture, measurement = Picture(BlockView), measure_block()
    found = pixels(picture.draw(measurement))
    for artist in picture.view.moving:
        artist.set_animated(False)
    picture._canvas.draw()
    expected = np.asarray(picture._canvas.buffer_rgba())[..., :3].astype(int)
    assert np.abs(found - expected).mean() < 1.5  # the palette rounds colours


@pytest.mark.slow
def test_the_palette_keeps_the_lessons_colours():
    colours = pixels(Picture(BlockView).draw(measure_block())).reshape(-1, 3)
    assert tuple(colours[0]) == (255, 255, 255)
    for colour in (BLUE, VERMILION):
        assert np.abs(colours - 255 * np.array(to_rgb(colour))).max(1).min() <= 4


def test_size_on_the_page_and_density():
    picture = Picture(BlockView)
    assert picture.page_width == 930
    assert pixels(picture.draw(measure_block())).shape[1] == DENSITY * 930


@pytest.mark.slow
def test_pictures_drawn_by_several_threads_are_right():
    measurements = [measure_block(seed=seed) for seed in range(4)]
    expected = [Picture(BlockView).draw(m) for m in measurements]
    wrong = []

    def work(index):
        picture = Picture(BlockView)
        wrong.extend(
            index for _ in range(5) if picture.draw(measurements[index]) != expected[index]
        )

    threads = [threading.Thread(target=work, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def papers():
    """How many sheets of as many pixels as BlockView's pictures have this test has in memory."""
    gc.collect()
    size = {2 * side for side in page_size(BlockView)}
    found = [each for each in gc.get_objects() if isinstance(each, RendererAgg)]
    return sum({each.width, each.height} == size for each in found)


@pytest.mark.slow
def test_panels_with_one_view_draw_on_one_figure_which_goes_with_the_last_of_them(monkeypatch):
    monkeypatch.setattr(picture_module, "SHARED", weakref.WeakValueDictionary())
    panels = [block_explorer(), block_explorer().set(depth=5), block_explorer()]
    shared = weakref.ref(picture_of(BlockView))
    assert panels[0].set(branch_scale=0.5)._drawing.view is panels[1]._drawing.view
    alone = Picture(BlockView)
    for panel in panels:
        assert panel.picture.value == alone.draw(panel.measurement, panel._drawing.density)
        assert shared() is not None
        panel.close()
    gc.collect()
    assert shared() is None


@pytest.mark.slow
def test_only_the_picture_that_drew_last_holds_pixels(young):
    pictures, measurement = [Picture(BlockView), Picture(BlockView)], measure_block()
    drawn = set()
    for turn in (0, 1, 0):
        drawn.add(pictures[turn].draw(measurement))
        assert papers() == 1 and hasattr(pictures[turn]._canvas, "renderer")
    assert len(drawn) == 1
