"""A panel's states on a page are what the panel itself shows."""

import itertools

import pytest

from lessons.depth_and_gradients.skip_placement.explorer import skip_placement_explorer
from lessons.ensemble_of_paths.lesion import experiment as lesion
from lessons.ensemble_of_paths.lesion.explorer import lesion_explorer
from lessons.ensemble_of_paths.ways.explorer import ways_explorer
from lessons.network.digit_networks import initial
from lessons.pages.states import Exhibition, State, _stages
from lessons.panel.drawing_board import DrawingBoard
from lessons.panel.tasks import TaskCard
from lessons.panel.training_explorer import NOTE
from lessons.residual_block.block.explorer import block_explorer
from lessons.residual_block.identity.explorer import identity_explorer

EXHIBITION = Exhibition()
exhibit = EXHIBITION.exhibit  # what it has trained for one test it has for the next


@pytest.fixture
def small():
    """A block panel with few main positions and no tasks."""
    panel = block_explorer()
    panel.card = TaskCard((), panel.values)
    panel._main = {"depth": (1, 4), "branch_scale": (0, 1)}
    return panel


def test_unless_some_are_named_the_first_slider_is_the_main_control():
    panel = block_explorer()
    panel._main = None
    assert (
        list(panel.main) == ["depth"]
        and panel.main["depth"][::8] == [1, 32]
        and len(panel.main["depth"]) == 9
    )


@pytest.mark.slow
def test_states_are_in_the_order_of_the_positions_with_the_start_among_them(small):
    shown = exhibit(small)
    depth, branch_scale = shown.controls
    assert (depth.label, depth.positions, depth.start) == ("depth L (layers)", ["1", "2", "4"], 1)
    assert (branch_scale.positions, branch_scale.start) == (["0", "1"], 1)
    assert depth.plays and not branch_scale.plays, "as in the notebook"
    assert shown.states[shown.start].text == block_explorer().summary
    for state, (depth, scale) in zip(
        shown.states, itertools.product((1, 2, 4), (0.0, 1.0)), strict=True
    ):
        panel = block_explorer().set(depth=depth, branch_scale=scale)
        assert (state.text, state.picture) == (panel.summary, panel.picture.value)


@pytest.mark.slow
def test_controls_that_need_a_kernel_are_named_and_the_panel_is_as_before(small):
    before = small.values
    assert exhibit(small).needs_kernel == [
        "span m (layers)",
        "first skip from h_i",
        "placement",
        "seed",
        "skips on",
    ]
    assert small.values == before


def test_a_panel_that_fails_fails_the_page(small, monkeypatch):
    monkeypatch.setattr(small, "_measure", lambda **values: 1 / 0)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        Exhibition().exhibit(small)  # one that has not seen this panel


@pytest.mark.slow
def test_what_is_drawn_can_be_clicked_where_the_page_has_its_control():
    panel = ways_explorer()
    panel._main = {"delete_1": (False, True), "delete_3": (False, True)}
    for state in exhibit(panel).states:
        assert [spot.control for spot in state.spots] == [0, 1]
        assert all(0 <= part <= 1 for spot in state.spots for part in spot.box)
        first, second = (spot.box for spot in state.spots)
        assert first[:2] != second[:2] and "3" in state.spots[1].name


@pytest.mark.slow
def test_a_choice_has_its_options_as_positions():
    panel = block_explorer(depth=8)
    panel._main = {"placement": ("one skip", "all skips"), "skips": (False, True)}
    placement, skips = exhibit(panel).controls
    assert placement.is_choice and placement.positions == ["one skip", "all skips"]
    assert skips.is_choice and skips.positions == ["off", "on"] and skips.start == 1


@pytest.fixture
def in_words(monkeypatch):
    """Pictures are the words that stand below them, as bytes: for who does not look at them."""
    monkeypatch.setattr(DrawingBoard, "draw", lambda board, shown: shown.summary.encode())


@pytest.fixture
def tiny(in_words, half_size):
    """A training panel with six frames, of 10 steps each, no main control and no tasks."""
    panel = identity_explorer(depth=1, width=16, steps=50)
    panel._main, panel.card = None, TaskCard((), panel.values)
    return panel


@pytest.mark.slow
def test_a_training_panel_shows_the_stages_of_one_run(tiny):
    shown = exhibit(tiny, trained=True)
    [control] = shown.controls
    assert (
        control.positions == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]
        and control.start == shown.start == 5
    )
    assert "before training" in shown.states[0].text and "after 50 steps" in shown.states[-1].text
    assert "depth L (layers)" in shown.needs_kernel and "before training" in tiny.summary


@pytest.mark.slow
def test_a_training_panel_with_main_controls_trains_at_each_position(tiny):
    tiny._main = {"depth": (1, 2)}
    shown = exhibit(tiny)
    depth, trained = shown.controls
    assert (depth.positions, trained.positions[-1], shown.start) == (["1", "2"], "100 %", 0)
    ends = [shown.states[len(trained.positions) * (k + 1) - 1].text for k in range(2)]
    assert (
        "depth 1" in ends[0]
        and "depth 2" in ends[1]
        and all("after 50 steps" in end for end in ends)
    )


