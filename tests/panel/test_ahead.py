"""Pictures that are made ahead are those that are asked for later; a bounded number, and none while
anything else runs."""

import json
import random
import threading
from types import SimpleNamespace

import pytest

from lessons.ensemble_of_paths.path_length.explorer import path_length_explorer
from lessons.panel import ahead, foresight
from lessons.panel.ahead import AHEAD, Ahead, neighbours
from lessons.panel.controls import Slider
from lessons.residual_block.block.explorer import block_explorer
from lessons.residual_block.identity.explorer import identity_explorer

ENOUGH = 120  # seconds, on however slow a machine
FEW = 3


class Page:
    """Stands for panel.js: it keeps what is sent ahead, and shows it as soon as it is asked for."""

    def __init__(self, panel, monkeypatch):
        self.panel, self.kept, self.turn = panel, {}, 0
        monkeypatch.setattr(panel.picture, "send", self.hear)

    def hear(self, message, buffers=()):
        if message["kind"] == "forget":
            self.kept.clear()
            return
        if message["dropped"]:
            del self.kept[key(message["dropped"])]
        frame = message["frame"]
        self.kept[key(frame["asked"])] = {**frame, "picture": buffers[0]}

    def move(self, **values):
        """What the page shows at once, if it can, when the learner moves a control."""
        asked = {**self.panel.values, **values}
        shown = self.kept.get(key(asked))
        self.turn += 1
        self.panel._hear(None, {"kind": "move", "values": values, "turn": str(self.turn)}, [])
        return shown


def key(values):
    """As keyOf in pictures.js."""
    return json.dumps(sorted(values.items()))


