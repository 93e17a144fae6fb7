"""Tasks on a page: each begins at a state, and what a state reaches the panel itself reaches."""

import itertools

import pytest

from lessons.pages.states import Exhibition
from lessons.pages.task_places import places
from lessons.panel.drawing_board import DrawingBoard
from lessons.panel.tasks import Task, TaskCard
from lessons.residual_block.block.explorer import block_explorer
from lessons.residual_block.identity.explorer import identity_explorer

ALL = {"span": 1, "placement": "all skips"}
TASKS = (
    Task("Within.", lambda m: m.branch_scale == 0.5, "", {"depth": 4}, {"branch_scale": 0.5}),
    Task(
        "Elsewhere.",
        lambda m: len(m.topology.skips) == m.topology.depth == 3,
        "",
        {**ALL, "depth": 4},
        {"depth": 3},
    ),
    Task("Never.", lambda m: False, "", {"seed": 0}, {"branch_scale": 0}),
)
POSITIONS = list(itertools.product((1, 2, 3, 4), (0.0, 0.5, 1.0)))


@pytest.fixture(scope="module")
def panel():
    """A block panel with tasks and few main positions."""
    panel = block_explorer()
    panel._main = {"depth": (1, 2), "branch_scale": (0, 1)}
    panel.card = TaskCard(TASKS, panel.values)
    return panel


@pytest.fixture(scope="module")
def shown(panel):
    return Exhibition().exhibit(panel)


@pytest.mark.slow
def test_where_tasks_begin_and_end_are_positions(shown):
    assert [each.positions for each in shown.controls] == [["1", "2", "3", "4"], ["0", "0.5", "1"]]


@pytest.mark.slow
def test_another_set_up_of_the_other_controls_is_a_family_with_its_words(shown):
    assert shown.families == ["", "span m (layers) 1; placement all skips"]
    assert len(shown.states) == 2 * len(POSITIONS)


@pytest.mark.slow
def test_every_state_is_what_the_panel_shows_there(shown):
    fresh = block_explorer()
    settings = [{"span": 2, "placement": "one skip"}, ALL]
    for state, (family, (depth, scale)) in zip(
        shown.states, itertools.product(settings, POSITIONS), strict=True
    ):
        if depth >= family["span"]:  # else the span follows
            fresh.set(**family, depth=depth, branch_scale=scale, start=0)
            assert (state.text, state.picture) == (fresh.summary, fresh.picture.value)
            assert state.reached == tuple(
                number for number, task in enumerate(TASKS) if task.reached(fresh.measurement)
            )


@pytest.mark.slow
def test_a_task_begins_at_the_state_that_its_set_up_shows_or_needs_a_kernel(shown):
    fresh = block_explorer()
    for task, number in zip(shown.tasks, (0, 1), strict=False):
        fresh.set(**{"span": 2, "placement": "one skip", "branch_scale": 1, **TASKS[number].setup})
        assert shown.states[task.begins].picture == fresh.picture.value
        assert number not in shown.states[task.begins].reached
    assert [task.begins is None for task in shown.tasks] == [False, False, True]


def test_the_panel_stands_as_before_and_nothing_is_done(panel, shown):
    assert panel.values == block_explorer().values
    assert panel.card.frame() == {"number": 0, "done": [False] * 3}


def test_with_one_family_the_tasks_of_the_others_need_a_kernel(shown):
    small = shown.with_one_family()
    assert small.states == shown.states[: len(POSITIONS)] and small.families == [""]
    assert [task.begins for task in small.tasks] == [shown.tasks[0].begins, None, None]


def test_in_a_draft_all_tasks_need_a_kernel(panel):
    draft = Exhibition(draft=True).exhibit(panel)
    assert len(draft.families) == 1 and [task.begins for task in draft.tasks] == [None] * 3


@pytest.mark.usefixtures("half_size")
@pytest.mark.slow
def test_a_task_of_a_panel_that_trains_begins_before_training(monkeypatch):
    monkeypatch.setattr(DrawingBoard, "draw", lambda board, shown: shown.summary.encode())
    panel = identity_explorer(depth=1, width=16, steps=50)
    goal = Task("Train.", lambda m: m.progress == 1, "", {}, {})
    panel._main, panel.card = {"depth": (1,)}, TaskCard((goal,), panel.values)
    shown = Exhibition().exhibit(panel, trained=True)
    assert shown.tasks[0].begins == 0 and shown.states[0].reached == ()
    assert shown.states[-1].reached == (0,) and shown.start == len(shown.states) - 1


def test_a_panel_without_tasks_has_no_places():
    panel = block_explorer()
    panel.card = TaskCard((), panel.values)
    assert places(panel) == []
