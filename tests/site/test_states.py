"""A panel's states on a page are what the panel itself shows."""

import itertools
import math

import pytest

from lessons.explorers.block import block_explorer
from lessons.explorers.identity import identity_explorer
from lessons.pages import states
from lessons.pages.states import exhibit


@pytest.fixture
def small():
    """A block panel with few main positions."""
    panel = block_explorer()
    panel._main = {"depth": (1, 4), "branch_scale": (0, 1)}
    return panel


def test_unless_some_are_named_the_first_slider_is_the_main_control():
    panel = block_explorer()
    panel._main = None
    assert list(panel.main) == ["depth"] and panel.main["depth"][::8] == [1, 32] and len(panel.main["depth"]) == 9


def test_states_are_in_the_order_of_the_positions_with_the_start_among_them(small):
    shown = exhibit(small)
    depth, branch_scale = shown.controls
    assert (depth.label, depth.positions, depth.start) == ("depth L (layers)", ["1", "2", "4"], 1)
    assert (branch_scale.positions, branch_scale.start) == (["0", "1"], 1)
    assert shown.states[shown.start].text == block_explorer().summary
    for state, (depth, scale) in zip(shown.states, itertools.product((1, 2, 4), (0.0, 1.0)), strict=True):
        panel = block_explorer().set(depth=depth, branch_scale=scale)
        assert (state.text, state.picture) == (panel.summary, panel.picture.value)


def test_controls_that_need_a_kernel_are_named_and_the_panel_is_as_before(small):
    before = small.values
    assert exhibit(small).needs_kernel == ["span n (layers)", "start i (state)", "placement", "seed", "skips on"]
    assert small.values == before


def test_a_choice_has_its_options_as_positions():
    panel = block_explorer(depth=8)
    panel._main = {"placement": ("one skip", "all skips"), "skips": (False, True)}
    placement, skips = exhibit(panel).controls
    assert placement.is_choice and placement.positions == ["one skip", "all skips"]
    assert skips.is_choice and skips.positions == ["off", "on"] and skips.start == 1


def test_a_training_panel_shows_the_stages_of_one_run(monkeypatch):
    monkeypatch.setattr(states, "LONGEST_RUN", math.inf)
    panel = identity_explorer(depth=1, width=16, steps=50)
    shown = exhibit(panel, trained=True)
    [control] = shown.controls
    assert control.positions == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"] and shown.start == 5
    assert "before training" in shown.states[0].text and "after 50 steps" in shown.states[-1].text
    assert "depth L (layers)" in shown.needs_kernel and "before training" in panel.summary


def test_a_training_run_that_takes_too_long_is_shown_in_part(monkeypatch):
    monkeypatch.setattr(states, "LONGEST_RUN", -1)
    shown = exhibit(identity_explorer(depth=1, width=16, steps=50))
    assert shown.controls[0].positions == ["0 %", "20 %"] and shown.start == 0