@pytest.fixture(autouse=True)
def plenty_of_time(monkeypatch):
    monkeypatch.setattr(ahead, "MOST_SECONDS", ENOUGH)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Pictures that are made and kept: enough for the steps that are taken here."""
    for module in (ahead, foresight):
        monkeypatch.setattr(module, "MOST", FEW)


@pytest.mark.parametrize(
    "build", [block_explorer, identity_explorer], ids=lambda build: build.__name__
)
@pytest.mark.slow
def test_the_picture_at_rest_is_the_one_that_a_fresh_panel_draws(build, monkeypatch):
    panel, chance = build(), random.Random(1)
    page, bare = Page(panel, monkeypatch), build()  # bare: no page asks it, so it makes none ahead
    ready = 0
    for _ in range(6):
        name = chance.choice(
            [name for name, control in panel.controls.items() if isinstance(control, Slider)]
        )
        slider = panel.controls[name]
        for _ in range(chance.randint(1, 3)):
            step = chance.choice((1, 1, -1, 2))
            value = ahead.beyond(slider, step)
            if value is None:
                continue
            at_once = page.move(**{name: value})
            assert AHEAD.idle(ENOUGH)  # before another panel hushes it
            assert not panel.message
            assert shown(panel) == shown(bare.set(**panel.values)) and not bare._kept
            if at_once:
                ready += 1
                assert (at_once["picture"], at_once["sentence"]) == shown(panel)
                assert at_once["values"] == panel.values
    assert ready > 3, "nothing was there before it was asked for"
    assert shown(panel) == shown(build().set(**panel.values))


def shown(panel):
    return panel.picture.value, panel.summary


def test_neighbours_lie_on_the_steps_nearest_first_and_within_the_ends():
    assert list(neighbours(Slider("depth", 3, 1, 6), 1)) == [4, 5, 2, 6, 1]
    assert list(neighbours(Slider("depth", 3, 1, 6), -1)) == [2, 1, 4, 5, 6]
    assert list(neighbours(Slider("scale", 0.333, 0.0, 0.5, 0.1), 1)) == [
        0.4,
        0.5,
        0.3,
        0.2,
        0.1,
        0.0,
    ]


@pytest.mark.slow
def test_no_more_than_so_many_are_made_and_kept(monkeypatch):
    panel = block_explorer()
    page = Page(panel, monkeypatch)
    page.move(branch_scale=0.95)
    assert AHEAD.idle(ENOUGH)
    assert len(panel._kept) == FEW == len(page.kept)
    page.move(branch_scale=0.9)
    assert AHEAD.idle(ENOUGH)
    assert len(panel._kept) == FEW


def test_one_step_after_the_other_and_back_finds_every_picture(monkeypatch):
    """What was made first is the nearest: it must not be the first to go."""
    panel = block_explorer().set(branch_scale=0.0)
    page, step = Page(panel, monkeypatch), panel.controls["branch_scale"].step
    way = [*range(8), 6, 5, 4]
    found = []
    for steps in way:
        found.append(page.move(branch_scale=round(steps * step, 6)))
        assert AHEAD.idle(ENOUGH)
        assert set(page.kept) == {key(dict(values)) for values in panel._kept._kept}
    assert len(page.kept) == FEW and all(found[1:])


def test_a_move_and_a_training_run_hush_it():
    worker, made = Ahead(), []
    started, go_on = threading.Event(), threading.Event()

    class Panel:
        controls = {"depth": Slider("depth", 3, 1, 30)}

        def make_ahead(self, name, value):
            made.append(value)
            started.set()
            return go_on.wait(ENOUGH)

    panel = Panel()
    worker.ask(panel, "depth", 1)
    assert started.wait(ENOUGH)
    with worker.hushed():
        go_on.set()
        assert worker.idle(ENOUGH)
        assert made == [4]
        worker.ask(panel, "depth", 1)
    assert worker.idle(ENOUGH) and len(made) == 1 + FEW


@pytest.mark.slow
def test_in_a_drag_quick_pictures_are_begun_at_once_and_slow_ones_when_it_has_ended(monkeypatch):
    now = [10.0]
    clock = SimpleNamespace(monotonic=lambda: now[0], process_time=lambda: 0.0)
    monkeypatch.setattr(ahead, "time", clock)
    worker, pauses = Ahead(), []

    class Panel:
        controls = {"depth": Slider("depth", 1, 1, 2)}  # with one neighbour

        def make_ahead(self, name, value):
            pauses.append(worker._pause)
            now[0] += self.seconds
            return True

    panel = Panel()
    for rest, panel.seconds in ((5, 0.01), (0.02, 0.01), (0.02, 0.05), (0.02, 0.01), (5, 0.01)):
        now[0] += rest
        worker.ask(panel, "depth", 1)
        assert worker.idle(ENOUGH)
    assert pauses == [ahead.PAUSE, 0, 0, ahead.DRAG, ahead.PAUSE]


def test_a_training_run_drops_what_was_made_before_it(monkeypatch):
    panel = path_length_explorer(layers=3)
    page = Page(panel, monkeypatch)
    page.move(branch_scale=0.9)
    assert AHEAD.idle(ENOUGH) and page.kept
    panel.start()
    panel.stop()
    assert not page.kept and not panel._kept


@pytest.mark.slow
def test_another_panel_takes_the_pictures_of_the_last_one(monkeypatch):
    one, two = block_explorer(), block_explorer()
    pages = [Page(panel, monkeypatch) for panel in (one, two)]
    for page in pages:
        page.move(depth=3)
        assert AHEAD.idle(ENOUGH)
    assert not pages[0].kept and not one._kept and pages[1].kept


@pytest.mark.slow
def test_a_panel_that_goes_takes_no_pictures_from_another(monkeypatch):
    """Its cell was deleted before, and the page says so when it comes to it."""
    moved, gone = block_explorer(), block_explorer()
    page = Page(moved, monkeypatch)
    with AHEAD.hushed():  # so that nothing is made before the other panel goes
        AHEAD.ask(moved, "depth", 1)
        gone._hear(None, {"kind": "gone"}, [])
    assert AHEAD.idle(ENOUGH) and len(page.kept) == FEW


def test_it_can_be_switched_off(monkeypatch):
    monkeypatch.setenv("LESSONS_AHEAD", "0")
    panel = block_explorer()
    page = Page(panel, monkeypatch)
    page.move(depth=3)
    assert AHEAD.idle(ENOUGH) and not page.kept


def test_it_stops_when_its_time_is_up(monkeypatch):
    monkeypatch.setattr(ahead, "MOST_SECONDS", 0)
    panel = block_explorer()
    page = Page(panel, monkeypatch)
    page.move(depth=3)
    assert AHEAD.idle(ENOUGH) and len(page.kept) <= 1


def test_a_neighbour_is_given_up_undrawn_when_somebody_waits(monkeypatch):
    panel, drawn = block_explorer(), []
    page, draw = Page(panel, monkeypatch), panel._draw
    monkeypatch.setattr(panel, "_draw", lambda *shown: drawn.append(shown) or draw(*shown))
    with AHEAD.hushed():
        assert not panel.make_ahead("depth", 5)
    assert not drawn and not page.kept
    assert panel.make_ahead("depth", 5) and drawn and page.kept
