"""The learner's settings and the learner's figures, before a picture is made, after it and
meanwhile."""

import io
import threading

import matplotlib
import matplotlib.style
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lessons.drawing.own_settings import own_settings
from lessons.drawing.picture import Picture
from lessons.residual_block.block.experiment import measure_block
from lessons.residual_block.block.figure import BlockView

SETTINGS = [
    *(matplotlib.style.library[name] for name in ("dark_background", "ggplot", "bmh")),
    {"text.usetex": True},
    {"font.family": "monospace", "font.size": 30, "mathtext.fontset": "stix"},
    {
        "axes.unicode_minus": False,
        "lines.scale_dashes": False,
        "text.antialiased": False,
        "path.snap": False,
    },
]


@pytest.fixture(scope="module")
def early():
    """A picture from before the learner's settings, two measurements, and how it drew them."""
    picture = Picture(BlockView)
    both = measure_block(depth=3), measure_block(depth=20, placement="all skips")
    return picture, both, [picture.draw(each) for each in both]


@pytest.mark.parametrize("settings", SETTINGS, ids=range(len(SETTINGS)))
@pytest.mark.slow
def test_pictures_are_the_same_under_any_settings(settings, early):
    picture, both, expected = early
    picture._backgrounds.clear()
    picture._stamps._kept.clear()
    with matplotlib.rc_context(settings):
        late = Picture(BlockView)
        assert [late.draw(each) for each in both] == expected
        assert [picture.draw(each) for each in both] == expected


def test_the_learners_settings_are_there_afterwards():
    with matplotlib.rc_context({"font.size": 30, "axes.grid": True}):
        before = dict(matplotlib.rcParams)
        with own_settings():
            assert matplotlib.rcParams["font.size"] == 10
            assert not matplotlib.rcParams["axes.grid"]
        assert dict(matplotlib.rcParams) == before


def test_what_the_learner_sets_meanwhile_stays():
    with matplotlib.rc_context({"font.size": 30}):
        with own_settings():
            matplotlib.rcParams["font.size"] = 17
        assert matplotlib.rcParams["font.size"] == 17


def formulas(count):
    """Draws a figure with as many formulas that nobody has drawn yet."""
    figure = Figure(figsize=(2, 2))
    for k in range(count):
        figure.text(
            0.1,
            0.1,
            rf"$\frac{{{k}}}{{x^{{{threading.get_ident() % 1000}}}}} + \sqrt{{a_{{{k}}}}}$",
        )
    FigureCanvasAgg(figure).print_png(io.BytesIO())


@pytest.mark.slow
def test_formulas_drawn_at_the_same_time_disturb_nobody():
    measurements = [measure_block(depth=depth) for depth in (2, 9, 17)]
    expected, errors, done = (
        [Picture(BlockView).draw(each) for each in measurements],
        [],
        threading.Event(),
    )

    def learner():
        try:
            while not done.is_set():
                formulas(5)
        except Exception as error:
            errors.append(error)

    plotting = threading.Thread(target=learner)
    plotting.start()
    try:
        found = [Picture(BlockView).draw(each) for _ in range(2) for each in measurements]
    finally:
        done.set()
        plotting.join()
    assert not errors and found == 2 * expected