@pytest.mark.slow
def test_panels_that_differ_only_in_where_they_start_are_computed_once(tiny, monkeypatch):
    tiny._main = {"depth": (1, 2)}
    before, computed = exhibit(tiny), []
    found = before.states, before.controls[-1].positions
    monkeypatch.setattr(EXHIBITION, "_states", lambda *asked: computed.append(asked) or found)
    after = exhibit(tiny.set(depth=2), trained=True)
    assert (
        before.states is after.states and before.start == 0 and after.start == len(after.states) - 1
    )
    assert not computed
    exhibit(tiny.set(seed=1))
    assert len(computed) == 1


@pytest.mark.slow
def test_a_panel_that_remembers_its_networks_trains_them_once(monkeypatch):
    panel, runs, same = lesion_explorer(), [], [initial(0)] * len(lesion.compiled_topologies())
    monkeypatch.setattr(
        lesion, "_training", lambda seed: runs.append(seed) or [(lesion.STEPS, same)]
    )  # learns nothing, at once
    panel._main = {"deleted": (1, 11)}
    shown = exhibit(panel, trained=True)
    assert [control.label for control in shown.controls] == ["blocks deleted"] and runs == [0]
    assert all(
        "deleted at random" in state.text and "Before training" not in state.text
        for state in shown.states
    )


@pytest.mark.slow
def test_a_draft_has_the_start_and_an_end_of_every_control_and_both_ends_of_the_first(small):
    small._main = {"depth": (1, 2, 8, 16, 32), "branch_scale": (0, 0.5, 1)}
    shown = Exhibition(draft=True).exhibit(small.set(branch_scale=0.5))
    assert [control.positions for control in shown.controls] == [["1", "2", "32"], ["0.5", "1"]]
    assert shown.states[shown.start].text == small.summary and len(shown.states) == 6


@pytest.mark.parametrize(("depth", "drafted"), [(1, [1, 4]), (2, [2, 4]), (3, [1, 3]), (4, [1, 4])])
@pytest.mark.slow
def test_a_draft_of_a_panel_that_trains_has_the_start_and_the_farther_end(tiny, depth, drafted):
    found = Exhibition(draft=True)._positions(tiny.set(depth=depth), "depth", [1, 2, 3, 4], [])
    assert found == drafted


@pytest.mark.slow
def test_a_draft_keeps_the_names_of_positions(in_words):
    panel = skip_placement_explorer()
    whole, drafted = (Exhibition(draft).exhibit(panel).controls[0] for draft in (False, True))
    assert set(drafted.positions) <= set(whole.positions)
    assert drafted.positions[drafted.start] == whole.positions[whole.start]
    assert (drafted.positions[0], drafted.positions[-1]) == (
        whole.positions[0],
        whole.positions[-1],
    )


def test_stages_of_less_than_a_percent_share_a_name_and_the_first_has_it():
    states = [State(bytes([number]), "") for number in range(6)]
    run = dict(zip([0.0, 0.002, 0.004, 0.5, 0.998, 1.0], states, strict=True))
    assert _stages([run]) == [0.0, 0.5, 1.0]


@pytest.mark.slow
def test_a_draft_stops_a_run_once_its_picture_has_changed(tiny):
    whole, shown = exhibit(tiny), Exhibition(draft=True).exhibit(tiny, trained=True)
    assert shown.controls[0].positions == ["0 %", "20 %"] and shown.start == 1
    assert shown.states == whole.states[:2] and shown.states[0].picture != shown.states[1].picture


@pytest.mark.slow
def test_a_draft_shows_what_a_panel_has_learned_and_remembers(monkeypatch):
    panel, runs, others = (
        lesion_explorer(seed=1),
        [],
        [initial(2)] * len(lesion.compiled_topologies()),
    )
    chunks = [(10, others), (20, others), (lesion.STEPS, others)]
    monkeypatch.setattr(lesion, "_training", lambda seed: runs.append(seed) or chunks)
    panel._main = {"deleted": (1, 5, 11)}
    shown = Exhibition(draft=True).exhibit(panel)
    assert [control.positions for control in shown.controls] == [["2", "11"]] and runs == [1]
    assert all(f" of {lesion.STEPS} steps" in state.text for state in shown.states)


@pytest.mark.slow
def test_a_draft_shows_what_was_trained_beforehand_and_trains_nothing(monkeypatch):
    panel = lesion_explorer()
    monkeypatch.setattr(panel, "train", lambda: 1 / 0)
    panel._main = {"deleted": (1, 11)}
    shown = Exhibition(draft=True).exhibit(panel)
    assert [control.positions for control in shown.controls] == [["2", "11"], ["0 %", "100 %"]]
    for before, after in (shown.states[:2], shown.states[2:]):
        assert before.text.startswith("Before training") and NOTE in after.text
    assert shown.states[1].text == panel.summary and shown.start == 1
